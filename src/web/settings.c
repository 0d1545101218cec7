/* SPDX-License-Identifier: Apache-2.0
 * Settings: places where the organisation says who and what it is. Every list of records that the side column has no
 * room for is reached from here. And the reader's own page. */
#include "org/person.h"
#include "pages/pages.h"
#include "record/row.h"
#include "web/pages.h"
#include "web/values.h"
#include "web/worklist.h"

/* clang-format off */
static const struct {
    int group;
    const char *type;
} places[] = {
    { 0, "organisation" }, { 0, "person" }, { 0, "role" }, { 0, "account" }, { 0, "token" }, { 0, "unit" }, { 0, "site" }, { 0, "due_policy" },
    { 1, "process" }, { 1, "process_person" }, { 1, "framework" }, { 1, "requirement" }, { 1, "control" }, { 1, "soa_version" }, { 1, "procedure" },
    { 1, "document" }, { 1, "risk" }, { 1, "party" }, { 1, "issue" }, { 1, "certificate" }, { 1, "occurrence" },
    { 2, "qualification" }, { 2, "competence_evidence" }, { 2, "evaluation" }, { 2, "declaration" }, { 2, "override" },
};
static const char *const titles[] = { N_("Organisation and people"), N_("What is audited"), N_("Auditors"), N_("Audits and cases") };
/* clang-format on */
enum { GROUPS = countof(titles), GROUP_REST = GROUPS - 1 };

static int group_of(const Type *type)
{
    for (size_t i = 0; i < countof(places); i++) {
        if (str_eq_c(str_from_c(type->name), places[i].type)) return places[i].group;
    }
    return GROUP_REST;
}

/* Parts of another record are found on its page. */
static bool is_place(const Plan *plan)
{
    return group_of(plan->type) != GROUP_REST || plan->parent == NULL;
}

/* The organisation has one record: its place is that record. */
static bool place_of(Visit *visit, const Plan *plan, Place *place, Err *err)
{
    ListQuery query = { .type = plan->type, .limit = 1 };
    ListPage page   = { 0 };

    if (!list_count(visit->call, &query, &page, err)) return false;
    *place = (Place){ .link  = { visit_text(visit, plan->type->label_plural), address_list(visit->arena, plan->type) },
                      .about = visit_text(visit, plan->type->about),
                      .count = total_words(visit, &page) };
    if (!str_eq_c(str_from_c(plan->type->name), "organisation")) return true;
    place->count = (Str){ 0 };
    return true;
}

static bool places_fill(Visit *visit, Places *out, Err *err)
{
    const Registry *registry = visit->app->registry;

    for (int group = 0; group < GROUPS; group++) {
        PlaceGroup one = { .title = visit_text(visit, titles[group]) };
        for (size_t i = 0; i < registry_len(registry); i++) {
            const Plan *plan = registry_at(registry, i);
            if (group_of(plan->type) != group || !is_place(plan) || !view_may_list(visit->call, plan->type)) continue;
            if (!place_of(visit, plan, list_push(visit->arena, &one), err)) return false;
        }
        if (one.len > 0) *list_push(visit->arena, out) = one;
    }
    return true;
}

static bool settings_show(Visit *visit, Err *err)
{
    Places out = { 0 };

    if (!visit_read(visit, err) || !places_fill(visit, &out, err)) return false;
    Html page     = visit_html(visit);
    PageHead head = { .title = visit_text(visit, N_("Settings")),
                      .sub   = visit_text(visit, N_("Who and what the organisation is, and every list of records.")) };
    Shell shell   = visit_shell(visit, head.title, STR("/settings"));
    page_settings(&page, &shell, &head, &out);
    return visit_send(visit, 200, &page, err);
}

/* ---- the reader's own page ---- */

static Str roles_words(const Visit *visit)
{
    const StrList *roles = &visit->call->roles;
    StrList words        = { 0 };

    for (size_t i = 0; i < roles->len; i++) {
        const char *label = visit->app->directory->role_label(roles->at[i]);
        if (label != NULL && !str_eq_c(roles->at[i], "everyone") && !str_eq_c(roles->at[i], "colleague"))
            *list_push(visit->arena, &words) = visit_text(visit, label);
    }
    return str_sentence(visit->arena, &words);
}

static void facts_fill(const Visit *visit, const Person *person, Facts *facts)
{
    Str record  = address_record(visit->arena, &person_type, person->head.number);
    Str roles   = roles_words(visit);
    Fact rows[] = { { visit_text(visit, N_("Name")), { .text = person->name, .href = record } },
                    { visit_text(visit, N_("Mail")), { .text = person->mail } },
                    { visit_text(visit, N_("Work")), { .text = person->job } },
                    { visit_text(visit, N_("Roles")), { .text = roles } },
                    { visit_text(visit, N_("Signed in")), { .kind = CELL_TIME, .time = visit->session.started } } };

    for (size_t i = 0; i < countof(rows); i++) {
        if (!cell_is_empty(&rows[i].cell)) *list_push(visit->arena, facts) = rows[i];
    }
}

static bool profile_show(Visit *visit, Err *err)
{
    Facts facts = { 0 };
    Person person;
    bool found;

    if (!visit_read(visit, err) || !record_load(visit->call, &person_type, visit->session.person, &person, &found, err))
        return false;
    facts_fill(visit, &person, &facts);
    Html page     = visit_html(visit);
    PageHead head = { .title = visit_text(visit, N_("Profile and keys")) };
    Shell shell   = visit_shell(visit, head.title, STR(""));
    if (str_eq_c(visit_param(visit, "done"), "password"))
        shell.notice = visit_text(visit, N_("Your password was changed; you are signed out everywhere else."));
    if (str_eq_c(visit_param(visit, "done"), "others"))
        shell.notice = visit_text(visit, N_("You are signed out everywhere else."));
    page_profile(&page, &shell, &head, &facts);
    return visit_send(visit, 200, &page, err);
}

static bool others_end(Visit *visit, Err *err)
{
    if (!session_end_all(visit->app, visit->arena, visit->session.person, visit->secret, err)) return false;
    visit_go(visit, STR("/profile?done=others"));
    return true;
}

/* clang-format off */
static const Route rows[] = {
    { HTTP_GET,  "/settings",        settings_show, 0 },
    { HTTP_GET,  "/profile",         profile_show,  0 },
    { HTTP_POST, "/sign-out/others", others_end,    0 },
};
/* clang-format on */
const Routes settings_routes = ROUTES_OF(rows);
