/* SPDX-License-Identifier: Apache-2.0
 * Who could audit: /audits/NUMBER/candidates, for whoever puts the team together. */
#include "audit/audit_view.h"
#include "audit/candidates.h"
#include "audit/team.h"
#include "org/qualification.h"
#include "org/requirement.h"
#include "pages/pages.h"
#include "record/verb.h"
#include "web/candidates_sheet.h"
#include "web/pages.h"
#include "web/rules.h"
#include "web/values.h"

typedef struct {
    Visit *visit;
    Audit audit;
    CandidateList candidates;
    Names *names;
    CandidateSheet sheet;
} Choosing;

static Str takes_words(const Choosing *choosing, const IdList *refs)
{
    StrList numbers = { 0 };

    for (size_t i = 0; i < refs->len; i++)
        *list_push(choosing->visit->arena, &numbers) = names_number(choosing->names, &requirement_type, refs->at[i]);
    return refs_words(choosing->visit->arena, &numbers);
}

/* The form of a team member with person, part and references filled in. */
static Str add_href(const Choosing *choosing, const Candidate *candidate)
{
    static const char *const parts[] = { [LEVEL_EXPERT]      = "expert",
                                         [LEVEL_IN_TRAINING] = "in_training",
                                         [LEVEL_AUDITOR]     = "auditor",
                                         [LEVEL_LEAD]        = "auditor" };
    Visit *visit                     = choosing->visit;
    bool leads                       = id_eq(choosing->audit.lead, candidate->person);
    Str here =
        str_fmt(visit->arena, "%.*s/candidates", STR_ARG(address_record(visit->arena, &audit_type, visit->number)));
    StrList refs = { 0 };

    for (size_t i = 0; i < candidate->takes.len; i++)
        *list_push(visit->arena, &refs) = names_number(choosing->names, &requirement_type, candidate->takes.at[i]);
    return str_fmt(visit->arena, "/%s/new?audit=%.*s&person=%.*s&part=%s&refs=%.*s&return=%.*s",
                   team_member_type.plural, STR_ARG(address_value(visit->arena, visit->number)),
                   STR_ARG(address_value(visit->arena, candidate->number)), leads ? "lead" : parts[candidate->level],
                   STR_ARG(address_value(visit->arena, str_join(visit->arena, &refs, STR(",")))),
                   STR_ARG(address_value(visit->arena, here)));
}

static StrList sentences(Arena *arena, const StrList *reasons)
{
    StrList out = { 0 };

    for (size_t i = 0; i < reasons->len; i++)
        *list_push(arena, &out) = sentence_of(arena, reasons->at[i]);
    return out;
}

static void card_add(Choosing *choosing, const Candidate *candidate)
{
    Visit *visit        = choosing->visit;
    CandidateCard *card = list_push(visit->arena, &choosing->sheet);

    card->name = candidate->name;
    card->level =
        visit_text(visit, choice_label(qualification_type.fields[Qualification_level].choices, candidate->level));
    card->takes           = takes_words(choosing, &candidate->takes);
    card->reasons_for     = sentences(visit->arena, &candidate->reasons_for);
    card->reasons_against = sentences(visit->arena, &candidate->reasons_against);
    if (candidate->is_in_team) {
        card->in_team = (Cell){ .kind = CELL_OKAY, .text = visit_text(visit, N_("On the team")) };
    } else {
        card->add = (Button){ .label = visit_text(visit, N_("Add to the team")),
                              .icon  = ICON_PLUS,
                              .size  = BUTTON_SMALL,
                              .href  = add_href(choosing, candidate) };
    }
}

static PageHead choosing_head(const Choosing *choosing)
{
    Visit *visit  = choosing->visit;
    PageHead head = { .title = visit_text(visit, candidates_inquiry.label),
                      .sub =
                          visit_text(visit, N_("Best first: what is left of the scope to each, then level, subjects "
                                               "and other audits. Each rule is asked again when somebody is added.")) };

    *list_push(visit->arena, &head.crumbs) =
        (Link){ visit_text(visit, audit_type.label_plural), address_list(visit->arena, &audit_type) };
    *list_push(visit->arena, &head.crumbs) = (Link){ record_words(visit, visit->plan, &choosing->audit),
                                                     address_record(visit->arena, &audit_type, visit->number) };
    return head;
}

static bool choosing_load(Choosing *choosing, Err *err)
{
    Call *call = choosing->visit->call;

    if (!candidates_read(call, &choosing->audit, &choosing->candidates, err)) return false;
    choosing->names = names_open(call);
    for (size_t i = 0; i < choosing->audit.refs.len; i++)
        names_want(choosing->names, &requirement_type, choosing->audit.refs.at[i]);
    return names_load(choosing->names, err);
}

static bool candidates_show(Visit *visit, Err *err)
{
    Choosing *choosing = arena_new(visit->arena, Choosing);
    bool found, may;

    if (!visit_read(visit, err)) return false;
    choosing->visit = visit;
    if (!view_find(visit->call, &audit_type, visit->number, &choosing->audit, &found, err)) return false;
    if (!found) return visit_not_found(visit, err);
    TeamMember made = { .audit = choosing->audit.head.id };
    if (!verb_may_make(visit->call, &team_member_type, &made, &may, err)) return false;
    if (!may) return visit_not_found(visit, err);
    if (!choosing_load(choosing, err)) return false;
    for (size_t i = 0; i < choosing->candidates.len; i++)
        card_add(choosing, &choosing->candidates.at[i]);
    choosing->sheet.empty = (EmptyState){ .title = visit_text(visit, N_("Nobody is qualified on that day")),
                                          .text  = visit_text(visit, N_("Record qualifications of auditors first.")) };
    Html page             = visit_html(visit);
    PageHead head         = choosing_head(choosing);
    Shell shell           = visit_shell(visit, head.title, address_list(visit->arena, &audit_type));
    page_candidates(&page, &shell, &head, &choosing->sheet);
    return visit_send(visit, 200, &page, err);
}

static const Route rows[]      = { { HTTP_GET, "/audits/{record}/candidates", candidates_show, 0 } };
const Routes candidates_routes = ROUTES_OF(rows);
