/* SPDX-License-Identifier: Apache-2.0
 * Prepared statements of a connection, found by their text. A plain table searched by hash: 128 comparisons of a number
 * cost less than either engine's cheapest statement, and there is no order to keep. */
#include <assert.h>

#include "store/engine.h"

/* FNV-1a over words instead of bytes: texts are compared anyway, so it only has to be quick. Never 0, which marks a
 * free place. */
static uint64_t text_hash(Str text)
{
    uint64_t hash = 14695981039346656037u ^ text.len;
    for (size_t at = 0; at < text.len; at += sizeof(uint64_t)) {
        uint64_t word = 0;
        size_t left   = text.len - at;
        memcpy(&word, text.ptr + at, left < sizeof word ? left : sizeof word);
        hash = (hash ^ word) * 1099511628211u;
        hash ^= hash >> 32;
    }
    return hash ? hash : 1;
}

/* Index behind the quoted text that starts at `at`: a doubled quote inside counts as its end and a new start, which
 * comes to the same. */
static size_t quoted_end(Str sql, size_t at)
{
    char quote = sql.ptr[at++];
    while (at < sql.len && sql.ptr[at] != quote)
        at++;
    return at < sql.len ? at + 1 : at;
}

/* The highest $n outside quotes; PARAMETERS_MAX + 1 stands for anything above the limit. */
static int highest_parameter(Str sql)
{
    int highest = 0;
    size_t at   = 0;

    while (at < sql.len) {
        if (sql.ptr[at] == '\'' || sql.ptr[at] == '"') {
            at = quoted_end(sql, at);
            continue;
        }
        if (sql.ptr[at++] != '$') continue;
        int number = 0;
        for (; at < sql.len && sql.ptr[at] >= '0' && sql.ptr[at] <= '9'; at++)
            if (number <= PARAMETERS_MAX) number = number * 10 + (sql.ptr[at] - '0');
        if (number > PARAMETERS_MAX) number = PARAMETERS_MAX + 1;
        if (number > highest) highest = number;
    }
    return highest;
}

static void statement_forget(Connection *connection, Statement *statement)
{
    if (!statement->sql) return;
    connection->store->calls->forget(connection, statement);
    free(statement->sql);
    *statement                                             = (Statement){ 0 };
    connection->hashes[statement - connection->statements] = 0;
}

/* A free place, else the one that was not used for longest. invariant: fewer queries can be open than there are places.
 */
static Statement *place_for_new(Connection *connection)
{
    Statement *oldest = NULL;
    for (size_t i = 0; i < STATEMENTS_MAX; i++) {
        Statement *statement = &connection->statements[i];
        if (!statement->sql) return statement;
        if (statement->busy) continue;
        if (!oldest || statement->last_used < oldest->last_used) oldest = statement;
    }
    assert(oldest);
    statement_forget(connection, oldest);
    return oldest;
}

static Statement *statement_prepare(Connection *connection, Str sql, Err *err)
{
    int parameters = highest_parameter(sql);
    if (parameters > PARAMETERS_MAX) {
        err_set(err, ERR_LIMIT, 0, .what = STR("cannot prepare a statement with more than 99 parameters"));
        return NULL;
    }
    Statement *statement = place_for_new(connection);
    statement->sql       = malloc(sql.len + 1);
    if (!statement->sql) {
        err_set(err, ERR_LIMIT, 0, .what = STR("could not prepare a statement: no memory"));
        return NULL;
    }
    memcpy(statement->sql, sql.ptr, sql.len);
    statement->sql[sql.len]                                = '\0';
    statement->sql_len                                     = sql.len;
    statement->parameters                                  = parameters;
    connection->hashes[statement - connection->statements] = text_hash(sql);
    if (connection->store->calls->prepare(connection, statement, err)) return statement;
    connection->hashes[statement - connection->statements] = 0;
    free(statement->sql);
    *statement = (Statement){ 0 };
    return NULL;
}

Statement *statement_take(Connection *connection, Str sql, Err *err)
{
    Statement *statement = NULL;
    uint64_t hash        = text_hash(sql);

    for (size_t i = 0; i < STATEMENTS_MAX && !statement; i++) {
        if (connection->hashes[i] != hash) continue;
        Statement *known = &connection->statements[i];
        if (!known->busy && str_eq(sql, (Str){ known->sql, known->sql_len })) statement = known;
    }
    if (!statement) statement = statement_prepare(connection, sql, err);
    if (!statement) return NULL;
    statement->busy      = true;
    statement->last_used = ++connection->clock;
    return statement;
}

void statements_forget(Connection *connection)
{
    for (size_t i = 0; i < STATEMENTS_MAX; i++)
        statement_forget(connection, &connection->statements[i]);
}
