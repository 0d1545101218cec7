/* SPDX-License-Identifier: Apache-2.0
 * What the steps of the set-up have in common. */
#include "web/set_up.h"

#include <assert.h>

#include "action/nonconformity.h"
#include "audit/programme.h"
#include "org/framework.h"
#include "org/person.h"
#include "org/process.h"
#include "org/role.h"
#include "org/soa_version.h"
#include "pages/pages.h"

/* clang-format off */
static const struct {
    const char *address, *label, *note;
} steps[SETUP_STEPS] = {
    [SETUP_YOU]       = { "",                 N_("You"),                  N_("the first person") },
    [SETUP_QUESTIONS] = { "/setup/questions", N_("Four questions"),       N_("two minutes") },
    [SETUP_PEOPLE]    = { "/setup/people",    N_("People and processes"), N_("paste a list") },
    [SETUP_SOA]       = { "/setup/soa",       N_("Applicability"),        N_("93 controls, can wait") },
    [SETUP_PROGRAMME] = { "/setup/programme", N_("Let it plan"),          N_("a draft of three years") },
    [SETUP_CASES]     = { "/setup/cases",     N_("Old cases"),            N_("can wait") },
};
/* clang-format on */

Str set_up_address(SetUpStep step)
{
    return str_from_c(steps[step].address);
}

const char *set_up_label(SetUpStep step)
{
    return steps[step].label;
}

void set_up_spine(const Visit *visit, SetUpStep here, const bool *done, Spine *out)
{
    out->label = visit_text(visit, N_("Steps of the set-up"));
    for (int i = 0; i < SETUP_STEPS; i++) {
        bool is_done    = done != NULL && done[i];
        SpineStep *step = list_push(visit->arena, out);
        step->name      = str_fmt(visit->arena, "%d %.*s", i + 1, STR_ARG(visit_text(visit, steps[i].label)));
        step->note      = visit_text(visit, is_done ? N_("done") : steps[i].note);
        step->place     = i == (int)here ? SPINE_HERE : is_done ? SPINE_DONE : SPINE_AHEAD;
        if (done != NULL && i != (int)here) step->href = set_up_address((SetUpStep)i);
    }
}

/* ---- what is done ---- */

static_assert(FRAMEWORK_ACTIVE == 2 && ROLE_TOP_MANAGEMENT == 1 && ROLE_PROGRAMME_MANAGER == 2, "named below");

bool set_up_done(Call *call, bool done[SETUP_STEPS], Err *err)
{
    bool has_outline, has_manager;

    done[SETUP_YOU] = true;
    if (!view_has(call, &framework_type, STR("state = 2"), &has_outline, err) ||
        !view_has(call, &role_type, STR("state = 1 AND role = 2"), &has_manager, err) ||
        !view_has(call, &process_type, STR("state = 1"), &done[SETUP_PEOPLE], err) ||
        !view_has(call, &soa_version_type, STR("state > 0"), &done[SETUP_SOA], err) ||
        !view_has(call, &programme_type, STR("state > 0"), &done[SETUP_PROGRAMME], err) ||
        !view_has(call, &nonconformity_type, STR("state > 0"), &done[SETUP_CASES], err))
        return false;
    done[SETUP_QUESTIONS] = has_outline && has_manager;
    return true;
}

/* ---- the page ---- */

bool set_up_is_for(const Call *call, SetUpStep step)
{
    if (step == SETUP_PROGRAMME && call_has_role(call, STR("programme_manager"))) return true;
    return call_has_role(call, STR("administrator")) || call_has_role(call, STR("isms_manager"));
}

bool set_up_open(Visit *visit, SetUpStep step, SetUp *out, bool *is_open, Err *err)
{
    *out = (SetUp){ .visit = visit, .step = step };
    if (!visit_read(visit, err)) return false;
    *is_open = set_up_is_for(visit->call, step);
    if (!*is_open)
        return visit_problem(visit, 403, visit_text(visit, N_("The set-up is for administrators and ISMS managers")),
                             (Str){ 0 }, err);
    out->run.form.action = set_up_address(step);
    return set_up_done(visit->call, out->done, err);
}

void set_up_later(SetUp *set_up)
{
    bool is_last = set_up->step + 1 == SETUP_STEPS;

    *list_push(set_up->visit->arena, &set_up->run.form.verbs) =
        (Button){ .label = visit_text(set_up->visit, is_last ? N_("To My work") : N_("Later")),
                  .kind  = BUTTON_QUIET,
                  .href  = is_last ? STR("/") : set_up_address((SetUpStep)(set_up->step + 1)) };
}

bool set_up_send(SetUp *set_up, int status, Err *err)
{
    Visit *visit = set_up->visit;

    if (!visit_read(visit, err)) return false;
    Html page         = visit_html(visit);
    Shell shell       = visit_shell(visit, visit_text(visit, N_("Set up")), STR("/settings"));
    set_up->run.title = visit_text(visit, steps[set_up->step].label);
    set_up_spine(visit, set_up->step, set_up->done, &set_up->run.steps);
    page_first_run(&page, &shell, &set_up->run);
    return visit_send(visit, status, &page, err);
}

void set_up_go_on(const SetUp *set_up)
{
    SetUpStep next = set_up->step + 1;

    visit_go(set_up->visit, next == SETUP_STEPS ? STR("/") : set_up_address(next));
}

/* ---- writing ---- */

bool set_up_write(Visit *visit, SetUpWrite *out, Err *err)
{
    *out = (SetUpWrite){ .visit = visit, .outcome = { .kind = OUTCOME_DONE } };
    visit_read_end(visit);
    if (!call_open(&visit->caller, CALL_WRITE, &out->base, err)) return false;
    out->call = out->base;
    return true;
}

bool set_up_failed(SetUpWrite *write)
{
    call_end(write->base);
    return false;
}

bool set_up_again(SetUpWrite *write, Err *err)
{
    if (!set_up_goes_on(write)) return true;
    return call_as(write->base, write->base->who, write->base->now, &write->call, err) || set_up_failed(write);
}

bool set_up_goes_on(const SetUpWrite *write)
{
    return write->outcome.kind == OUTCOME_DONE;
}

bool set_up_request(SetUpWrite *write, const Request *request, Err *err)
{
    if (!set_up_goes_on(write)) return true;
    return verb_apply(write->call, request, &write->outcome, err) || set_up_failed(write);
}

bool set_up_make(SetUpWrite *write, const Type *type, const char *verb, json_t *input, Err *err)
{
    return set_up_request(write, &(Request){ .type = type, .verb = str_from_c(verb), .input = input }, err);
}

static Str outcome_words(SetUpWrite *write)
{
    StrList words = { 0 };

    for (size_t i = 0; i < write->outcome.invalids.len; i++)
        *list_push(write->visit->arena, &words) = write->outcome.invalids.at[i].message;
    for (size_t i = 0; i < write->outcome.refusals.len; i++)
        *list_push(write->visit->arena, &words) =
            str_fmt(write->visit->arena, "%.*s.", STR_ARG(write->outcome.refusals.at[i].missing));
    if (words.len == 0) *list_push(write->visit->arena, &words) = outcome_title(write->call, &write->outcome);
    return str_join(write->visit->arena, &words, STR(" "));
}

bool set_up_written(SetUpWrite *write, Str *problem, Err *err)
{
    bool done = true;

    *problem = (Str){ 0 };
    if (set_up_goes_on(write))
        done = db_commit(write->base->db, err);
    else
        *problem = outcome_words(write);
    call_end(write->base);
    return done;
}

bool set_up_person(Call *call, Str name, Str *number, Err *err)
{
    PersonList people = { 0 };

    *number = (Str){ 0 };
    if (name.len == 0) return true;
    if (!record_list(call, &person_type, &people, STR("state = 1 AND name = $1 ORDER BY id LIMIT 1"),
                     BINDS(BIND_TEXT(name)), err))
        return false;
    if (people.len > 0) *number = people.at[0].head.number;
    return true;
}
