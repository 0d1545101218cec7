/* SPDX-License-Identifier: Apache-2.0
 * The engine's own tables. */
#include "record/tables.h"

/* One row: the last id given. Ids count over all types of an organisation. */
static const Column id_columns[] = {
    { .name = STR_INIT("one"), .kind = COLUMN_INT, .not_null = true },
    { .name = STR_INIT("last"), .kind = COLUMN_INT, .not_null = true },
};
static const Table id_table = { .name        = STR_INIT("record_id"),
                                .columns     = id_columns,
                                .columns_len = countof(id_columns) };

/* The last number given in a series: "nonconformity", "audit/26", "action/1042" (of a parent). */
static const Column series_columns[] = {
    { .name = STR_INIT("series"), .kind = COLUMN_TEXT, .not_null = true },
    { .name = STR_INIT("last"), .kind = COLUMN_INT, .not_null = true },
};
static const Table series_table = { .name        = STR_INIT("record_series"),
                                    .columns     = series_columns,
                                    .columns_len = countof(series_columns) };

/* REFS fields turned round: who names `target`. */
static const Column link_columns[] = {
    { .name = STR_INIT("kind"), .kind = COLUMN_TEXT, .not_null = true },  /* "audit.team" */
    { .name = STR_INIT("source"), .kind = COLUMN_INT, .not_null = true }, /* id of the record with the field */
    { .name = STR_INIT("target"), .kind = COLUMN_INT, .not_null = true },
};
static const Index link_indexes[] = {
    { .name    = STR_INIT("record_link_by_target"),
      .columns = { STR_INIT("target"), STR_INIT("kind"), STR_INIT("source") } },
};
static const Table link_table = { .name        = STR_INIT("record_link"),
                                  .columns     = link_columns,
                                  .columns_len = countof(link_columns),
                                  .key         = { STR_INIT("kind"), STR_INIT("source"), STR_INIT("target") },
                                  .indexes     = link_indexes,
                                  .indexes_len = countof(link_indexes) };

static const Column answer_columns[] = {
    { .name = STR_INIT("who_key"), .kind = COLUMN_TEXT, .not_null = true },  /* "17:KEY" */
    { .name = STR_INIT("request"), .kind = COLUMN_BYTES, .not_null = true }, /* SHA-256 of the request */
    { .name = STR_INIT("type"), .kind = COLUMN_TEXT, .not_null = true },
    { .name = STR_INIT("id"), .kind = COLUMN_INT, .not_null = true },
    { .name = STR_INIT("number"), .kind = COLUMN_TEXT, .not_null = true },
    { .name = STR_INIT("revision"), .kind = COLUMN_INT, .not_null = true },
    { .name = STR_INIT("state"), .kind = COLUMN_INT, .not_null = true },
    { .name = STR_INIT("first_event"), .kind = COLUMN_INT, .not_null = true },
    { .name = STR_INIT("last_event"), .kind = COLUMN_INT, .not_null = true },
    { .name = STR_INIT("time"), .kind = COLUMN_INT, .not_null = true },
};
static const Index answer_indexes[] = {
    { .name = STR_INIT("record_answer_by_time"), .columns = { STR_INIT("time") } },
};
static const Table answer_table = { .name        = STR_INIT("record_answer"),
                                    .columns     = answer_columns,
                                    .columns_len = countof(answer_columns),
                                    .indexes     = answer_indexes,
                                    .indexes_len = countof(answer_indexes) };

const Table *const record_tables[] = { &id_table, &series_table, &link_table, &answer_table };
const size_t record_tables_len     = countof(record_tables);
