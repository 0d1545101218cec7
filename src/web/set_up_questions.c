/* SPDX-License-Identifier: Apache-2.0
 * Four questions: the edition, the certificate, who is top management, who manages the programme. People are named; who
 * is not known yet is made. All answers go into one transaction. */
#include "base/hash.h"
#include "org/certificate.h"
#include "org/content_files.h"
#include "org/content_load.h"
#include "org/person.h"
#include "org/role.h"
#include "record/row.h"
#include "web/pages.h"
#include "web/set_up.h"

enum { Q_EDITION, Q_ISSUED, Q_BODY, Q_TOP, Q_MANAGER, QUESTIONS };
enum { CYCLE_MONTHS = 36 };

/* clang-format off */
static const struct { /* NOLINT(clang-analyzer-optin.performance.Padding): a row reads from left to right */
    const char *name, *label, *help;
    FormKind kind;
    bool optional, beside;
} questions[QUESTIONS] = {
    [Q_EDITION] = { "edition", N_("Which edition do you audit against?"), NULL, FORM_RADIO, false, false },
    [Q_ISSUED]  = { "issued",  N_("Certificate issued"), N_("The cycle is the three years from this day."), FORM_DATE, true, false },
    [Q_BODY]    = { "body",    N_("Certification body"), NULL, FORM_TEXT, true, true },
    [Q_TOP]     = { "top",     N_("Who is top management for the ISMS?"), N_("Approves the programme, holds the management review. A name; whoever is not known yet is added to the people."), FORM_TEXT, true, false },
    [Q_MANAGER] = { "manager", N_("Who manages the audit programme?"), N_("Plans the audits and appoints the auditors. Somebody else than who approves it (G-03)."), FORM_TEXT, true, false },
};
/* clang-format on */

typedef struct {
    SetUp set_up;
    Str answers[QUESTIONS];
    Str errors[QUESTIONS];
} Questions;

static Str text(const Questions *form, const char *english)
{
    return visit_text(form->set_up.visit, english);
}

/* ---- the page ---- */

static bool role_name(Call *call, const char *role, Str *name, Err *err)
{
    IdList people = { 0 };
    StrList names = { 0 };

    if (!call->app->directory->people_with(call, str_from_c(role), &people, err)) return false;
    if (people.len == 0) return true;
    people.len = 1;
    if (!call->app->directory->names_of(call, &people, &names, err)) return false;
    *name = names.at[0];
    return true;
}

/* What the record knows already. */
static bool answers_known(Questions *form, Err *err)
{
    Call *call             = form->set_up.visit->call;
    CertificateList issued = { 0 };

    form->answers[Q_EDITION] = STR("iso27001");
    if (!record_list(call, &certificate_type, &issued, STR("state = 1 ORDER BY id DESC LIMIT 1"), NO_BINDS, err))
        return false;
    if (issued.len > 0) {
        form->answers[Q_ISSUED] = date_to_iso(call->arena, issued.at[0].issued);
        form->answers[Q_BODY]   = issued.at[0].body;
    }
    return role_name(call, "top_management", &form->answers[Q_TOP], err) &&
           role_name(call, "programme_manager", &form->answers[Q_MANAGER], err);
}

static void edition_choices(const Questions *form, FormField *field)
{
    Arena *arena = form->set_up.visit->arena;

    *list_push(arena, field) =
        (FormChoice){ .value = STR("iso27001"),
                      .text  = text(form, N_("ISO/IEC 27001:2022 with Amendment 1:2024")),
                      .note = text(form, N_("clauses 4 to 10 and 93 controls; numbers and short titles are shipped")) };
    *list_push(arena, field) =
        (FormChoice){ .value = STR("other"),
                      .text  = text(form, N_("I bring another framework")),
                      .note  = text(form, N_("own policies, contracts, laws: add it under Settings")) };
}

static bool questions_page(Questions *form, int status, Err *err)
{
    Visit *visit = form->set_up.visit;
    Form *out    = &form->set_up.run.form;

    for (size_t i = 0; i < QUESTIONS; i++) {
        FormField *field = list_push(visit->arena, &out->fields);
        *field           = (FormField){ .kind     = questions[i].kind,
                                        .name     = str_from_c(questions[i].name),
                                        .label    = text(form, questions[i].label),
                                        .help     = questions[i].help != NULL ? text(form, questions[i].help) : (Str){ 0 },
                                        .value    = form->answers[i],
                                        .error    = form->errors[i],
                                        .optional = questions[i].optional,
                                        .beside   = questions[i].beside };
        if (i == Q_EDITION) edition_choices(form, field);
    }
    form->set_up.run.about = text(form, N_("You become ISMS manager, who keeps people, processes and the Statement of "
                                           "Applicability; hand it on under Settings, Roles."));
    *list_push(visit->arena, &out->verbs) =
        (Button){ .label = text(form, N_("Save and go on")), .kind = BUTTON_PRIMARY };
    set_up_later(&form->set_up);
    return set_up_send(&form->set_up, status, err);
}

static bool questions_show(Visit *visit, Err *err)
{
    Questions *form = arena_new(visit->arena, Questions);
    bool is_open;

    if (!set_up_open(visit, SETUP_QUESTIONS, &form->set_up, &is_open, err)) return false;
    if (!is_open) return true;
    return answers_known(form, err) && questions_page(form, 200, err);
}

/* ---- the answers ---- */

static bool answers_check(Questions *form)
{
    Date issued;
    bool has_day = form->answers[Q_ISSUED].len > 0;

    if (has_day && !date_from_iso(form->answers[Q_ISSUED], &issued))
        form->errors[Q_ISSUED] = text(form, N_("Write the day as 2025-03-18."));
    if (has_day && form->answers[Q_BODY].len == 0)
        form->errors[Q_BODY] = text(form, N_("Say who issued it, or leave out the day."));
    if (form->answers[Q_MANAGER].len > 0 && str_eq(form->answers[Q_MANAGER], form->answers[Q_TOP]))
        form->errors[Q_MANAGER] = text(form, N_("The same person cannot approve the programme (G-03). Name another, or "
                                                "leave it empty and decide later."));
    for (size_t i = 0; i < QUESTIONS; i++) {
        if (form->errors[i].len > 0) return false;
    }
    return true;
}

static json_t *object(const SetUpWrite *write)
{
    return json_own(write->visit->arena, json_object());
}

static void put(json_t *input, const char *name, Str value)
{
    json_object_set_new(input, name, json_from_str(value));
}

static bool role_give(SetUpWrite *write, Str person, const char *role, Err *err)
{
    json_t *input = object(write);

    put(input, "person", person);
    put(input, "role", str_from_c(role));
    put(input, "since", date_to_iso(write->visit->arena, write->call->today));
    return set_up_make(write, &role_type, "create", input, err);
}

/* Gives the role to the person of this name, made if there is none; nothing when she holds it. */
static bool role_answer(SetUpWrite *write, const char *role, Str name, Err *err)
{
    json_t *person = object(write);
    Str holder     = { 0 }, number;

    if (name.len == 0 || !set_up_goes_on(write)) return true;
    if (!role_name(write->call, role, &holder, err) || !set_up_person(write->call, name, &number, err))
        return set_up_failed(write);
    if (str_eq(holder, name)) return true;
    if (number.len == 0) {
        put(person, "name", name);
        if (!set_up_make(write, &person_type, "create", person, err)) return false;
        if (!set_up_goes_on(write)) return true;
        number = write->outcome.number;
    }
    return role_give(write, number, role, err);
}

static bool isms_manager_is_there(SetUpWrite *write, Err *err)
{
    Str holder = { 0 };
    Person me;
    bool found;

    if (!role_name(write->call, "isms_manager", &holder, err) ||
        !record_load(write->call, &person_type, write->call->who, &me, &found, err))
        return set_up_failed(write);
    if (holder.len > 0) return true;
    return role_give(write, me.head.number, "isms_manager", err) && set_up_again(write, err);
}

static bool outline_load(SetUpWrite *write, Err *err)
{
    ContentFiles files = content_files_27001();
    ContentLoaded loaded;
    Content content;

    if (!set_up_goes_on(write)) return true;
    return (content_read(write->visit->arena, &files, &content, err) &&
            content_load(write->call, &content, &loaded, &write->outcome, err)) ||
           set_up_failed(write);
}

static bool certificate_add(SetUpWrite *write, const Questions *form, Err *err)
{
    json_t *input         = object(write);
    CertificateList known = { 0 };
    Date issued;

    if (!set_up_goes_on(write) || !date_from_iso(form->answers[Q_ISSUED], &issued)) return true;
    if (!record_list(write->call, &certificate_type, &known, STR("state = 1 AND issued = $1"), BINDS(BIND_DATE(issued)),
                     err))
        return set_up_failed(write);
    if (known.len > 0) return true;
    put(input, "body", form->answers[Q_BODY]);
    put(input, "issued", form->answers[Q_ISSUED]);
    put(input, "expires", date_to_iso(write->visit->arena, date_add_days(date_add_months(issued, CYCLE_MONTHS), -1)));
    put(input, "standard", STR("ISO/IEC 27001:2022"));
    return set_up_make(write, &certificate_type, "create", input, err);
}

static bool answers_write(const Questions *form, Str *problem, Err *err)
{
    SetUpWrite write;

    if (!set_up_write(form->set_up.visit, &write, err)) return false;
    if (!isms_manager_is_there(&write, err)) return false;
    if (!role_answer(&write, "top_management", form->answers[Q_TOP], err) ||
        !role_answer(&write, "programme_manager", form->answers[Q_MANAGER], err))
        return false;
    if (str_eq_c(form->answers[Q_EDITION], "iso27001") && !outline_load(&write, err)) return false;
    if (!certificate_add(&write, form, err)) return false;
    return set_up_written(&write, problem, err);
}

static bool questions_do(Visit *visit, Err *err)
{
    Questions *form = arena_new(visit->arena, Questions);
    bool is_open;

    if (!set_up_open(visit, SETUP_QUESTIONS, &form->set_up, &is_open, err)) return false;
    if (!is_open) return true;
    for (size_t i = 0; i < QUESTIONS; i++)
        form->answers[i] = str_trim(visit_field(visit, questions[i].name));
    if (!answers_check(form)) return questions_page(form, 422, err);
    if (!answers_write(form, &form->set_up.run.form.refused, err)) return false;
    if (form->set_up.run.form.refused.len > 0) return questions_page(form, 409, err);
    set_up_go_on(&form->set_up);
    return true;
}

/* clang-format off */
static const Route rows[] = {
    { HTTP_GET,  "/setup/questions", questions_show, 0 },
    { HTTP_POST, "/setup/questions", questions_do,   ROUTE_SLOW },
};
/* clang-format on */
const Routes set_up_questions_routes = ROUTES_OF(rows);
