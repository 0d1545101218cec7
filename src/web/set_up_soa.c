/* SPDX-License-Identifier: Apache-2.0
 * The Statement of Applicability at once: every control with a tick and room for why not. What is sent is compared with
 * what stands in the record; only what differs is written, all or nothing. */
#include "org/control.h"
#include "org/requirement.h"
#include "org/soa_version.h"
#include "record/row.h"
#include "web/pages.h"
#include "web/set_up.h"

typedef struct {
    SetUp set_up;
    ControlList controls;
    Names *names;
    bool is_sent; /* what the form says counts, not what the record says */
} SoaForm;

static Str text(const SoaForm *form, const char *english)
{
    return visit_text(form->set_up.visit, english);
}

static Str ref_of(const SoaForm *form, const Control *control)
{
    return names_number(form->names, &requirement_type, control->requirement);
}

/* ---- what was sent ---- */

static bool is_ticked(const SoaForm *form, const Control *control)
{
    const HttpFields *sent = &form->set_up.visit->request->form;

    if (!form->is_sent) return control->applicable != NO;
    for (size_t i = 0; i < sent->len; i++) {
        if (str_eq_c(sent->at[i].name, "on") && str_eq(sent->at[i].value, control->head.number)) return true;
    }
    return false;
}

static Str reason_of(const SoaForm *form, const Control *control)
{
    const Visit *visit = form->set_up.visit;
    Str name           = str_fmt(visit->arena, "why-%.*s", STR_ARG(control->head.number));

    if (!form->is_sent) return control->justification;
    return str_trim(http_field(&visit->request->form, str_to_c(visit->arena, name)));
}

static bool reason_is_missing(const SoaForm *form, const Control *control)
{
    return form->is_sent && !is_ticked(form, control) && reason_of(form, control).len == 0;
}

static bool differs(const SoaForm *form, const Control *control)
{
    bool ticked = is_ticked(form, control);

    if (ticked != (control->applicable != NO)) return true;
    return !str_eq(reason_of(form, control), control->justification);
}

/* ---- the page ---- */

static bool soa_load(SoaForm *form, Err *err)
{
    Call *call = form->set_up.visit->call;

    if (!view_list(call, &control_type, &form->controls, STR("state = 1"), NO_BINDS, err)) return false;
    form->names = names_open(call);
    for (size_t i = 0; i < form->controls.len; i++)
        names_want(form->names, &requirement_type, form->controls.at[i].requirement);
    return names_load(form->names, err);
}

static bool soa_page(SoaForm *form, int status, Err *err)
{
    FirstRun *run  = &form->set_up.run;
    Arena *arena   = form->set_up.visit->arena;
    size_t missing = 0;

    for (size_t i = 0; i < form->controls.len; i++) {
        const Control *control = &form->controls.at[i];
        bool is_missing        = reason_is_missing(form, control);
        *list_push(arena, &run->soa) =
            (SoaLine){ .number = control->head.number,
                       .ref    = ref_of(form, control),
                       .title  = names_title(form->names, &requirement_type, control->requirement),
                       .reason = reason_of(form, control),
                       .ticked = is_ticked(form, control),
                       .error  = is_missing ? text(form, N_("Say why it does not apply.")) : (Str){ 0 } };
        missing += is_missing;
    }
    if (missing > 0) run->form.refused = text(form, N_("Some controls that do not apply have no reason yet."));
    if (run->soa.len == 0)
        run->about = text(form, N_("The controls come with the edition of the standard: choose it in step 2 first."));
    else
        run->about = text(form, N_("Untick what does not apply and say why (6.1.3 d). All can be changed later."));
    if (run->soa.len > 0)
        *list_push(arena, &run->form.verbs) =
            (Button){ .label = text(form, N_("Save and go on")), .kind = BUTTON_PRIMARY };
    set_up_later(&form->set_up);
    return set_up_send(&form->set_up, status, err);
}

static bool soa_open(Visit *visit, SoaForm *form, bool *is_open, Err *err)
{
    if (!set_up_open(visit, SETUP_SOA, &form->set_up, is_open, err)) return false;
    return !*is_open || soa_load(form, err);
}

static bool soa_show(Visit *visit, Err *err)
{
    SoaForm *form = arena_new(visit->arena, SoaForm);
    bool is_open;

    if (!soa_open(visit, form, &is_open, err)) return false;
    return !is_open || soa_page(form, 200, err);
}

/* ---- writing ---- */

static bool control_write(SoaForm *form, SetUpWrite *write, const Control *control, Err *err)
{
    json_t *input   = json_own(write->visit->arena, json_object());
    Request request = { .type = &control_type, .verb = STR("edit"), .number = control->head.number, .input = input };

    if (!set_up_goes_on(write) || !differs(form, control)) return true;
    json_object_set_new(input, "applicable", json_boolean(is_ticked(form, control)));
    json_object_set_new(input, "justification", json_from_str(reason_of(form, control)));
    return set_up_request(write, &request, err);
}

/* The first version, to be approved by top management. */
static bool version_make(SoaForm *form, SetUpWrite *write, Err *err)
{
    json_t *input = json_own(write->visit->arena, json_object());

    if (form->set_up.done[SETUP_SOA]) return true;
    json_object_set_new(input, "dated", json_from_str(date_to_iso(write->visit->arena, write->call->today)));
    return set_up_make(write, &soa_version_type, "create", input, err);
}

static bool soa_write(SoaForm *form, Err *err)
{
    SetUpWrite write;

    if (!set_up_write(form->set_up.visit, &write, err)) return false;
    for (size_t i = 0; i < form->controls.len; i++) {
        if (!control_write(form, &write, &form->controls.at[i], err)) return false;
    }
    return version_make(form, &write, err) && set_up_written(&write, &form->set_up.run.form.refused, err);
}

static bool soa_do(Visit *visit, Err *err)
{
    SoaForm *form = arena_new(visit->arena, SoaForm);
    bool is_open;

    if (!soa_open(visit, form, &is_open, err)) return false;
    if (!is_open) return true;
    form->is_sent = true;
    for (size_t i = 0; i < form->controls.len; i++) {
        if (reason_is_missing(form, &form->controls.at[i])) return soa_page(form, 422, err);
    }
    if (!soa_write(form, err)) return false;
    if (form->set_up.run.form.refused.len > 0) return soa_page(form, 409, err);
    set_up_go_on(&form->set_up);
    return true;
}

/* clang-format off */
static const Route rows[] = {
    { HTTP_GET,  "/setup/soa", soa_show, 0 },
    { HTTP_POST, "/setup/soa", soa_do,   0 },
};
/* clang-format on */
const Routes set_up_soa_routes = ROUTES_OF(rows);
