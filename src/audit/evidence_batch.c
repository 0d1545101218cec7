/* SPDX-License-Identifier: Apache-2.0
 * Batches of evidence: one writing Call, a verb for each file, then the request's, then one commit. */
#include "audit/evidence_batch.h"

#include "audit/evidence.h"
#include "audit/request.h"

static void text_set(json_t *input, const char *name, Str value)
{
    if (value.len > 0) json_object_set_new(input, name, json_from_str(value));
}

/* As long a title as fits, of visible characters. */
static Str title_of(Arena *arena, const BatchFile *file)
{
    Str title = str_trim(file->title.len > 0 ? file->title : file->name);

    title = str_visible(arena, title);
    if (title.len == 0) return STR("File");
    title = str_slice(title, 0, 200);
    return str_slice(title, 0, str_utf8_len(title));
}

static Str label_of(Arena *arena, Str name, size_t max)
{
    Str label = str_slice(str_visible(arena, name), 0, max);
    return str_trim(str_slice(label, 0, str_utf8_len(label)));
}

static json_t *item_input(Arena *arena, const EvidenceBatch *batch, const BatchFile *file)
{
    json_t *input = json_own(arena, json_deep_copy(batch->common));

    text_set(input, "title", title_of(arena, file));
    text_set(input, "file", file->hash);
    text_set(input, "file_name", label_of(arena, file->name, 200));
    text_set(input, "file_type", label_of(arena, file->type, 120));
    json_object_set_new(input, "file_size", json_integer(file->size));
    if (!date_is_none(file->fact_date)) text_set(input, "fact_date", date_to_iso(arena, file->fact_date));
    if (json_object_get(input, "kind") == NULL)
        json_object_set_new(input, "kind",
                            json_string(str_starts(file->type, STR("image/")) ? "photograph" : "document"));
    return input;
}

static Str key_of(Arena *arena, const EvidenceBatch *batch, const char *part, size_t index)
{
    return batch->key.len > 0 ? str_fmt(arena, "%.*s/%s%zu", STR_ARG(batch->key), part, index) : (Str){ 0 };
}

static bool is_done(const Outcome *outcome)
{
    return outcome->kind == OUTCOME_DONE;
}

static bool items_make(Call *call, const EvidenceBatch *batch, Outcome *outcome, StrList *numbers, Err *err)
{
    for (size_t i = 0; i < batch->files_len && is_done(outcome); i++) {
        Request request = { .type            = &evidence_type,
                            .verb            = STR("create"),
                            .input           = item_input(call->arena, batch, &batch->files[i]),
                            .idempotency_key = key_of(call->arena, batch, "item", i) };
        if (!verb_apply(call, &request, outcome, err)) return false;
        if (is_done(outcome)) *list_push(call->arena, numbers) = outcome->number;
    }
    return true;
}

static bool request_answer(Call *call, const EvidenceBatch *batch, Outcome *outcome, const StrList *numbers, Err *err)
{
    json_t *input   = json_own(call->arena, batch->answer != NULL ? json_deep_copy(batch->answer) : json_object());
    json_t *items   = json_array();
    Request request = { .type            = &evidence_request_type,
                        .verb            = str_from_c(batch->verb),
                        .number          = batch->request,
                        .input           = input,
                        .idempotency_key = key_of(call->arena, batch, "answer", 0) };

    for (size_t i = 0; i < numbers->len; i++)
        json_array_append_new(items, json_from_str(numbers->at[i]));
    json_object_set_new(input, "evidence", items);
    return verb_apply(call, &request, outcome, err);
}

static bool refuse_read_only(Call *call, Outcome *outcome)
{
    refuse_with(call, "read-only", STR("the record did not pass its last verification, so nothing is written"),
                "Tell the administrator; \"verify\" names what differs.");
    *outcome = (Outcome){ .kind = OUTCOME_REFUSED, .type = &evidence_type, .refusals = call->refusals };
    return true;
}

static bool batch_do(Call *call, const EvidenceBatch *batch, Outcome *outcome, StrList *numbers, Err *err)
{
    if (!items_make(call, batch, outcome, numbers, err)) return false;
    if (!is_done(outcome) || batch->request.len == 0) return true;
    return request_answer(call, batch, outcome, numbers, err);
}

bool evidence_batch(const Caller *caller, const EvidenceBatch *batch, Call **call, Outcome *outcome, StrList *numbers,
                    Err *err)
{
    bool is_fixed = caller->app->read_only;

    *outcome = (Outcome){ .kind = OUTCOME_DONE, .type = &evidence_type };
    *numbers = (StrList){ 0 };
    if (batch->files_len > BATCH_FILES_MAX)
        return err_set(err, ERR_LIMIT, 0, .what = STR("cannot take so many files at once"));
    if (!call_open(caller, is_fixed ? CALL_READ : CALL_WRITE, call, err)) return false;
    if (is_fixed) return refuse_read_only(*call, outcome);
    bool done = batch_do(*call, batch, outcome, numbers, err);
    if (done && is_done(outcome)) done = db_commit((*call)->db, err);
    if (!done) call_end(*call);
    return done;
}
