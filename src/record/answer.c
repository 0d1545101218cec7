/* SPDX-License-Identifier: Apache-2.0
 * Idempotency keys: what was asked is kept as a hash, what was answered as a row. */
#include "record/answer.h"

static Str answer_key(Call *call, const Request *request)
{
    return str_fmt(call->arena, "%lld:%.*s", (long long)call->who.n, STR_ARG(request->idempotency_key));
}

static Hash request_hash(Call *call, const Request *request)
{
    Buf input = buf_open(call->arena, 4 << 20);

    if (request->input != NULL) json_write(&input, request->input);
    Str parts[] = { str_from_c(request->type->name),
                    STR("\n"),
                    request->verb,
                    STR("\n"),
                    request->number,
                    STR("\n"),
                    buf_str(&input) };
    return hash_of_parts(parts, countof(parts));
}

static bool key_is_fine(Str key)
{
    if (key.len > ANSWER_KEY_MAX) return false;
    for (size_t i = 0; i < key.len; i++) {
        char byte = key.ptr[i];
        if (byte < 0x21 || byte > 0x7e || byte == '"' || byte == '\\') return false;
    }
    return true;
}

static void answer_read(Query *query, Call *call, Outcome *outcome)
{
    outcome->id.n        = query_int(query, 1);
    outcome->number      = query_str(query, 2, call->arena);
    outcome->revision    = query_int(query, 3);
    outcome->state       = (int)query_int(query, 4);
    outcome->first_event = query_int(query, 5);
    outcome->last_event  = query_int(query, 6);
    outcome->is_repeat   = true;
}

bool answer_find(Call *call, const Request *request, Outcome *outcome, Err *err)
{
    Hash hash = { 0 };

    if (request->idempotency_key.len == 0) return true;
    if (!key_is_fine(request->idempotency_key)) {
        invalid(call, STR("Idempotency-Key"),
                call_text(call, "Use up to 128 visible ASCII characters without quotes."));
        outcome->kind     = OUTCOME_INVALID;
        outcome->invalids = call->invalids;
        return true;
    }
    hash         = request_hash(call, request);
    Query *query = query_open(call->db, STR("SELECT request, id, number, revision, state, first_event, last_event"
                                            "  FROM record_answer WHERE who_key = $1"));
    query_bind_str(query, 1, answer_key(call, request));
    if (query_next(query)) {
        Str known = query_peek(query, 0);
        if (str_eq(known, (Str){ (const char *)hash.bytes, HASH_BYTES }))
            answer_read(query, call, outcome);
        else
            outcome->kind = OUTCOME_REUSED;
    }
    return query_close(query, err);
}

bool answer_keep(Call *call, const Request *request, const Outcome *outcome, Err *err)
{
    if (request->idempotency_key.len == 0) return true;
    Hash hash = request_hash(call, request);
    Query *query =
        query_open(call->db, STR("INSERT INTO record_answer (who_key, request, type, id, number, revision, state,"
                                 " first_event, last_event, time)"
                                 " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"));
    query_bind_str(query, 1, answer_key(call, request));
    query_bind_bytes(query, 2, (Str){ (const char *)hash.bytes, HASH_BYTES });
    query_bind_str(query, 3, str_from_c(request->type->name));
    query_bind_int(query, 4, outcome->id.n);
    query_bind_str(query, 5, outcome->number);
    query_bind_int(query, 6, outcome->revision);
    query_bind_int(query, 7, outcome->state);
    query_bind_int(query, 8, outcome->first_event);
    query_bind_int(query, 9, outcome->last_event);
    query_bind_int(query, 10, call->now.us);
    return query_run(query, NULL, err);
}

bool answers_sweep(Call *call, Err *err)
{
    Query *query = query_open(call->db, STR("DELETE FROM record_answer WHERE time < $1"));

    query_bind_int(query, 1, time_add_seconds(call->now, -(int64_t)ANSWER_KEEP_DAYS * 86400).us);
    return query_run(query, NULL, err);
}

Str who_words(Call *call, const Type *type, const char *who)
{
    StrList words = { 0 };
    Str rest      = str_from_c(who), word;

    while (str_cut(&rest, '|', &word)) {
        const char *label = NULL;
        for (size_t i = 0; i < type->relations_len; i++) {
            if (str_eq_c(word, type->relations[i].name)) label = type->relations[i].label;
        }
        if (label == NULL && call->app->directory != NULL) label = call->app->directory->role_label(word);
        *list_push(call->arena, &words) = label != NULL ? call_text(call, label) : word;
    }
    return str_join(call->arena, &words, STR(" or "));
}
