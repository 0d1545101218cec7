/* SPDX-License-Identifier: Apache-2.0
 * Many files at once as evidence, of an audit or as the answer to a request: what all share is asked once, each file
 * becomes an item of its own. With scripts, files go up one by one in pieces while the form is filled in. */
#include <stdalign.h>
#include <string.h>

#include "audit/audit.h"
#include "audit/evidence.h"
#include "audit/request.h"
#include "base/base64.h"
#include "pages/pages.h"
#include "record/answer.h"
#include "web/pages.h"
#include "web/pieces.h"
#include "web/rules.h"
#include "web/shape_form.h"

/* Asked once for all files; the rest of an item is for items made one by one. */
static const char *const shared_fields[] = { "fact_date", "undated_reason", "period_from",
                                             "period_to", "source",         "source_system",
                                             "kind",      "classification", "is_personal" };
/* What evidence is of: given by the address, and sent along. */
static const char *const wholes[] = { "audit", "nonconformity", "action" };

typedef struct {
    Visit *visit;
    EvidenceRequest request; /* that is answered; id none: none */
    Shape shape;
    ShapeForm form;
    RefusalCards cards;
    Str refused;
    bool is_sent;
} UploadPage;

static Str text(const UploadPage *page, const char *english)
{
    return visit_text(page->visit, english);
}

static Str asked(const UploadPage *page, const char *name)
{
    Str sent = visit_field(page->visit, name);
    return sent.len > 0 ? sent : visit_param(page->visit, name);
}

static bool answers(const UploadPage *page)
{
    return !id_is_none(page->request.head.id);
}

static void shape_fill(UploadPage *page)
{
    Field *fields = arena_array(page->visit->arena, Field, countof(shared_fields));

    for (size_t i = 0; i < countof(shared_fields); i++) {
        fields[i]        = *type_field(&evidence_type, str_from_c(shared_fields[i]));
        fields[i].needed = false; /* the kind is told by the file, where nobody says it */
    }
    page->shape = (Shape){
        .name = "evidence.upload", .size = evidence_type.size, .fields = fields, .len = countof(shared_fields)
    };
    page->form = (ShapeForm){ .visit = page->visit,
                              .type  = &evidence_type,
                              .verb  = type_verb(&evidence_type, STR("create")),
                              .shape = &page->shape,
                              .use   = SHAPE_CREATE,
                              .names = names_open(page->visit->call),
                              .typed = page->is_sent ? &page->visit->request->form : &page->visit->request->query };
}

/* *found is false when the address names a request that this person does not see. */
static bool page_open(Visit *visit, UploadPage *page, bool *found, Err *err)
{
    *page  = (UploadPage){ .visit = visit, .is_sent = visit->request->method == HTTP_POST };
    *found = true;
    if (!visit_read(visit, err)) return false;
    Str number = asked(page, "request");
    if (number.len > 0 && !view_find(visit->call, &evidence_request_type, number, &page->request, found, err))
        return false;
    shape_fill(page);
    return names_load(page->form.names, err);
}

/* ---- the form ---- */

static void hide(const UploadPage *page, Form *form, const char *name, Str value)
{
    if (value.len > 0) *list_push(page->visit->arena, &form->hidden) = (HiddenField){ str_from_c(name), value };
}

static Str key_make(const Visit *visit)
{
    char bytes[16];

    world_random(visit->app->world, bytes, sizeof bytes);
    return base64url_encode(visit->arena, (Str){ bytes, sizeof bytes });
}

static void files_ask(const UploadPage *page, Form *form)
{
    Arena *arena = page->visit->arena;

    *list_push(arena, &form->fields) =
        (FormField){ .kind     = FORM_FILE,
                     .name     = STR("files"),
                     .label    = text(page, N_("Files")),
                     .help     = text(page, N_("Any number; each becomes an item of its own.")),
                     .optional = true,
                     .many     = true };
    *list_push(arena, &form->fields) = (FormField){ .kind     = FORM_FILE,
                                                    .name     = STR("photo"),
                                                    .label    = text(page, N_("Or take a photo")),
                                                    .optional = true,
                                                    .camera   = true };
    if (answers(page)) {
        *list_push(arena, &form->fields) = (FormField){ .kind     = FORM_LONG_TEXT,
                                                        .name     = STR("answer"),
                                                        .label    = text(page, N_("Answer")),
                                                        .value    = visit_field(page->visit, "answer"),
                                                        .optional = true };
    }
}

static Str back_of(const UploadPage *page)
{
    Arena *arena = page->visit->arena;
    Str audit    = asked(page, "audit");
    Str list =
        audit.len > 0 ? str_fmt(arena, "/evidence?audit=%.*s", STR_ARG(address_value(arena, audit))) : STR("/evidence");

    if (answers(page)) list = address_record(arena, &evidence_request_type, page->request.head.number);
    return visit_return(page->visit, list);
}

/* What was said or seen and not copied is an item, too. */
static Button without_file(const UploadPage *page)
{
    Buf address = buf_open(page->visit->arena, 1000);

    buf_add_c(&address, "/evidence/new?kind=seen_not_copied");
    for (size_t i = 0; i < countof(wholes); i++) {
        Str whole = address_value(page->visit->arena, asked(page, wholes[i]));
        if (whole.len > 0 && whole.len < 200) buf_fmt(&address, "&%s=%.*s", wholes[i], STR_ARG(whole));
    }
    return (Button){ .label = text(page, N_("Seen, not copied")), .kind = BUTTON_QUIET, .href = buf_str(&address) };
}

static bool form_fill(UploadPage *page, Form *form, Err *err)
{
    Visit *visit = page->visit;

    *form = (Form){
        .action = STR("/evidence/upload"), .uploads = true, .pieces = STR("/uploads"), .refused = page->refused
    };
    hide(page, form, "key", key_make(visit));
    hide(page, form, "return", visit_return(visit, STR("")));
    hide(page, form, "request", asked(page, "request"));
    for (size_t i = 0; i < countof(wholes); i++)
        hide(page, form, wholes[i], asked(page, wholes[i]));
    pieces_hide(visit, form);
    files_ask(page, form);
    if (!shape_form_fill(&page->form, form, err)) return false;
    *list_push(visit->arena, &form->verbs) =
        (Button){ .label = answers(page) ? text(page, N_("Send answer")) : text(page, N_("Add evidence")),
                  .kind  = BUTTON_PRIMARY };
    *list_push(visit->arena, &form->verbs) =
        (Button){ .label = text(page, N_("Do nothing")), .kind = BUTTON_QUIET, .href = back_of(page) };
    if (!answers(page)) *list_push(visit->arena, &form->verbs) = without_file(page);
    return true;
}

static PageHead head_of(const UploadPage *page)
{
    Arena *arena  = page->visit->arena;
    PageHead head = { .title = text(page, N_("Add files as evidence")) };

    *list_push(arena, &head.crumbs) =
        (Link){ text(page, evidence_type.label_plural), address_list(arena, &evidence_type) };
    if (!answers(page)) return head;
    head.number = page->request.head.number;
    head.title  = text(page, N_("Answer with files"));
    head.sub    = page->request.text;
    return head;
}

static bool page_send(UploadPage *page, int status, Err *err)
{
    Visit *visit  = page->visit;
    PageHead head = head_of(page);
    Form form;

    if (!visit_read(visit, err) || !form_fill(page, &form, err)) return false;
    Html html   = visit_html(visit);
    Shell shell = visit_shell(visit, head.title, address_list(visit->arena, &evidence_type));
    page_record_form(&html, &shell, &head, &page->cards, &form);
    return visit_send(visit, status, &html, err);
}

static bool upload_show(Visit *visit, Err *err)
{
    UploadPage page;
    bool found;

    if (!page_open(visit, &page, &found, err)) return false;
    return found ? page_send(&page, 200, err) : visit_not_found(visit, err);
}

/* ---- sending ---- */

/* What is known of the request goes without saying. */
static void common_add(const UploadPage *page, json_t *input)
{
    json_t *refs = json_array();

    for (size_t i = 0; i < countof(wholes) && !answers(page); i++) {
        Str whole = str_trim(visit_field(page->visit, wholes[i]));
        if (whole.len > 0) json_object_set_new(input, wholes[i], json_from_str(whole));
    }
    for (size_t i = 0; i < page->request.refs.len; i++)
        json_array_append_new(refs, json_integer(page->request.refs.at[i].n));
    if (answers(page)) json_object_set_new(input, "request", json_integer(page->request.head.id.n));
    if (answers(page) && json_object_get(input, "source") == NULL)
        json_object_set_new(input, "source", json_integer(page->visit->session.person.n));
    json_object_set_new(input, "refs", refs);
}

/* A problem of a field that all share stands beside it; any other above the form. */
static bool upload_again(UploadPage *page, Call *call, const Outcome *outcome, Err *err)
{
    page->form.invalids = &outcome->invalids;
    page->cards         = refusal_cards(page->visit, &outcome->refusals, outcome_title(call, outcome));
    for (size_t i = 0; i < outcome->invalids.len; i++) {
        if (shape_field(&page->shape, outcome->invalids.at[i].field) == NULL)
            page->refused = outcome->invalids.at[i].message;
    }
    int status = outcome_status(outcome->kind);
    call_end(call);
    return page_send(page, status, err);
}

static bool upload_send(UploadPage *page, const BatchFiles *files, const json_t *common, Err *err)
{
    Visit *visit        = page->visit;
    json_t *words       = json_own(visit->arena, json_object());
    Str answer          = str_trim(visit_field(visit, "answer"));
    StrList numbers     = { 0 };
    EvidenceBatch batch = { .common    = common,
                            .files     = files->at,
                            .files_len = files->len,
                            .request   = page->request.head.number,
                            .verb      = "submit",
                            .answer    = words,
                            .key       = visit_field(visit, "key") };
    Outcome *outcome    = arena_new(visit->arena, Outcome); /* the page shows it */
    Call *call;

    if (answer.len > 0) json_object_set_new(words, "answer", json_from_str(answer));
    visit_read_end(visit);
    if (!evidence_batch(&visit->caller, &batch, &call, outcome, &numbers, err)) return false;
    if (outcome->kind != OUTCOME_DONE) return upload_again(page, call, outcome, err);
    call_end(call);
    pieces_forget(visit);
    visit_go(visit, back_of(page));
    return true;
}

static bool refused(UploadPage *page, const char *sentence, Err *err)
{
    page->refused = text(page, sentence);
    return page_send(page, 422, err);
}

static bool upload_do(Visit *visit, Err *err)
{
    const Err *failure = upload_failure(visit->request->upload);
    BatchFiles files   = { 0 };
    UploadPage page;
    json_t *common;
    bool found, missing;

    if (failure != NULL && failure->code != ERR_LIMIT) {
        *err = *failure;
        return false;
    }
    if (!page_open(visit, &page, &found, err)) return false;
    if (!found) return visit_not_found(visit, err);
    if (failure != NULL)
        return refused(&page, N_("So much does not fit into one form: choose fewer files at once."), err);
    if (pieces_count(visit) == 0 && !answers(&page)) return refused(&page, N_("Choose a file, or take a photo."), err);
    if (!shape_read(&page.form, STR(""), &common, err)) return false;
    common_add(&page, common);
    visit_read_end(visit);
    if (!pieces_take(visit, &files, &missing, err)) return false;
    if (missing) return refused(&page, N_("A file did not come whole. Choose it again."), err);
    return upload_send(&page, &files, common, err);
}

/* clang-format off */
static const Route rows[] = {
    { HTTP_GET,  "/evidence/upload", upload_show, 0 },
    { HTTP_POST, "/evidence/upload", upload_do,   ROUTE_UPLOAD },
};
/* clang-format on */
const Routes upload_routes = ROUTES_OF(rows);
