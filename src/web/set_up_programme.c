/* SPDX-License-Identifier: Apache-2.0
 * A first draft of the programme: all clauses every year, each theme of controls once in the cycle, every line with its
 * reason. It is a draft like any other: its manager changes it, submits it, somebody else approves it (G-03). */
#include <assert.h>

#include "audit/programme.h"
#include "org/certificate.h"
#include "org/control.h"
#include "org/person.h"
#include "org/requirement.h"
#include "record/row.h"
#include "web/pages.h"
#include "web/set_up.h"

enum { YEAR_MONTHS = 12, CYCLE_MONTHS = 36, USUAL_DAYS = 10 };

static_assert(REQUIREMENT_REQUIREMENT == 2 && REQUIREMENT_CONTROL == 3 && THEME_TECHNOLOGICAL == 4, "named below");
static_assert(NO == 1, "named below");
#define IN_USE "state = 1 AND framework IN (SELECT id FROM framework WHERE state = 2)"
#define OF_THEME                                                                                                       \
    IN_USE " AND kind = 3 AND id NOT IN (SELECT requirement FROM control WHERE state = 1 AND applicable = 1) AND "     \
           "theme = "
#define IN_ORDER " ORDER BY position, id"

/* clang-format off */
static const struct { /* NOLINT(clang-analyzer-optin.performance.Padding): a row reads from left to right */
    const char *title;
    Str which;
    int months;
    const char *why;
} lines[] = {
    { N_("Management system, clauses 4 to 10"), STR_INIT(IN_USE " AND kind = 2" IN_ORDER), YEAR_MONTHS, N_("Every clause is audited every year: the management system moves with each review, and its results decide where the controls are looked at.") },
    { N_("Organizational controls"), STR_INIT(OF_THEME "1" IN_ORDER), CYCLE_MONTHS, N_("Each applicable control is tested once in the cycle. There are no earlier results yet; shorten the interval where incidents, changes or critical processes say so.") },
    { N_("People controls"),         STR_INIT(OF_THEME "2" IN_ORDER), CYCLE_MONTHS, N_("Each applicable control is tested once in the cycle. There are no earlier results yet; shorten the interval where incidents, changes or critical processes say so.") },
    { N_("Physical controls"),       STR_INIT(OF_THEME "3" IN_ORDER), CYCLE_MONTHS, N_("Each applicable control is tested once in the cycle. There are no earlier results yet; shorten the interval where incidents, changes or critical processes say so.") },
    { N_("Technological controls"),  STR_INIT(OF_THEME "4" IN_ORDER), CYCLE_MONTHS, N_("Each applicable control is tested once in the cycle. There are no earlier results yet; shorten the interval where incidents, changes or critical processes say so.") },
};
/* clang-format on */

typedef struct {
    SetUp set_up;
    Str title, from, to;
    Str error;
    IdList approvers;
} Draft;

static Str text(const Draft *draft, const char *english)
{
    return visit_text(draft->set_up.visit, english);
}

/* ---- the page ---- */

/* The cycle of the certificate, else three years from today. */
static bool period_propose(Draft *draft, Err *err)
{
    Call *call             = draft->set_up.visit->call;
    CertificateList issued = { 0 };
    Date from              = call->today;

    if (!record_list(call, &certificate_type, &issued, STR("state = 1 AND issued > 0 ORDER BY id DESC LIMIT 1"),
                     NO_BINDS, err))
        return false;
    if (issued.len > 0) from = issued.at[0].issued;
    Date to      = date_add_days(date_add_months(from, CYCLE_MONTHS), -1);
    draft->from  = date_to_iso(call->arena, from);
    draft->to    = date_to_iso(call->arena, to);
    draft->title = str_fmt(call->arena, "%.*s %.*s %.*s %.*s", STR_ARG(text(draft, N_("Audit programme"))),
                           STR_ARG(str_slice(draft->from, 0, 4)), STR_ARG(text(draft, N_("to"))),
                           STR_ARG(str_slice(draft->to, 0, 4)));
    return true;
}

static void fields_fill(Draft *draft)
{
    Arena *arena     = draft->set_up.visit->arena;
    Form *form       = &draft->set_up.run.form;
    FormField list[] = {
        { .kind = FORM_TEXT, .name = STR("title"), .label = text(draft, N_("Title")), .value = draft->title },
        { .kind = FORM_DATE, .name = STR("from"), .label = text(draft, N_("From")), .value = draft->from },
        { .kind = FORM_DATE, .name = STR("to"), .label = text(draft, N_("To")), .value = draft->to, .beside = true },
    };

    for (size_t i = 0; i < countof(list); i++)
        *list_push(arena, &form->fields) = list[i];
}

/* Only its manager plans; whoever sets up need not be the one. */
static bool manager_words(Draft *draft, Err *err)
{
    Call *call    = draft->set_up.visit->call;
    IdList people = { 0 };
    StrList names = { 0 };

    if (!call->app->directory->people_with(call, STR("programme_manager"), &people, err)) return false;
    if (people.len > 0 && !call->app->directory->names_of(call, &people, &names, err)) return false;
    Html words = visit_html(draft->set_up.visit);
    draft->set_up.run.about =
        names.len > 0
            ? filled(&words,
                     N_("The programme is drafted by its manager: {1}. Give an account under Settings, Accounts; this "
                        "page then makes the draft."),
                     str_sentence(call->arena, &names), STR(""))
            : text(draft, N_("The programme is drafted by its manager. Say in step 2 who that is."));
    return true;
}

static bool draft_page(Draft *draft, int status, Err *err)
{
    Visit *visit  = draft->set_up.visit;
    FirstRun *run = &draft->set_up.run;

    if (!visit_read(visit, err)) return false;
    run->form.refused = draft->error;
    if (draft->set_up.done[SETUP_PROGRAMME]) {
        run->about = text(draft, N_("A programme is there. Read it, change its lines, submit it for approval."));
        *list_push(visit->arena, &run->form.verbs) = (Button){ .label = text(draft, N_("Open the programme")),
                                                               .kind  = BUTTON_PRIMARY,
                                                               .href  = address_list(visit->arena, &programme_type) };
    } else if (!call_has_role(visit->call, STR("programme_manager"))) {
        if (!manager_words(draft, err)) return false;
    } else {
        run->about = text(draft, N_("A draft with one line for the clauses, every year, and one for each theme of "
                                    "controls, once in the cycle, each with its reason. You change and submit it."));
        fields_fill(draft);
        *list_push(visit->arena, &run->form.verbs) =
            (Button){ .label = text(draft, N_("Make the draft")), .kind = BUTTON_PRIMARY };
    }
    set_up_later(&draft->set_up);
    return set_up_send(&draft->set_up, status, err);
}

static bool draft_open(Visit *visit, Draft *draft, bool *is_open, Err *err)
{
    if (!set_up_open(visit, SETUP_PROGRAMME, &draft->set_up, is_open, err)) return false;
    return !*is_open || period_propose(draft, err);
}

static bool draft_show(Visit *visit, Err *err)
{
    Draft *draft = arena_new(visit->arena, Draft);
    bool is_open;

    if (!draft_open(visit, draft, &is_open, err)) return false;
    return !is_open || draft_page(draft, 200, err);
}

/* ---- writing ---- */

static json_t *object(const SetUpWrite *write)
{
    return json_own(write->visit->arena, json_object());
}

static void put(json_t *input, const char *name, Str value)
{
    if (value.len > 0) json_object_set_new(input, name, json_from_str(value));
}

static bool person_number(SetUpWrite *write, Id id, Str *number, Err *err)
{
    Person person;
    bool found;

    if (!record_load(write->call, &person_type, id, &person, &found, err)) return set_up_failed(write);
    if (found) *number = person.head.number;
    return true;
}

static bool programme_make(Draft *draft, SetUpWrite *write, Err *err)
{
    json_t *input = object(write), *receivers = json_array();
    Str manager = { 0 }, approver = { 0 };

    json_object_set_new(input, "receivers", receivers);
    if (!person_number(write, write->call->who, &manager, err)) return false;
    if (draft->approvers.len > 0 && !person_number(write, draft->approvers.at[0], &approver, err)) return false;
    if (approver.len > 0) json_array_append_new(receivers, json_from_str(approver));
    put(input, "title", draft->title);
    put(input, "period_from", draft->from);
    put(input, "period_to", draft->to);
    put(input, "manager", manager);
    put(input, "approver", approver);
    json_object_set_new(input, "notice_days", json_integer(USUAL_DAYS));
    json_object_set_new(input, "report_days", json_integer(USUAL_DAYS));
    return set_up_make(write, &programme_type, "create", input, err);
}

static bool line_make(Draft *draft, SetUpWrite *write, Str programme, size_t which, Err *err)
{
    RequirementList found = { 0 };
    json_t *input = object(write), *refs = json_array(), *methods = json_array();

    json_object_set_new(input, "refs", refs);
    json_object_set_new(input, "methods", methods);
    if (!set_up_goes_on(write)) return true;
    if (!record_list(write->call, &requirement_type, &found, lines[which].which, NO_BINDS, err))
        return set_up_failed(write);
    if (found.len == 0) return true;
    for (size_t i = 0; i < found.len; i++)
        json_array_append_new(refs, json_from_str(found.at[i].head.number));
    json_array_append_new(methods, json_string("review"));
    json_array_append_new(methods, json_string("interview"));
    put(input, "programme", programme);
    put(input, "title", text(draft, lines[which].title));
    put(input, "rationale", text(draft, lines[which].why));
    json_object_set_new(input, "interval_months", json_integer(lines[which].months));
    return set_up_make(write, &programme_line_type, "create", input, err);
}

static bool draft_write(Draft *draft, Str *number, Err *err)
{
    SetUpWrite write;

    if (!set_up_write(draft->set_up.visit, &write, err)) return false;
    if (!programme_make(draft, &write, err)) return false;
    *number = write.outcome.number;
    for (size_t i = 0; i < countof(lines); i++) {
        if (!line_make(draft, &write, *number, i, err)) return false;
    }
    return set_up_written(&write, &draft->error, err);
}

/* The draft is looked at before anything else is set up. */
static bool draft_do(Visit *visit, Err *err)
{
    Draft *draft = arena_new(visit->arena, Draft);
    Str number;
    bool is_open;

    if (!draft_open(visit, draft, &is_open, err)) return false;
    if (!is_open) return true;
    if (draft->set_up.done[SETUP_PROGRAMME]) return draft_page(draft, 200, err);
    draft->title = str_trim(visit_field(visit, "title"));
    draft->from  = str_trim(visit_field(visit, "from"));
    draft->to    = str_trim(visit_field(visit, "to"));
    if (!visit->app->directory->people_with(visit->call, STR("top_management"), &draft->approvers, err)) return false;
    if (!draft_write(draft, &number, err)) return false;
    if (draft->error.len > 0) return draft_page(draft, 422, err);
    visit_go(visit, address_record(visit->arena, &programme_type, number));
    return true;
}

/* clang-format off */
static const Route rows[] = {
    { HTTP_GET,  "/setup/programme", draft_show, 0 },
    { HTTP_POST, "/setup/programme", draft_do,   0 },
};
/* clang-format on */
const Routes set_up_programme_routes = ROUTES_OF(rows);
