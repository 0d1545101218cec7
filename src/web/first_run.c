/* SPDX-License-Identifier: Apache-2.0
 * The first minutes on an empty store: who administers it, and what the organisation is called. Open only while nobody
 * administers it, and then never again; what is made goes through the ordinary verbs (org/found.h). */
#include <string.h>

#include "base/hash.h"
#include "org/found.h"
#include "org/organisation.h"
#include "pages/pages.h"
#include "web/pages.h"
#include "web/rules.h"
#include "web/set_up.h"

/* clang-format off */
static const struct { /* NOLINT(clang-analyzer-optin.performance.Padding): a row reads from left to right */
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
/* clang-format on */

enum { ABOUT_ORGANISATION = 2 }; /* the first questions, left out when `init` has answered them */

/* The form on its way: what is asked, what is wrong with the answers. */
typedef struct {
    Visit *visit;
    size_t first;
    Str errors[countof(questions)];
    Str refused;
} Setup;

static Str answer_of(const Visit *visit, size_t index)
{
    Str typed = visit_field(visit, questions[index].name);
    return questions[index].kind == FORM_NEW_PASSWORD ? typed : str_trim(typed);
}

static void setup_wrong(Setup *setup, const char *question, Str message)
{
    for (size_t i = 0; i < countof(questions); i++) {
        if (strcmp(questions[i].name, question) == 0) setup->errors[i] = message;
    }
}

/* The question that an outcome is about: its type says of which record. */
static const char *question_of(const Outcome *outcome, Str field)
{
    Str type = str_from_c(outcome->type != NULL ? outcome->type->name : "");

    if (str_eq_c(type, "organisation")) return str_eq_c(field, "zone") ? "zone" : "organisation";
    if (str_eq_c(type, "person")) return str_eq_c(field, "mail") ? "mail" : "person";
    return str_eq_c(field, "password") ? "password" : "login";
}

static void setup_take_outcome(Setup *setup, const Outcome *outcome)
{
    for (size_t i = 0; i < outcome->invalids.len; i++)
        setup_wrong(setup, question_of(outcome, outcome->invalids.at[i].field), outcome->invalids.at[i].message);
    if (outcome->refusals.len > 0) setup->refused = sentence_of(setup->visit->arena, outcome->refusals.at[0].missing);
}

/* ---- the page ---- */

static Str setup_key(const Visit *visit)
{
    Str key = visit_field(visit, "key");
    return key.len > 0 ? key : visit_param(visit, "key");
}

static FormField question_field(const Setup *setup, size_t index)
{
    const Visit *visit = setup->visit;
    bool is_secret     = questions[index].kind == FORM_NEW_PASSWORD;
    const char *help   = questions[index].help;
    Str typed          = answer_of(visit, index);

    if (typed.ptr == NULL && strcmp(questions[index].name, "zone") == 0) typed = zone_name(visit->app->zone);
    return (FormField){ .kind         = questions[index].kind,
                        .name         = str_from_c(questions[index].name),
                        .label        = visit_text(visit, questions[index].label),
                        .help         = help != NULL ? visit_text(visit, help) : (Str){ 0 },
                        .value        = is_secret ? (Str){ 0 } : typed,
                        .error        = setup->errors[index],
                        .autocomplete = str_from_c(questions[index].autocomplete),
                        .optional     = questions[index].optional };
}

static Form setup_form(const Setup *setup)
{
    const Visit *visit = setup->visit;
    Form form          = { .action = STR("/setup"), .refused = setup->refused };
    Str key            = setup_key(visit);

    for (size_t i = setup->first; i < countof(questions); i++)
        *list_push(visit->arena, &form.fields) = question_field(setup, i);
    if (key.len > 0) *list_push(visit->arena, &form.hidden) = (HiddenField){ STR("key"), key };
    *list_push(visit->arena, &form.verbs) = (Button){ .label = visit_text(visit, N_("Begin")), .kind = BUTTON_PRIMARY };
    return form;
}

static bool setup_page(const Setup *setup, int status, Err *err)
{
    Visit *visit = setup->visit;
    Html page    = visit_html(visit);
    FirstRun run = { .form = setup_form(setup) };

    set_up_spine(visit, SETUP_YOU, NULL, &run.steps);
    Shell shell = { .title = visit_text(visit, N_("Set up")) };
    page_first_run(&page, &shell, &run);
    return visit_send(visit, status, &page, err);
}

/* ---- whose turn it is ---- */

static Caller system_of(const Visit *visit)
{
    return (Caller){ .app = visit->app, .arena = visit->arena, .is_system = true, .door = "web" };
}

static bool organisation_is_there(const Visit *visit, bool *there, Err *err)
{
    Caller system = system_of(visit);
    Organisation organisation;
    Call *call;

    if (!call_open(&system, CALL_READ, &call, err)) return false;
    bool done = organisation_load(call, &organisation, there, err);
    call_end(call);
    return done;
}

/* Whether the set-up is open to this request; if not, the answer is given. Once somebody administers the organisation
 * the page leads to the door, as if it had never been there. */
static bool setup_open(Visit *visit, Setup *setup, bool *open, Err *err)
{
    Caller system = system_of(visit);
    bool founded, has_organisation;

    *open  = false;
    *setup = (Setup){ .visit = visit };
    if (!organisation_is_founded(&system, &founded, err)) return false;
    if (founded) {
        visit_go(visit, visit->is_signed_in ? STR("/") : STR("/sign-in"));
        return true;
    }
    *open = visit->web->setup_key.len == 0 || secret_equal(setup_key(visit), visit->web->setup_key);
    if (!*open) {
        return visit_problem(visit, 403, visit_text(visit, N_("The set-up needs its whole address")),
                             visit_text(visit, N_("It was printed where the server was started, with a key at its "
                                                  "end.")),
                             err);
    }
    if (!organisation_is_there(visit, &has_organisation, err)) return false;
    setup->first = has_organisation ? ABOUT_ORGANISATION : 0;
    return true;
}

static bool setup_show(Visit *visit, Err *err)
{
    Setup setup;
    bool open;
    return setup_open(visit, &setup, &open, err) && (!open || setup_page(&setup, 200, err));
}

/* ---- beginning ---- */

static bool setup_check(Setup *setup)
{
    bool whole = true;

    for (size_t i = setup->first; i < countof(questions); i++) {
        if (questions[i].optional || answer_of(setup->visit, i).len > 0) continue;
        setup->errors[i] = visit_text(setup->visit, N_("Fill this in."));
        whole            = false;
    }
    return whole;
}

static Founding founding_of(const Setup *setup)
{
    const Visit *visit = setup->visit;
    Founding founding  = { .person   = str_trim(visit_field(visit, "person")),
                           .mail     = str_trim(visit_field(visit, "mail")),
                           .login    = str_trim(visit_field(visit, "login")),
                           .password = visit_field(visit, "password") };

    if (setup->first == ABOUT_ORGANISATION) return founding;
    founding.name = str_trim(visit_field(visit, "organisation"));
    founding.zone = str_trim(visit_field(visit, "zone"));
    return founding;
}

static bool setup_do(Visit *visit, Err *err)
{
    Caller system = system_of(visit);
    Outcome outcome;
    Setup setup;
    bool open;
    Call *call;

    if (!setup_open(visit, &setup, &open, err)) return false;
    if (!open) return true;
    if (!setup_check(&setup)) return setup_page(&setup, 422, err);
    Founding founding = founding_of(&setup);
    if (!organisation_found(&system, &founding, &call, &outcome, err)) return false;
    call_end(call);
    if (outcome.kind == OUTCOME_DONE) {
        visit_go(visit, STR("/sign-in?return=/setup/questions"));
        return true;
    }
    setup_take_outcome(&setup, &outcome);
    return setup_page(&setup, outcome_status(outcome.kind), err);
}

/* clang-format off */
static const Route rows[] = {
    { HTTP_GET,  "/setup", setup_show, ROUTE_PUBLIC },
    { HTTP_POST, "/setup", setup_do,   ROUTE_PUBLIC | ROUTE_SLOW },
};
/* clang-format on */
const Routes first_run_routes = ROUTES_OF(rows);
