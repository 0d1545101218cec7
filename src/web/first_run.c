/* SPDX-License-Identifier: Apache-2.0
 * The first minutes on an empty store: who administers it, and what the organisation is called. Open only while nobody
 * administers it, and then never again; what is made goes through the ordinary verbs (org/found.h). */
#include "base/hash.h"
#include "org/found.h"
#include "pages/pages.h"
#include "web/pages.h"

/* clang-format off */
static const struct {
    const char *name, *label, *help;
    FormKind kind;
    const char *autocomplete;
    bool optional, beside;
} questions[] = {
    { "organisation", N_("Organisation"),         NULL, FORM_TEXT, "organization", false, false },
    { "zone",         N_("Time zone"),            N_("Days begin and end there. A name like Europe/Amsterdam."), FORM_TEXT, "", false, false },
    { "person",       N_("Your name"),            NULL, FORM_TEXT, "name", false, false },
    { "mail",         N_("Work mail"),            NULL, FORM_MAIL, "email", true, false },
    { "login",        N_("Name to sign in with"), N_("Small letters, digits, . - _ @."), FORM_TEXT, "username", false, false },
    { "password",     N_("Password"),             N_("Ten characters or more. A few words that only you would put together are best."), FORM_NEW_PASSWORD, "new-password", false, false },
};
static const struct {
    const char *name, *note;
} steps[] = {
    { N_("1 You"), N_("two minutes") }, { N_("2 People and processes"), N_("in Settings") }, { N_("3 Applicability"), N_("can wait") },
    { N_("4 Programme"), N_("a draft of three years") }, { N_("5 Old cases"), N_("can wait") },
};
/* clang-format on */

/* The member of the founding that an error is about, as the form calls it. */
static const char *question_of(const Outcome *outcome, Str field)
{
    Str type = str_from_c(outcome->type != NULL ? outcome->type->name : "");

    if (str_eq_c(type, "organisation")) return str_eq_c(field, "zone") ? "zone" : "organisation";
    if (str_eq_c(type, "person")) return str_eq_c(field, "mail") ? "mail" : "person";
    if (str_eq_c(field, "password")) return "password";
    return str_eq_c(type, "account") ? "login" : "";
}

static Str error_of(const Outcome *outcome, const char *question)
{
    for (size_t i = 0; outcome != NULL && i < outcome->invalids.len; i++) {
        if (str_eq_c(str_from_c(question_of(outcome, outcome->invalids.at[i].field)), question))
            return outcome->invalids.at[i].message;
    }
    return (Str){ 0 };
}

static FormField question_field(const Visit *visit, size_t index, const Outcome *outcome)
{
    bool is_secret = questions[index].kind == FORM_NEW_PASSWORD;
    Str typed      = visit_field(visit, questions[index].name);

    if (typed.ptr == NULL && index == 1) typed = STR("Europe/Amsterdam");
    return (FormField){ .kind  = questions[index].kind,
                        .name  = str_from_c(questions[index].name),
                        .label = visit_text(visit, questions[index].label),
                        .help  = questions[index].help != NULL ? visit_text(visit, questions[index].help) : (Str){ 0 },
                        .value = is_secret ? (Str){ 0 } : typed,
                        .error = error_of(outcome, questions[index].name),
                        .autocomplete = str_from_c(questions[index].autocomplete),
                        .optional     = questions[index].optional };
}

static Form setup_form(const Visit *visit, const Outcome *outcome)
{
    Form form = { .action = STR("/setup") };

    for (size_t i = 0; i < countof(questions); i++)
        *list_push(visit->arena, &form.fields) = question_field(visit, i, outcome);
    Str key = visit_field(visit, "key").len > 0 ? visit_field(visit, "key") : visit_param(visit, "key");
    if (key.len > 0) *list_push(visit->arena, &form.hidden) = (HiddenField){ STR("key"), key };
    *list_push(visit->arena, &form.verbs) = (Button){ .label = visit_text(visit, N_("Begin")), .kind = BUTTON_PRIMARY };
    return form;
}

static bool setup_page(Visit *visit, int status, const Outcome *outcome, Err *err)
{
    Html page    = visit_html(visit);
    FirstRun run = { .steps = { .label = visit_text(visit, N_("Steps of the set-up")) },
                     .form  = setup_form(visit, outcome) };

    for (size_t i = 0; i < countof(steps); i++)
        *list_push(visit->arena, &run.steps) = (SpineStep){ .name  = visit_text(visit, steps[i].name),
                                                            .note  = visit_text(visit, steps[i].note),
                                                            .place = i == 0 ? SPINE_HERE : SPINE_AHEAD };
    if (outcome != NULL && outcome->refusals.len > 0) run.form.refused = outcome->refusals.at[0].missing;
    Shell shell = { .title = visit_text(visit, N_("Set up")) };
    page_first_run(&page, &shell, &run);
    return visit_send(visit, status, &page, err);
}

/* Whether the set-up is open to this request; if not, the answer is given: nobody learns that it ever was there. */
static bool setup_is_open(Visit *visit, bool *open, Err *err)
{
    Caller system = { .app = visit->app, .arena = visit->arena, .is_system = true, .door = "web" };
    Str key       = visit_field(visit, "key").len > 0 ? visit_field(visit, "key") : visit_param(visit, "key");
    bool founded;

    *open = false;
    if (!organisation_is_founded(&system, &founded, err)) return false;
    if (founded) {
        visit_go(visit, visit->is_signed_in ? STR("/") : STR("/sign-in"));
        return true;
    }
    *open = visit->web->setup_key.len == 0 || secret_equal(key, visit->web->setup_key);
    if (*open) return true;
    return visit_problem(visit, 403, visit_text(visit, N_("The set-up needs its whole address")),
                         visit_text(visit, N_("It was printed where the server was started, with a key at its end.")),
                         err);
}

static bool setup_show(Visit *visit, Err *err)
{
    bool open;
    return setup_is_open(visit, &open, err) && (!open || setup_page(visit, 200, NULL, err));
}

static Founding founding_read(const Visit *visit)
{
    return (Founding){ .name     = str_trim(visit_field(visit, "organisation")),
                       .zone     = str_trim(visit_field(visit, "zone")),
                       .person   = str_trim(visit_field(visit, "person")),
                       .mail     = str_trim(visit_field(visit, "mail")),
                       .login    = str_trim(visit_field(visit, "login")),
                       .password = visit_field(visit, "password") };
}

/* An empty name would mean that the organisation or the person is there already. */
static bool founding_is_whole(Visit *visit, const Founding *founding, Outcome *outcome)
{
    const char *message = visit_text(visit, N_("Write it here.")).ptr;
    bool no_name = founding->name.len == 0, no_person = founding->person.len == 0;

    if (!no_name && !no_person && founding->login.len > 0 && founding->password.len > 0) return true;
    (void)message;
    *outcome = (Outcome){ .kind = OUTCOME_INVALID };
    return false;
}

static bool setup_do(Visit *visit, Err *err)
{
    Caller system     = { .app = visit->app, .arena = visit->arena, .is_system = true, .door = "web" };
    Founding founding = founding_read(visit);
    Outcome outcome;
    bool open;
    Call *call;

    if (!setup_is_open(visit, &open, err)) return false;
    if (!open) return true;
    if (!founding_is_whole(visit, &founding, &outcome)) return setup_page(visit, 422, &outcome, err);
    if (!organisation_found(&system, &founding, &call, &outcome, err)) return false;
    call_end(call);
    if (outcome.kind != OUTCOME_DONE) return setup_page(visit, outcome_status(outcome.kind), &outcome, err);
    visit_go(visit, STR("/sign-in"));
    return true;
}

/* clang-format off */
static const Route rows[] = {
    { HTTP_GET,  "/setup", setup_show, ROUTE_PUBLIC },
    { HTTP_POST, "/setup", setup_do,   ROUTE_PUBLIC | ROUTE_SLOW },
};
/* clang-format on */
const Routes first_run_routes = ROUTES_OF(rows);
