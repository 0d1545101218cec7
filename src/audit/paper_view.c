/* SPDX-License-Identifier: Apache-2.0
 * A working paper for its reader: one query for each kind of thing beside it. */
#include "audit/paper_view.h"

#include <stdlib.h>

#include "org/requirement.h"
#include "record/row.h"
#include "record/view.h"

enum { KNOWN_MAX = 4 };

static bool parts_load(Call *call, PaperView *view, Err *err)
{
    const Binds paper = { .at = &(Bind)BIND_ID(view->paper.head.id), .len = 1 };
    const Binds audit = { .at = &(Bind)BIND_ID(view->paper.audit), .len = 1 };

    return view_list(call, &paper_type, &view->papers, STR("audit = $1"), audit, err) &&
           view_list(call, &paper_step_type, &view->steps, STR("paper = $1 AND state = 1"), paper, err) &&
           view_list(call, &sample_type, &view->samples, STR("paper = $1"), paper, err) &&
           view_list(call, &sample_item_type, &view->items,
                     STR("state = 1 AND sample IN (SELECT sample.id FROM sample WHERE sample.paper = $1)"), paper,
                     err) &&
           view_list(call, &evidence_type, &view->evidence,
                     STR("state <> 3 AND id IN (SELECT record_link.target FROM record_link"
                         " WHERE record_link.kind = 'paper.evidence' AND record_link.source = $1)"),
                     paper, err) &&
           view_list(call, &interview_type, &view->interviews,
                     STR("state = 1 AND id IN (SELECT record_link.target FROM record_link"
                         " WHERE record_link.kind = 'paper.interviews' AND record_link.source = $1)"),
                     paper, err) &&
           view_list(call, &requirement_type, &view->refs,
                     STR("id IN (SELECT record_link.target FROM record_link"
                         " WHERE record_link.kind = 'paper.refs' AND record_link.source = $1)"),
                     paper, err);
}

static bool known_load(Call *call, PaperView *view, Err *err)
{
    FindingList found = { 0 };

    if (!view_list(call, &finding_type, &found,
                   STR("(audit IS NULL OR audit <> $1) AND state BETWEEN 7 AND 14 AND kind <= 3"
                       " AND id IN (SELECT theirs.source FROM record_link AS theirs JOIN record_link AS ours"
                       " ON ours.target = theirs.target WHERE theirs.kind = 'finding.refs'"
                       " AND ours.kind = 'paper.refs' AND ours.source = $2)"),
                   BINDS(BIND_ID(view->paper.audit), BIND_ID(view->paper.head.id)), err))
        return false;
    for (size_t i = found.len; i > 0 && view->known.len < KNOWN_MAX; i--)
        *list_push(call->arena, &view->known) = found.at[i - 1];
    return true;
}

static int compare_steps(const void *a, const void *b)
{
    const PaperStep *left = a, *right = b;
    return (left->position.value > right->position.value) - (left->position.value < right->position.value);
}

static bool names_fill(Call *call, PaperView *view, Err *err)
{
    const Registry *registry = call->app->registry;

    view->names = names_open(call);
    names_want(view->names, &paper_type, view->paper.head.id);
    names_want_record(view->names, registry_plan(registry, &paper_type), &view->paper);
    for (size_t i = 0; i < view->papers.len; i++)
        names_want(view->names, &paper_type, view->papers.at[i].head.id);
    for (size_t i = 0; i < view->steps.len; i++) {
        names_want(view->names, &paper_step_type, view->steps.at[i].head.id);
        names_want_record(view->names, registry_plan(registry, &paper_step_type), &view->steps.at[i]);
    }
    for (size_t i = 0; i < view->samples.len; i++)
        names_want(view->names, &sample_type, view->samples.at[i].head.id);
    for (size_t i = 0; i < view->interviews.len; i++) {
        names_want(view->names, &interview_type, view->interviews.at[i].head.id);
        names_want_record(view->names, registry_plan(registry, &interview_type), &view->interviews.at[i]);
    }
    return names_load(view->names, err);
}

bool paper_view_load(Call *call, const Paper *paper, PaperView *out, Err *err)
{
    bool found;

    *out = (PaperView){ .paper = *paper };
    if (!parts_load(call, out, err) || !known_load(call, out, err)) return false;
    if (!id_is_none(paper->procedure) &&
        !record_load(call, &procedure_type, paper->procedure, &out->procedure, &found, err))
        return false;
    if (out->steps.len > 1) qsort(out->steps.at, out->steps.len, sizeof out->steps.at[0], compare_steps);
    return names_fill(call, out, err);
}

static size_t paper_index(const PaperView *view)
{
    size_t i = 0;

    while (i < view->papers.len && !id_eq(view->papers.at[i].head.id, view->paper.head.id))
        i++;
    return i;
}

const Paper *paper_before(const PaperView *view)
{
    size_t index = paper_index(view);
    return index > 0 && index < view->papers.len ? &view->papers.at[index - 1] : NULL;
}

const Paper *paper_after(const PaperView *view)
{
    size_t index = paper_index(view);
    return index + 1 < view->papers.len ? &view->papers.at[index + 1] : NULL;
}

Str line_value(Str lines, Str name)
{
    Str line;

    while (str_cut(&lines, '\n', &line)) {
        size_t colon = str_index(line, ':');
        if (str_eq(str_trim(str_slice(line, 0, colon)), name)) return str_trim(str_slice(line, colon + 1, line.len));
    }
    return (Str){ 0 };
}
