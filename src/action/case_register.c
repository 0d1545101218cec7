/* SPDX-License-Identifier: Apache-2.0
 * The views of the register as conditions; constant texts in which the numbers are those of the states, sources and
 * action states (pinned by the tests). */
#include "action/case_register.h"

#include <assert.h>

#include "action/due.h"
#include "record/row.h"
#include "record/view.h"

#define IS_OPEN "state <= 8"
/* The step in hand is the reader's own. */
#define IS_MINE                                                                                                        \
    "(state IN (2, 3, 4) AND owner = :viewer)"                                                                         \
    " OR (state = 6 AND id IN (SELECT action.nonconformity FROM action WHERE action.owner = :viewer"                   \
    " AND action.state IN (2, 5)))"                                                                                    \
    " OR (state = 7 AND verifier = :viewer)"                                                                           \
    " OR (state = 8 AND reviewer = :viewer AND wait_until <= :today)"
/* … or of whoever decides on plans and owns no action in the case (G-05, G-06). Each part of the OR names a state, so
 * each is read from an index. */
#define OWNS_NO_ACTION                                                                                                 \
    "id NOT IN (SELECT action.nonconformity FROM action WHERE action.owner = :viewer AND action.state <> 6)"
#define IS_FOR_APPROVERS " OR (state = 5 AND " OWNS_NO_ACTION ") OR (state = 7 AND verifier = 0 AND " OWNS_NO_ACTION ")"
#define IS_FOR_KEEPERS   " OR state IN (1, 9)"

/* clang-format off */
static const struct {
    const char *name, *label;
    Str where;
} tabs[CASE_TABS] = {
    [CASES_OPEN]    = { "open",    N_("Open"),         STR_INIT(IS_OPEN) },
    [CASES_LATE]    = { "late",    N_("Late"),         STR_INIT(DUE_IS_LATE) },
    [CASES_MINE]    = { "mine",    N_("Waits for me"), STR_INIT(IS_MINE) },
    [CASES_OUTSIDE] = { "outside", N_("From outside"), STR_INIT(IS_OPEN " AND source IN (4, 5, 7)") },
    [CASES_CLOSED]  = { "closed",  N_("Closed"),       STR_INIT("state IN (9, 10)") },
    [CASES_ALL]     = { "all",     N_("All"),          STR_INIT("state > 0") },
};
/* clang-format on */
static_assert(NC_MONITORING == 8 && NC_CORRECTED_ONLY == 9 && NC_CLOSED == 10, "the conditions name these states");

const char *case_tab_name(CaseTab tab)
{
    return tabs[tab].name;
}

const char *case_tab_label(CaseTab tab)
{
    return tabs[tab].label;
}

bool case_tab_find(Str name, CaseTab *out)
{
    for (size_t i = 0; i < countof(tabs); i++) {
        if (!str_eq_c(name, tabs[i].name) && (name.len > 0 || i != CASES_OPEN)) continue;
        *out = (CaseTab)i;
        return true;
    }
    return false;
}

static bool has_any_role(const Call *call, const char *roles)
{
    Str rest = str_from_c(roles), role;

    while (str_cut(&rest, '|', &role)) {
        if (call_has_role(call, role)) return true;
    }
    return false;
}

Str case_tab_where(const Call *call, CaseTab tab)
{
    if (tab != CASES_MINE) return tabs[tab].where;
    if (has_any_role(call, "coordinator|isms_manager|programme_manager"))
        return STR(IS_MINE IS_FOR_APPROVERS IS_FOR_KEEPERS);
    if (has_any_role(call, "top_management")) return STR(IS_MINE IS_FOR_APPROVERS);
    return tabs[tab].where;
}

bool case_tab_counts(Call *call, int64_t counts[CASE_TABS], Err *err)
{
    Str conditions[CASE_TABS];

    for (int tab = 0; tab < CASE_TABS; tab++)
        conditions[tab] = case_tab_where(call, (CaseTab)tab);
    return view_count_each(call, &nonconformity_type, conditions, CASE_TABS, counts, err);
}

bool case_next_actions(Call *call, ActionList *out, Err *err)
{
    return record_list(call, &action_type, out,
                       STR("state IN (2, 5) AND nonconformity IN"
                           " (SELECT nonconformity.id FROM nonconformity WHERE nonconformity.state = 6"
                           " AND nonconformity.action_due = action.due)"
                           " ORDER BY due, id LIMIT 500"),
                       NO_BINDS, err);
}

static Str next_action_words(const Call *call, const Nonconformity *nc, const ActionList *next_actions)
{
    for (size_t i = 0; i < next_actions->len; i++) {
        const Action *action = &next_actions->at[i];
        if (id_eq(action->nonconformity, nc->head.id))
            return str_fmt(call->arena, "%.*s %.*s", STR_ARG(call_text(call, N_("action"))),
                           STR_ARG(action->head.number));
    }
    return call_text(call, N_("the actions"));
}

Str case_next_words(const Call *call, const Nonconformity *nc, const ActionList *next_actions)
{
    switch (nc->head.state) {
    case NC_REGISTERED: return call_text(call, N_("confirm or reject"));
    case NC_ASSIGNED: return call_text(call, N_("acknowledge"));
    case NC_ACKNOWLEDGED:
        return date_is_none(nc->corrected_on) ? call_text(call, N_("correction"))
                                              : call_text(call, N_("start the analysis"));
    case NC_ANALYSIS: return call_text(call, N_("analysis and plan"));
    case NC_PLAN_REVIEW: return call_text(call, N_("decision on the plan"));
    case NC_IN_PROGRESS: return next_action_words(call, nc, next_actions);
    case NC_IMPLEMENTED: return call_text(call, N_("verification"));
    case NC_MONITORING: return call_text(call, N_("effectiveness review"));
    case NC_CORRECTED_ONLY: return call_text(call, N_("closing"));
    default: return (Str){ 0 };
    }
}

/* ---- where cases came from ---- */

typedef struct {
    Id finding;
    Str number;
} CaseAudit;

typedef struct {
    CaseAudit *at;
    size_t len, cap;
} CaseAudits;

/* The audits behind the findings of the page; ids are numbers of ours, so they stand in the text themselves. */
static bool audits_of_page(Call *call, const ListPage *page, CaseAudits *out, Err *err)
{
    Buf sql = buf_open(call->arena, 1 << 16);

    buf_add_c(&sql, "SELECT finding.id, audit.number"
                    "  FROM finding"
                    "  JOIN audit ON audit.id = finding.audit"
                    " WHERE finding.id IN (0");
    for (size_t i = 0; i < page->len; i++) {
        const Nonconformity *nc = page->records[i];
        if (!id_is_none(nc->finding)) buf_fmt(&sql, ",%lld", (long long)nc->finding.n);
    }
    buf_add_c(&sql, ")");
    Query *query = query_open(call->db, buf_str(&sql));
    while (query_next(query)) {
        CaseAudit *audit = list_push(call->arena, out);
        audit->finding.n = query_int(query, 0);
        audit->number    = query_str(query, 1, call->arena);
    }
    return query_close(query, err);
}

static Str case_origin(const Call *call, const Nonconformity *nc, const CaseAudits *audits)
{
    for (size_t i = 0; i < audits->len; i++) {
        if (id_eq(audits->at[i].finding, nc->finding)) return audits->at[i].number;
    }
    Str source = str_lower(call->arena, call_text(call, choice_label(&finding_sources, nc->source)));
    return str_fmt(call->arena, "%.*s %.*s", STR_ARG(source), STR_ARG(nc->source_ref));
}

bool case_origins(Call *call, const ListPage *page, StrList *out, Err *err)
{
    CaseAudits audits = { 0 };

    if (!audits_of_page(call, page, &audits, err)) return false;
    for (size_t i = 0; i < page->len; i++)
        *list_push(call->arena, out) = case_origin(call, page->records[i], &audits);
    return true;
}

bool case_presented(Call *call, FindingList *out, Err *err)
{
    return view_list(call, &finding_type, out, STR("kind IN ($1, $2) AND state IN ($3, $4, $5)"),
                     BINDS(BIND_NUMBER(FINDING_MAJOR_NC), BIND_NUMBER(FINDING_MINOR_NC), BIND_NUMBER(FINDING_PRESENTED),
                           BIND_NUMBER(FINDING_AGREED), BIND_NUMBER(FINDING_DISPUTED)),
                     err);
}
