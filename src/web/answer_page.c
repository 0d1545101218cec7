/* SPDX-License-Identifier: Apache-2.0
 * Answering through a link: looking at the request, and sending text and files for it. The answer is the verb "answer"
 * of the request, done by the program for somebody who gave a name. */
#include "web/answer_page.h"

#include "audit/evidence_batch.h"
#include "audit/request_link.h"
#include "base/base64.h"
#include "org/organisation.h"
#include "org/session.h"
#include "pages/pages.h"
#include "web/pages.h"
#include "web/pieces.h"
#include "web/rules.h"
#include "web/upload.h"

typedef struct {
    Visit *visit;
    EvidenceRequest request;
    AnswerView view;
    const InvalidList *invalids; /* of the form that was sent */
} Answer;

/* ---- the link ---- */

static bool nowhere(Visit *visit, int status, const char *title, const char *sentence, Err *err)
{
    Html page = visit_html(visit);

    page_answer_nowhere(&page, visit_text(visit, title), visit_text(visit, sentence));
    return visit_send(visit, status, &page, err);
}

/* *found is false when the visit was answered. */
static bool link_open(Visit *visit, EvidenceRequest *request, bool *found, Err *err)
{
    Str address = visit->request->peer.address;
    bool spent;

    *found = false;
    if (!tries_are_spent(visit->app, visit->arena, address, &spent, err)) return false;
    if (spent)
        return nowhere(visit, 429, N_("Too many links were tried from here"),
                       N_("Wait 15 minutes from the last one, then open your link again."), err);
    if (!request_find_by_link(visit->app, visit->arena, visit->word, request, found, err)) return false;
    if (*found) return true;
    return tries_note(visit->app, visit->arena, STR("link"), address, err) &&
           nowhere(visit, 404, N_("This link does not lead anywhere"),
                   N_("It may have ended, or was copied in part. Ask whoever sent it for a new one."), err);
}

bool answer_link_works(Visit *visit, bool *works, Err *err)
{
    EvidenceRequest request;

    if (!link_open(visit, &request, works, err)) return false;
    if (*works) visit->asked = request.head.id;
    return true;
}

/* ---- the page ---- */

static Str text(const Answer *answer, const char *english)
{
    return visit_text(answer->visit, english);
}

static Str address_of(const Answer *answer)
{
    return str_fmt(answer->visit->arena, LINK_ADDRESS "%.*s", STR_ARG(answer->visit->word));
}

static Str error_of(const Answer *answer, const char *name)
{
    for (size_t i = 0; answer->invalids != NULL && i < answer->invalids->len; i++) {
        if (str_eq_c(answer->invalids->at[i].field, name)) return answer->invalids->at[i].message;
    }
    return (Str){ 0 };
}

static FormField *field_add(Answer *answer, FormKind kind, const char *name, const char *label)
{
    FormField *field = list_push(answer->visit->arena, &answer->view.form.fields);

    *field = (FormField){ .kind     = kind,
                          .name     = str_from_c(name),
                          .label    = text(answer, label),
                          .value    = kind == FORM_FILE ? (Str){ 0 } : visit_field(answer->visit, name),
                          .error    = error_of(answer, name),
                          .optional = true };
    return field;
}

static Str key_make(const Visit *visit)
{
    char bytes[16];

    world_random(visit->app->world, bytes, sizeof bytes);
    return base64url_encode(visit->arena, (Str){ bytes, sizeof bytes });
}

static void form_fill(Answer *answer)
{
    Visit *visit = answer->visit;
    Form *form   = &answer->view.form;

    form->action  = address_of(answer);
    form->uploads = true;
    form->pieces  = str_fmt(visit->arena, "%.*s/uploads", STR_ARG(address_of(answer)));
    pieces_hide(visit, form);
    *list_push(visit->arena, &form->hidden) = (HiddenField){ STR("key"), key_make(visit) };
    FormField *name                         = field_add(answer, FORM_TEXT, "name", N_("Your name"));
    name->autocomplete = STR("name"), name->optional = false;
    FormField *words = field_add(answer, FORM_LONG_TEXT, "answer", N_("Your answer"));
    words->help      = text(answer, N_("Also if there is nothing to send: say why."));
    FormField *files = field_add(answer, FORM_FILE, "files", N_("Files"));
    files->many      = true;
    FormField *photo = field_add(answer, FORM_FILE, "photo", N_("Or take a photo"));
    photo->camera    = true;
    FormField *day   = field_add(answer, FORM_DATE, "fact_date", N_("Day of the fact"));
    day->help        = text(answer, N_("When it was so: the day of the export, of the record."));
    FormField *why   = field_add(answer, FORM_LONG_TEXT, "undated_reason", N_("Why there is no day"));
    why->rows        = 2;
    *list_push(visit->arena, &form->verbs) =
        (Button){ .label = text(answer, N_("Send answer")), .kind = BUTTON_PRIMARY };
}

static bool names_fill(Answer *answer, Err *err)
{
    Caller caller = { .app = answer->visit->app, .arena = answer->visit->arena, .is_system = true, .door = "link" };
    IdList people = { 0 };
    StrList names = { 0 };
    Organisation organisation;
    Call *call;
    bool found;

    id_list_add(caller.arena, &people, answer->request.asked_by);
    if (!call_open(&caller, CALL_READ, &call, err)) return false;
    bool done = organisation_load(call, &organisation, &found, err) &&
                call->app->directory->names_of(call, &people, &names, err);
    call_end(call);
    if (done && found) answer->view.organisation = organisation.name;
    if (done && names.len > 0) answer->view.asker = names.at[0];
    return done;
}

static Str received_words(const Answer *answer, Html *words)
{
    const EvidenceRequest *request = &answer->request;
    Str day                        = date_to_human(answer->visit->arena, request->submitted_on);
    Str count = counted(words, (int64_t)request->evidence.len, N_("item of evidence"), N_("items of evidence"));

    if (request->answered_by.len == 0) return filled(words, N_("It came on {1}, with {2}."), day, count);
    return str_fmt(answer->visit->arena, "%.*s %.*s",
                   STR_ARG(filled(words, N_("Sent on {1} by {2}."), day, request->answered_by)),
                   STR_ARG(filled(words, N_("It holds {1}. You can close this page."), count, STR(""))));
}

static bool answer_page(Answer *answer, int status, Err *err)
{
    const EvidenceRequest *request = &answer->request;
    Html page                      = visit_html(answer->visit);

    if (!names_fill(answer, err)) return false;
    answer->view.asked    = request->text;
    answer->view.due      = request->due;
    answer->view.returned = request->head.state == REQUEST_RETURNED ? request->reason : (Str){ 0 };
    if (request_takes_answer(request))
        form_fill(answer);
    else
        answer->view.received = received_words(answer, &page);
    page_answer(&page, &answer->view);
    return visit_send(answer->visit, status, &page, err);
}

static bool answer_show(Visit *visit, Err *err)
{
    Answer answer = { .visit = visit };
    bool found;

    if (!link_open(visit, &answer.request, &found, err)) return false;
    return !found || answer_page(&answer, 200, err);
}

/* ---- sending ---- */

static void wrong(Answer *answer, InvalidList *invalids, const char *name, const char *message)
{
    *list_push(answer->visit->arena, invalids) = (Invalid){ str_from_c(name), text(answer, message) };
}

/* What the verbs would say of a form that has other names than theirs. */
static void form_check(Answer *answer, InvalidList *invalids)
{
    Visit *visit = answer->visit;
    Str day      = visit_field(visit, "fact_date");
    size_t files = pieces_count(visit);
    Date date;

    if (str_trim(visit_field(visit, "name")).len == 0) wrong(answer, invalids, "name", N_("Say who you are."));
    if (files == 0 && str_trim(visit_field(visit, "answer")).len == 0)
        wrong(answer, invalids, "answer", N_("Write an answer, or choose a file."));
    if (day.len > 0 && !date_from_iso(day, &date))
        wrong(answer, invalids, "fact_date", N_("Write the day as 2026-10-15."));
    if (files > 0 && day.len == 0 && str_trim(visit_field(visit, "undated_reason")).len == 0)
        wrong(answer, invalids, "fact_date",
              N_("Give the day, or say below why there is none. Then choose your files once more."));
}

static void put(json_t *input, const char *name, Str value)
{
    value = str_trim(value);
    if (value.len > 0) json_object_set_new(input, name, json_from_str(value));
}

static json_t *common_of(const Answer *answer)
{
    const Visit *visit             = answer->visit;
    const EvidenceRequest *request = &answer->request;
    json_t *input                  = json_own(visit->arena, json_object());
    json_t *refs                   = json_array();

    for (size_t i = 0; i < request->refs.len; i++)
        json_array_append_new(refs, json_integer(request->refs.at[i].n));
    json_object_set_new(input, "refs", refs);
    json_object_set_new(input, "request", json_integer(request->head.id.n));
    json_object_set_new(input, "source", json_integer(request->asked_of.n));
    json_object_set_new(input, "obtained_by", json_integer(request->asked_by.n));
    put(input, "fact_date", visit_field(visit, "fact_date"));
    put(input, "undated_reason", visit_field(visit, "undated_reason"));
    put(input, "reliability",
        filled(&(Html){ .buf = buf_open(visit->arena, 1), .language = visit->app->language },
               N_("Sent through a link by {1}; who that was is not proven."),
               str_slice(str_trim(visit_field(visit, "name")), 0, 200), STR("")));
    return input;
}

static json_t *words_of(const Answer *answer)
{
    json_t *input = json_own(answer->visit->arena, json_object());

    put(input, "name", visit_field(answer->visit, "name"));
    put(input, "answer", visit_field(answer->visit, "answer"));
    return input;
}

/* What a verb refused stands above the form. */
static bool answer_again(Answer *answer, const Outcome *outcome, Err *err)
{
    const RefusalList *refusals = &outcome->refusals;

    answer->invalids = &outcome->invalids;
    if (refusals->len > 0)
        answer->view.form.refused = sentence_of(answer->visit->arena, refusals->at[0].missing);
    else if (outcome->invalids.len > 0)
        answer->view.form.refused = outcome->invalids.at[0].message;
    return answer_page(answer, 422, err);
}

static bool answer_send(Answer *answer, const BatchFiles *files, Err *err)
{
    Visit *visit        = answer->visit;
    Caller program      = { .app = visit->app, .arena = visit->arena, .is_system = true, .door = "link" };
    StrList numbers     = { 0 };
    EvidenceBatch batch = { .common    = common_of(answer),
                            .files     = files->at,
                            .files_len = files->len,
                            .request   = answer->request.head.number,
                            .verb      = "answer",
                            .answer    = words_of(answer),
                            .key       = visit_field(visit, "key") };
    Outcome *outcome    = arena_new(visit->arena, Outcome); /* the page shows it */
    Call *call;

    if (!evidence_batch(&program, &batch, &call, outcome, &numbers, err)) return false;
    call_end(call);
    if (outcome->kind != OUTCOME_DONE) return answer_again(answer, outcome, err);
    pieces_forget(visit);
    visit_go(visit, address_of(answer));
    return true;
}

static bool answer_do(Visit *visit, Err *err)
{
    const Err *failure   = upload_failure(visit->request->upload);
    Answer answer        = { .visit = visit };
    InvalidList invalids = { 0 };
    BatchFiles files     = { 0 };
    bool found, missing;

    if (!link_open(visit, &answer.request, &found, err)) return false;
    if (!found) return true;
    visit->asked = answer.request.head.id;
    if (failure != NULL && failure->code != ERR_LIMIT) {
        *err = *failure;
        return false;
    }
    if (!request_takes_answer(&answer.request)) return answer_page(&answer, 409, err);
    form_check(&answer, &invalids);
    if (failure != NULL) wrong(&answer, &invalids, "files", N_("So many files do not fit into one answer."));
    answer.invalids = &invalids;
    if (invalids.len > 0) return answer_page(&answer, 422, err);
    if (!pieces_take(visit, &files, &missing, err)) return false;
    if (!missing) return answer_send(&answer, &files, err);
    wrong(&answer, &invalids, "files", N_("A file did not come whole. Choose it again."));
    return answer_page(&answer, 422, err);
}

static bool answer_pieces(Visit *visit, Err *err)
{
    bool works;

    if (!answer_link_works(visit, &works, err)) return false;
    return !works || pieces_answer(visit, err);
}

/* clang-format off */
static const Route rows[] = {
    { HTTP_GET,  "/answer/{word}", answer_show, ROUTE_PUBLIC | ROUTE_LINK },
    { HTTP_POST, "/answer/{word}", answer_do,   ROUTE_PUBLIC | ROUTE_LINK | ROUTE_UPLOAD },
    { HTTP_GET,  "/answer/{word}/uploads", answer_pieces, ROUTE_PUBLIC | ROUTE_LINK },
    { HTTP_POST, "/answer/{word}/uploads", answer_pieces, ROUTE_PUBLIC | ROUTE_LINK | ROUTE_UPLOAD | ROUTE_PIECES },
};
/* clang-format on */
const Routes answer_routes = ROUTES_OF(rows);
