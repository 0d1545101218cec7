/* SPDX-License-Identifier: Apache-2.0
 * Sessions and attempts to sign in. */
#include "org/session.h"

#include "base/base64.h"
#include "base/hash.h"
#include "org/account.h"
#include "org/password.h"
#include "org/person.h"
#include "record/row.h"

enum { SECRET_BYTES = 32 };

static const Column session_columns[] = {
    { .name = STR_INIT("secret"), .kind = COLUMN_TEXT, .not_null = true }, /* SHA-256 of the cookie's value, hex */
    { .name = STR_INIT("person"), .kind = COLUMN_INT, .not_null = true },
    { .name = STR_INIT("account"), .kind = COLUMN_INT, .not_null = true },
    { .name = STR_INIT("csrf"), .kind = COLUMN_TEXT, .not_null = true },
    { .name = STR_INIT("theme"), .kind = COLUMN_TEXT, .not_null = true },
    { .name = STR_INIT("started"), .kind = COLUMN_INT, .not_null = true },
    { .name = STR_INIT("seen"), .kind = COLUMN_INT, .not_null = true },
};
static const Index session_indexes[] = {
    { .name = STR_INIT("session_by_person"), .columns = { STR_INIT("person") } },
};
static const Table session_table = { .name        = STR_INIT("session"),
                                     .columns     = session_columns,
                                     .columns_len = countof(session_columns),
                                     .indexes     = session_indexes,
                                     .indexes_len = countof(session_indexes) };

/* Failed attempts; one that succeeds removes those of its name and address. */
static const Column attempt_columns[] = {
    { .name = STR_INIT("id"), .kind = COLUMN_TEXT, .not_null = true }, /* random */
    { .name = STR_INIT("login"), .kind = COLUMN_TEXT, .not_null = true },
    { .name = STR_INIT("address"), .kind = COLUMN_TEXT, .not_null = true },
    { .name = STR_INIT("time"), .kind = COLUMN_INT, .not_null = true },
};
static const Index attempt_indexes[] = {
    { .name = STR_INIT("sign_in_attempt_by_address"), .columns = { STR_INIT("address"), STR_INIT("time") } },
};
static const Table attempt_table = { .name        = STR_INIT("sign_in_attempt"),
                                     .columns     = attempt_columns,
                                     .columns_len = countof(attempt_columns),
                                     .indexes     = attempt_indexes,
                                     .indexes_len = countof(attempt_indexes) };

const Table *const session_tables[] = { &session_table, &attempt_table };
const size_t session_tables_len     = countof(session_tables);

static Str random_text(App *app, Arena *arena)
{
    char bytes[SECRET_BYTES];

    world_random(app->world, bytes, sizeof bytes);
    return base64url_encode(arena, (Str){ bytes, sizeof bytes });
}

static Str secret_hash(Arena *arena, Str secret)
{
    Hash hash = hash_of(secret);
    return hash_to_hex(arena, &hash);
}

/* Runs one prepared change of the sessions in a transaction of its own. */
static bool session_write(App *app, Arena *arena, Query *(*prepare)(Db *db, const void *with), const void *with,
                          Err *err)
{
    Db *db;

    if (!store_write(app->store, arena, &db, err)) return false;
    bool done = query_run(prepare(db, with), NULL, err) && db_commit(db, err);
    db_end(db);
    return done;
}

/* ------------------------------------------------------------------------------------------------------- attempts */

typedef struct {
    int64_t by_both, by_address;
} Attempts;

static bool attempts_count(Call *call, const SignInAttempt *attempt, Attempts *out, Err *err)
{
    Query *query = query_open(
        call->db, STR("SELECT count(*), CAST(coalesce(sum(CASE WHEN login = $1 THEN 1 ELSE 0 END), 0) AS BIGINT)"
                      "  FROM sign_in_attempt WHERE address = $2 AND time > $3"));
    query_bind_str(query, 1, attempt->login);
    query_bind_str(query, 2, attempt->address);
    query_bind_int(query, 3, time_add_seconds(call->now, INT64_C(-60) * SIGN_IN_WINDOW_MINUTES).us);
    if (query_next(query)) {
        out->by_address = query_int(query, 0);
        out->by_both    = query_int(query, 1);
    }
    return query_close(query, err);
}

typedef struct {
    const SignInAttempt *attempt;
    Str id;
    Time now;
} Failure;

static Query *failure_insert(Db *db, const void *with)
{
    const Failure *failure = with;
    Query *query =
        query_open(db, STR("INSERT INTO sign_in_attempt (id, login, address, time) VALUES ($1, $2, $3, $4)"));

    query_bind_str(query, 1, failure->id);
    query_bind_str(query, 2, failure->attempt->login);
    query_bind_str(query, 3, failure->attempt->address);
    query_bind_int(query, 4, failure->now.us);
    return query;
}

bool tries_are_spent(App *app, Arena *arena, Str address, bool *spent, Err *err)
{
    Caller caller         = { .app = app, .arena = arena, .is_system = true, .door = "web" };
    SignInAttempt attempt = { .address = address };
    Attempts attempts     = { 0 };
    Call *call;

    if (!call_open(&caller, CALL_READ, &call, err)) return false;
    bool done = attempts_count(call, &attempt, &attempts, err);
    call_end(call);
    *spent = attempts.by_address >= SIGN_IN_TRIES_ADDRESS;
    return done;
}

bool tries_note(App *app, Arena *arena, Str what, Str address, Err *err)
{
    SignInAttempt attempt = { .login = what, .address = address };
    Failure failure       = { .attempt = &attempt, .id = random_text(app, arena), .now = world_now(app->world) };

    return session_write(app, arena, failure_insert, &failure, err);
}

/* ------------------------------------------------------------------------------------------------------- signing in */

typedef struct {
    Account account;
    bool is_known; /* and the person is here today */
    Attempts attempts;
    Time now;
} Candidate;

static bool candidate_load(App *app, Arena *arena, const SignInAttempt *attempt, Candidate *out, Err *err)
{
    Caller caller = { .app = app, .arena = arena, .is_system = true, .door = "web" };
    Person person;
    Call *call;

    if (!call_open(&caller, CALL_READ, &call, err)) return false;
    out->now  = call->now;
    bool done = attempts_count(call, attempt, &out->attempts, err) &&
                account_find(call, attempt->login, &out->account, &out->is_known, err);
    if (done && out->is_known) {
        done          = record_must(call, &person_type, out->account.person, &person, err);
        out->is_known = done && person_is_here(&person, call->today);
    }
    call_end(call);
    return done;
}

typedef struct {
    Str secret, csrf;
    const Candidate *candidate;
} Opening;

static Query *session_insert(Db *db, const void *with)
{
    const Opening *opening = with;
    Query *query = query_open(db, STR("INSERT INTO session (secret, person, account, csrf, theme, started, seen)"
                                      " VALUES ($1, $2, $3, $4, '', $5, $5)"));
    query_bind_str(query, 1, opening->secret);
    query_bind_int(query, 2, opening->candidate->account.person.n);
    query_bind_int(query, 3, opening->candidate->account.head.id.n);
    query_bind_str(query, 4, opening->csrf);
    query_bind_int(query, 5, opening->candidate->now.us);
    return query;
}

bool session_sign_in(App *app, Arena *arena, const SignInAttempt *attempt, SignIn *result, Str *secret, Err *err)
{
    Candidate candidate = { 0 };

    *result = SIGN_IN_WRONG;
    if (!candidate_load(app, arena, attempt, &candidate, err)) return false;
    if (candidate.attempts.by_both >= SIGN_IN_TRIES || candidate.attempts.by_address >= SIGN_IN_TRIES_ADDRESS) {
        *result = SIGN_IN_TOO_OFTEN;
        return true;
    }
    Str hash = candidate.is_known ? candidate.account.password : (Str){ 0 };
    if (!password_fits(arena, hash, attempt->password)) {
        Failure failure = { .attempt = attempt, .id = random_text(app, arena), .now = candidate.now };
        return session_write(app, arena, failure_insert, &failure, err);
    }
    *secret         = random_text(app, arena);
    Opening opening = { .secret    = secret_hash(arena, *secret),
                        .csrf      = random_text(app, arena),
                        .candidate = &candidate };
    *result         = SIGN_IN_DONE;
    return session_write(app, arena, session_insert, &opening, err);
}

/* ------------------------------------------------------------------------------------------------------- staying */

typedef struct {
    Str secret;
    Time seen, now;
} Touch;

static Query *session_touch(Db *db, const void *with)
{
    const Touch *touch = with;
    Query *query       = query_open(db, STR("UPDATE session SET seen = $2 WHERE secret = $1"));

    query_bind_str(query, 1, touch->secret);
    query_bind_int(query, 2, touch->now.us);
    return query;
}

static bool session_read(Call *call, Str secret, Session *out, Touch *touch, bool *found, Err *err)
{
    Query *query =
        query_open(call->db, STR("SELECT s.person, s.account, s.csrf, s.theme, s.started, s.seen, a.must_change"
                                 "  FROM session s JOIN account a ON a.id = s.account"
                                 " WHERE s.secret = $1 AND s.started > $2 AND s.seen > $3 AND a.state = 1"));
    query_bind_str(query, 1, secret);
    query_bind_int(query, 2, time_add_seconds(call->now, INT64_C(-3600) * SESSION_HOURS).us);
    query_bind_int(query, 3, time_add_seconds(call->now, INT64_C(-60) * SESSION_IDLE_MINUTES).us);
    *found = query_next(query);
    if (*found) {
        *out   = (Session){ .person      = { query_int(query, 0) },
                            .account     = { query_int(query, 1) },
                            .csrf        = query_str(query, 2, call->arena),
                            .theme       = query_str(query, 3, call->arena),
                            .started     = { query_int(query, 4) },
                            .must_change = query_int(query, 6) == YES };
        *touch = (Touch){ .secret = secret, .seen = { query_int(query, 5) }, .now = call->now };
    }
    return query_close(query, err);
}

bool session_find(App *app, Arena *arena, Str secret, Session *out, bool *found, Err *err)
{
    Caller caller = { .app = app, .arena = arena, .is_system = true, .door = "web" };
    Touch touch   = { 0 };
    Call *call;

    *found = false;
    if (secret.len == 0 || secret.len > 64) return true;
    if (!call_open(&caller, CALL_READ, &call, err)) return false;
    bool done = session_read(call, secret_hash(arena, secret), out, &touch, found, err);
    call_end(call);
    bool is_old = *found && touch.now.us - touch.seen.us > 60000000;
    return done && (!is_old || app->read_only || session_write(app, arena, session_touch, &touch, err));
}

static Query *session_delete(Db *db, const void *with)
{
    Query *query = query_open(db, STR("DELETE FROM session WHERE secret = $1"));
    query_bind_str(query, 1, *(const Str *)with);
    return query;
}

bool session_end(App *app, Arena *arena, Str secret, Err *err)
{
    Str hash = secret_hash(arena, secret);
    return session_write(app, arena, session_delete, &hash, err);
}

typedef struct {
    Id person;
    Str keep;
} Ending;

static Query *sessions_delete(Db *db, const void *with)
{
    const Ending *ending = with;
    Query *query         = query_open(db, STR("DELETE FROM session WHERE person = $1 AND secret <> $2"));
    query_bind_int(query, 1, ending->person.n);
    query_bind_str(query, 2, ending->keep);
    return query;
}

bool session_end_all(App *app, Arena *arena, Id person, Str secret, Err *err)
{
    Ending ending = { .person = person, .keep = secret_hash(arena, secret) };
    return session_write(app, arena, sessions_delete, &ending, err);
}

static Query *theme_update(Db *db, const void *with)
{
    const Str *values = with;
    Query *query      = query_open(db, STR("UPDATE session SET theme = $2 WHERE secret = $1"));
    query_bind_str(query, 1, values[0]);
    query_bind_str(query, 2, values[1]);
    return query;
}

bool session_set_theme(App *app, Arena *arena, Str secret, Str theme, Err *err)
{
    Str values[2] = { secret_hash(arena, secret), theme };
    return session_write(app, arena, theme_update, values, err);
}

static Query *sweep_sessions(Db *db, const void *with)
{
    const Time *now = with;
    Query *query    = query_open(db, STR("DELETE FROM session WHERE started < $1 OR seen < $2"));
    query_bind_int(query, 1, time_add_seconds(*now, INT64_C(-3600) * SESSION_HOURS).us);
    query_bind_int(query, 2, time_add_seconds(*now, INT64_C(-60) * SESSION_IDLE_MINUTES).us);
    return query;
}

static Query *sweep_attempts(Db *db, const void *with)
{
    const Time *now = with;
    Query *query    = query_open(db, STR("DELETE FROM sign_in_attempt WHERE time < $1"));
    query_bind_int(query, 1, time_add_seconds(*now, INT64_C(-60) * SIGN_IN_WINDOW_MINUTES).us);
    return query;
}

bool sessions_sweep(App *app, Arena *arena, Err *err)
{
    Time now = world_now(app->world);
    return session_write(app, arena, sweep_sessions, &now, err) && session_write(app, arena, sweep_attempts, &now, err);
}
