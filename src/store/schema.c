/* SPDX-License-Identifier: Apache-2.0
 * Brings a database to the declared schema. The declaration's digest is that of the whole DDL it gives for an empty
 * database, so any change to it, or to how it is turned into DDL, is noticed without keeping a second list. */
#include "store/schema.h"

#include <assert.h>

#include "base/hash.h"
#include "store/engine.h"
#include "store/schema_sql.h"

enum { SCHEMA_ARENA_MAX = 32 << 20, DDL_MAX = 4 << 20 };

/* ---- is the declaration sound ---- */

bool sql_name_is_valid(Str name)
{
    if (str_is_empty(name) || name.len > SCHEMA_NAME_MAX || name.ptr[0] < 'a' || name.ptr[0] > 'z') return false;
    for (size_t i = 0; i < name.len; i++) {
        char letter = name.ptr[i];
        bool fits   = (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '_';
        if (!fits) return false;
    }
    return true;
}

static bool declaration_fail(Str table, const char *why, Str name, Err *err)
{
    Detail detail;
    return err_set(err, ERR_DATABASE, 0, .what = STR("cannot use this declaration of a table"),
                   .detail = detail_fmt(&detail, "Table \"%.*s\": %s \"%.*s\".", STR_ARG(table), why, STR_ARG(name)));
}

static const Column *column_of(const Table *table, Str name)
{
    for (size_t i = 0; i < table->columns_len; i++)
        if (str_eq(table->columns[i].name, name)) return &table->columns[i];
    return NULL;
}

static bool names_are_columns(const Table *table, const Str *names, size_t count, Err *err)
{
    for (size_t i = 0; i < count && !str_is_empty(names[i]); i++)
        if (names[i].ptr[0] != '(' && !column_of(table, names[i]))
            return declaration_fail(table->name, "there is no column", names[i], err);
    return true;
}

static bool table_check(const Table *table, Err *err)
{
    static const Str event_columns[] = { STR_INIT("id"), STR_INIT("last_event") };
    if (!sql_name_is_valid(table->name)) return declaration_fail(table->name, "not a name:", table->name, err);
    for (size_t i = 0; i < table->columns_len; i++)
        if (!sql_name_is_valid(table->columns[i].name))
            return declaration_fail(table->name, "not a name:", table->columns[i].name, err);
    for (size_t i = 0; i < table->indexes_len; i++) {
        const Index *index = &table->indexes[i];
        if (!sql_name_is_valid(index->name)) return declaration_fail(table->name, "not a name:", index->name, err);
        if (!names_are_columns(table, index->columns, countof(index->columns), err)) return false;
    }
    if (table->guard == GUARD_EVENT && !names_are_columns(table, event_columns, countof(event_columns), err))
        return false;
    return names_are_columns(table, table->key, countof(table->key), err);
}

/* ---- what is there ---- */

typedef struct {
    Str table, column, type;
} KnownColumn;

typedef struct {
    struct {
        KnownColumn *at;
        size_t len, cap;
    } columns;
    StrList indexes;
} Known;

static const Str columns_sql[] = {
    [ENGINE_SQLITE]   = STR_INIT("SELECT m.name, c.name, c.type"
                                   "  FROM sqlite_schema m JOIN pragma_table_info(m.name) c"
                                   " WHERE m.type = 'table'"),
    [ENGINE_POSTGRES] = STR_INIT("SELECT c.relname, a.attname, format_type(a.atttypid, NULL)"
                                 "  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
                                 " WHERE c.relnamespace = CAST(current_schema() AS regnamespace) AND c.relkind = 'r'"
                                 "   AND a.attnum > 0 AND NOT a.attisdropped"),
};

static const Str indexes_sql[] = {
    [ENGINE_SQLITE]   = STR_INIT("SELECT name FROM sqlite_schema WHERE type = 'index'"),
    [ENGINE_POSTGRES] = STR_INIT("SELECT relname FROM pg_class"
                                 " WHERE relnamespace = CAST(current_schema() AS regnamespace) AND relkind = 'i'"),
};

static bool known_load(Db *db, Arena *arena, Known *known, Err *err)
{
    Engine engine  = store_engine(db_store(db));
    Query *columns = query_open(db, columns_sql[engine]);
    while (query_next(columns)) {
        KnownColumn *column = list_push(arena, &known->columns);
        column->table       = query_str(columns, 0, arena);
        column->column      = query_str(columns, 1, arena);
        column->type        = query_str(columns, 2, arena);
    }
    if (!query_close(columns, err)) return false;
    Query *indexes = query_open(db, indexes_sql[engine]);
    while (query_next(indexes)) {
        Str *index = list_push(arena, &known->indexes);
        *index     = query_str(indexes, 0, arena);
    }
    return query_close(indexes, err);
}

static bool knows_table(const Known *known, Str table)
{
    for (size_t i = 0; i < known->columns.len; i++)
        if (str_eq(known->columns.at[i].table, table)) return true;
    return false;
}

static const KnownColumn *known_column(const Known *known, Str table, Str column)
{
    for (size_t i = 0; i < known->columns.len; i++) {
        const KnownColumn *candidate = &known->columns.at[i];
        if (str_eq(candidate->table, table) && str_eq(candidate->column, column)) return candidate;
    }
    return NULL;
}

static bool knows_index(const Known *known, Str index)
{
    for (size_t i = 0; i < known->indexes.len; i++)
        if (str_eq(known->indexes.at[i], index)) return true;
    return false;
}

/* ---- what is missing ---- */

static bool columns_upgrade(Buf *ddl, Engine engine, const Known *known, const Table *table, Err *err)
{
    for (size_t i = 0; i < table->columns_len; i++) {
        const Column *column     = &table->columns[i];
        const KnownColumn *there = known_column(known, table->name, column->name);
        if (!there)
            schema_sql_add_column(ddl, engine, table, column);
        else if (!str_eq(there->type, schema_sql_type(engine, column->kind)))
            return declaration_fail(table->name, "another type in the database has column", column->name, err);
    }
    return true;
}

/* The statements that lead from `known` to `schema`. */
static bool upgrade_write(Buf *ddl, Engine engine, const Known *known, const Schema *schema, Err *err)
{
    schema_sql_guards_begin(ddl, engine);
    for (size_t i = 0; i < schema->tables_len; i++) {
        const Table *table = schema->tables[i];
        if (!knows_table(known, table->name))
            schema_sql_table(ddl, engine, table);
        else if (!columns_upgrade(ddl, engine, known, table, err))
            return false;
        for (size_t j = 0; j < table->indexes_len; j++)
            if (!knows_index(known, table->indexes[j].name)) schema_sql_index(ddl, table, &table->indexes[j]);
        schema_sql_guard(ddl, engine, table);
    }
    if (!buf_overflowed(ddl)) return true;
    return err_set(err, ERR_LIMIT, 0, .what = STR("cannot make a schema of this size"));
}

/* The digest of what an empty database would get. */
static bool declaration_digest(Arena *arena, Engine engine, const Schema *schema, Str *digest, Err *err)
{
    static const Known nothing;
    for (size_t i = 0; i < schema->tables_len; i++)
        if (!table_check(schema->tables[i], err)) return false;
    Buf ddl = buf_open(arena, DDL_MAX);
    if (!upgrade_write(&ddl, engine, &nothing, schema, err)) return false;
    Hash hash = hash_of(buf_str(&ddl));
    *digest   = hash_to_hex(arena, &hash);
    return true;
}

/* ---- applying ---- */

static bool state_load(Db *db, Arena *arena, int64_t *version, Str *digest, Err *err)
{
    Query *q = query_open(db, STR("SELECT version, digest FROM store_schema WHERE id = 1"));
    if (query_next(q)) {
        *version = query_int(q, 0);
        *digest  = query_str(q, 1, arena);
    }
    return query_close(q, err);
}

static bool state_save(Db *db, int version, Str digest, Err *err)
{
    Query *q =
        query_open(db, STR("INSERT INTO store_schema (id, version, digest) VALUES (1, $1, $2)"
                           " ON CONFLICT (id) DO UPDATE SET version = excluded.version, digest = excluded.digest"));
    query_bind_int(q, 1, version);
    query_bind_str(q, 2, digest);
    return query_run(q, NULL, err);
}

/* True when `digest` is what the database has; *newer when a newer program wrote it. */
static bool is_applied(Db *db, Arena *arena, const Schema *schema, Str digest, bool *applied, Err *err)
{
    int64_t version = 0;
    Str known       = { 0 };
    Detail detail;
    if (!state_load(db, arena, &version, &known, err)) return false;
    *applied = str_eq(known, digest);
    if (*applied || version <= schema->version) return true;
    return err_set(err, ERR_FORMAT, 0, .what = STR("cannot use this database: a newer program made it"),
                   .detail = detail_fmt(&detail, "Its schema is version %lld, this program knows version %d.",
                                        (long long)version, schema->version),
                   .hint   = STR("Start the newer program."));
}

static bool upgrade(Db *db, Arena *arena, const Schema *schema, Str digest, Err *err)
{
    bool applied;
    Known known = { 0 };
    Buf ddl     = buf_open(arena, DDL_MAX);
    if (!is_applied(db, arena, schema, digest, &applied, err)) return false;
    if (applied) return true; /* another process was faster */
    if (!known_load(db, arena, &known, err)) return false;
    if (!upgrade_write(&ddl, store_engine(db_store(db)), &known, schema, err)) return false;
    const char *script = str_to_c(arena, buf_str(&ddl));
    assert(script);
    return db_script(db, script, err) && state_save(db, schema->version, digest, err);
}

static bool apply(Store *store, Arena *arena, const Schema *schema, Err *err)
{
    Db *db;
    Str digest;
    bool applied;
    if (!declaration_digest(arena, store_engine(store), schema, &digest, err)) return false;
    if (!store_read(store, arena, &db, err)) return false;
    if (!is_applied(db, arena, schema, digest, &applied, err)) return false;
    db_end(db);
    if (applied) return true;
    if (!store_write(store, arena, &db, err) || !upgrade(db, arena, schema, digest, err)) return false;
    return db_commit(db, err);
}

bool schema_apply(Store *store, const Schema *schema, Err *err)
{
    Arena *arena = arena_open(SCHEMA_ARENA_MAX);
    if (!arena) return err_set(err, ERR_LIMIT, 0, .what = STR("could not apply the schema: no memory"));
    bool done = apply(store, arena, schema, err) || err_context(err, "bringing the database up to date");
    arena_close(arena);
    return done;
}

/* ---- the digest of what the database reports ---- */

/* One line for each thing. Full-text search keeps tables of its own that belong to the library. On PostgreSQL a trigger
 * that was switched off differs too. */
static const Str digest_sql[] = {
    [ENGINE_SQLITE] =
        STR_INIT("SELECT line FROM ("
                 "SELECT 'column ' || m.name || '.' || c.name || ' ' || c.type || ' ' || c.\"notnull\" || ' '"
                 "       || COALESCE(c.dflt_value, '') || ' ' || c.pk AS line, m.name AS owner"
                 "  FROM sqlite_schema m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'"
                 " UNION ALL "
                 "SELECT type || ' ' || name || ' ' || COALESCE(sql, ''), tbl_name"
                 "  FROM sqlite_schema WHERE type <> 'table') AS lines"
                 " WHERE substr(owner, 1, 12) <> 'search_index' ORDER BY line"),
    [ENGINE_POSTGRES] =
        STR_INIT("SELECT line COLLATE \"C\" FROM ("
                 "SELECT 'column ' || c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)"
                 "       || ' ' || a.attnotnull || ' ' || COALESCE(pg_get_expr(d.adbin, d.adrelid), '') AS line"
                 "  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
                 "  LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum"
                 " WHERE c.relnamespace = CAST(current_schema() AS regnamespace) AND c.relkind IN ('r', 'v', 'm', 'p')"
                 " UNION ALL "
                 "SELECT 'index ' || pg_get_indexdef(c.oid, 0, true) FROM pg_class c"
                 " WHERE c.relnamespace = CAST(current_schema() AS regnamespace) AND c.relkind = 'i'"
                 " UNION ALL "
                 "SELECT 'trigger ' || CAST(t.tgenabled AS text) || ' ' || pg_get_triggerdef(t.oid, true)"
                 "  FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
                 " WHERE c.relnamespace = CAST(current_schema() AS regnamespace) AND NOT t.tgisinternal"
                 " UNION ALL "
                 "SELECT 'rule ' || pg_get_ruledef(r.oid, true)"
                 "  FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class"
                 " WHERE c.relnamespace = CAST(current_schema() AS regnamespace)"
                 " UNION ALL "
                 "SELECT 'function ' || p.proname || ' ' || p.prosrc FROM pg_proc p"
                 " WHERE p.pronamespace = CAST(current_schema() AS regnamespace)) AS lines"
                 " ORDER BY line COLLATE \"C\""),
};

bool schema_digest(Db *db, Arena *arena, Str *out, Err *err)
{
    ArenaMark mark   = arena_mark(arena);
    HashState *state = hash_open(arena);
    Query *q         = query_open(db, digest_sql[store_engine(db_store(db))]);
    while (query_next(q)) {
        hash_add(state, query_peek(q, 0));
        hash_add(state, STR("\n"));
    }
    Hash hash = hash_finish(state);
    if (!query_close(q, err)) return false;
    arena_rewind(arena, mark);
    *out = hash_to_hex(arena, &hash);
    return true;
}
