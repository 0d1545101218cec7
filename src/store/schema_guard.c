/* SPDX-License-Identifier: Apache-2.0
 * Guard triggers: the database itself refuses what would part a row from its event, so that a forgotten event is a
 * failed change and never a silent hole. Both engines refuse with the same sentence.
 *
 * "Written in this transaction" is: numbered at or above the head's size, because the head is moved last. Whoever may
 * drop triggers is not stopped by them; schema_digest shows that. In the texts {T} is the table, {K} its key. */
#include "store/schema_sql.h"

#define NEEDS_EVENT "A row of \"{T}\" may only change together with its own ledger event, in one transaction."
#define NO_CHANGE   "A row of \"{T}\" cannot be changed once it is written."
#define NO_DELETE   "A row of \"{T}\" cannot be deleted."
#define NEXT_NUMBER "A row of \"{T}\" must have the number that follows the last one."

#define EVENT_IS_THERE                                                                                                 \
    "EXISTS (SELECT 1 FROM ledger_event WHERE number = NEW.last_event AND entity = '{T}/' || NEW.id"                   \
    " AND number >= COALESCE((SELECT size FROM ledger_state WHERE id = 1), 0))"

/* ---- SQLite ---- */

static const char sqlite_drop[] = "DROP TRIGGER IF EXISTS \"guard_{T}_insert\";\n"
                                  "DROP TRIGGER IF EXISTS \"guard_{T}_update\";\n"
                                  "DROP TRIGGER IF EXISTS \"guard_{T}_delete\";\n";

static const char sqlite_no_delete[] = "CREATE TRIGGER \"guard_{T}_delete\" BEFORE DELETE ON \"{T}\""
                                       " BEGIN SELECT RAISE(ABORT, '" NO_DELETE "'); END;\n";

static const char sqlite_no_update[] = "CREATE TRIGGER \"guard_{T}_update\" BEFORE UPDATE ON \"{T}\""
                                       " BEGIN SELECT RAISE(ABORT, '" NO_CHANGE "'); END;\n";

static const char sqlite_event[] =
    "CREATE TRIGGER \"guard_{T}_insert\" BEFORE INSERT ON \"{T}\" WHEN NOT " EVENT_IS_THERE
    " BEGIN SELECT RAISE(ABORT, '" NEEDS_EVENT "'); END;\n"
    "CREATE TRIGGER \"guard_{T}_update\" BEFORE UPDATE ON \"{T}\" WHEN OLD.id IS NOT NEW.id OR NOT " EVENT_IS_THERE
    " BEGIN SELECT RAISE(ABORT, '" NEEDS_EVENT "'); END;\n";

static const char sqlite_next_number[] = "CREATE TRIGGER \"guard_{T}_insert\" BEFORE INSERT ON \"{T}\""
                                         " WHEN NEW.\"{K}\" IS NOT (SELECT COALESCE(max(\"{K}\"), -1) + 1 FROM \"{T}\")"
                                         " BEGIN SELECT RAISE(ABORT, '" NEXT_NUMBER "'); END;\n";

/* ---- PostgreSQL ---- */

/* The functions are shared by all tables of a schema: 40 tables need two, not 80. */
#define REFUSE(sentence)       "RAISE EXCEPTION '" sentence "', TG_TABLE_NAME USING ERRCODE = 'PLGRD';"
#define PG_SENTENCE(verb_text) "A row of \"%\" " verb_text

static const char postgres_functions[] =
    "CREATE OR REPLACE FUNCTION guard_append() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN"
    " IF TG_OP = 'UPDATE' THEN " REFUSE(PG_SENTENCE(
        "cannot be changed once it is written.")) " END IF;"
                                                  " " REFUSE(PG_SENTENCE(
                                                      "cannot be deleted.")) " END $guard$;\n"
                                                                             "CREATE OR REPLACE FUNCTION guard_event() "
                                                                             "RETURNS trigger LANGUAGE plpgsql AS "
                                                                             "$guard$ BEGIN"
                                                                             " IF TG_OP = 'UPDATE' AND OLD.id <> "
                                                                             "NEW.id OR NOT EXISTS (SELECT 1 FROM "
                                                                             "ledger_event"
                                                                             " WHERE number = NEW.last_event AND "
                                                                             "entity = TG_TABLE_NAME || '/' || NEW.id"
                                                                             " AND number >= COALESCE((SELECT size "
                                                                             "FROM ledger_state WHERE id = 1), 0)) "
                                                                             "THEN " REFUSE(PG_SENTENCE(
                                                                                 "may only change together with its "
                                                                                 "own ledger event, in one "
                                                                                 "transaction.")) " END IF; RETURN "
                                                                                                  "NEW; END $guard$;\n";

static const char postgres_drop[] = "DROP TRIGGER IF EXISTS \"guard_{T}_insert\" ON \"{T}\";\n"
                                    "DROP TRIGGER IF EXISTS \"guard_{T}_update\" ON \"{T}\";\n"
                                    "DROP TRIGGER IF EXISTS \"guard_{T}_delete\" ON \"{T}\";\n"
                                    "DROP TRIGGER IF EXISTS \"guard_{T}_truncate\" ON \"{T}\";\n";

static const char postgres_no_delete[] =
    "CREATE TRIGGER \"guard_{T}_delete\" BEFORE DELETE ON \"{T}\" FOR EACH ROW EXECUTE FUNCTION guard_append();\n"
    "CREATE TRIGGER \"guard_{T}_truncate\" BEFORE TRUNCATE ON \"{T}\" EXECUTE FUNCTION guard_append();\n";

static const char postgres_no_update[] =
    "CREATE TRIGGER \"guard_{T}_update\" BEFORE UPDATE ON \"{T}\" FOR EACH ROW EXECUTE FUNCTION guard_append();\n";

static const char postgres_event[] =
    "CREATE TRIGGER \"guard_{T}_insert\" BEFORE INSERT ON \"{T}\" FOR EACH ROW EXECUTE FUNCTION guard_event();\n"
    "CREATE TRIGGER \"guard_{T}_update\" BEFORE UPDATE ON \"{T}\" FOR EACH ROW EXECUTE FUNCTION guard_event();\n";

static const char postgres_next_number[] =
    "CREATE OR REPLACE FUNCTION \"guard_{T}\"() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN"
    " IF NEW.\"{K}\" IS DISTINCT FROM (SELECT COALESCE(max(\"{K}\"), -1) + 1 FROM \"{T}\") THEN"
    " RAISE EXCEPTION '" NEXT_NUMBER "' USING ERRCODE = 'PLGRD';"
    " END IF; RETURN NEW; END $guard$;\n"
    "CREATE TRIGGER \"guard_{T}_insert\" BEFORE INSERT ON \"{T}\" FOR EACH ROW EXECUTE FUNCTION \"guard_{T}\"();\n";

/* ---- which guard is made of which parts ---- */

typedef struct {
    const char *drop;
    const char *parts[GUARD_LEDGER + 1][3];
} GuardTexts;

static const GuardTexts texts[] = {
    [ENGINE_SQLITE]   = { sqlite_drop,
                          { [GUARD_EVENT]  = { sqlite_event, sqlite_no_delete },
                            [GUARD_APPEND] = { sqlite_no_update, sqlite_no_delete },
                            [GUARD_LEDGER] = { sqlite_next_number, sqlite_no_update, sqlite_no_delete } } },
    [ENGINE_POSTGRES] = { postgres_drop,
                          { [GUARD_EVENT]  = { postgres_event, postgres_no_delete },
                            [GUARD_APPEND] = { postgres_no_update, postgres_no_delete },
                            [GUARD_LEDGER] = { postgres_next_number, postgres_no_update, postgres_no_delete } } },
};

/* `text` with the table's and the key's name in their places. */
static void add_text(Buf *out, const char *text, const Table *table)
{
    Str key = str_is_empty(table->key[0]) ? table->columns[0].name : table->key[0];
    for (const char *at = text; *at; at++) {
        bool is_place = at[0] == '{' && (at[1] == 'T' || at[1] == 'K') && at[2] == '}';
        if (is_place) {
            buf_add(out, at[1] == 'T' ? table->name : key);
            at += 2;
        } else {
            buf_add_byte(out, *at);
        }
    }
}

void schema_sql_guards_begin(Buf *out, Engine engine)
{
    if (engine == ENGINE_POSTGRES) buf_add_c(out, postgres_functions);
}

void schema_sql_guard(Buf *out, Engine engine, const Table *table)
{
    const GuardTexts *guard = &texts[engine];
    add_text(out, guard->drop, table);
    for (size_t i = 0; i < countof(guard->parts[0]); i++)
        if (guard->parts[table->guard][i]) add_text(out, guard->parts[table->guard][i], table);
}
