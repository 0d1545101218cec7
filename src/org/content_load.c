/* SPDX-License-Identifier: Apache-2.0
 * The built-in outline becomes records. Each item is looked up by its number first: what is there and says the same is
 * left alone, so a second load writes nothing. */
#include "org/content_load.h"

#include <stdalign.h>

#include "org/control.h"
#include "org/framework.h"
#include "org/mapping.h"
#include "org/procedure.h"
#include "org/requirement.h"
#include "record/row.h"
#include "record/verb.h"

/* The 2013 references stand beside the new ones: "A.5.1" is another control there. */
#define BEFORE_PREFIX "2013:"

enum { POSITION_CONTROLS = 1000, POSITION_BEFORE = 2000 };

typedef struct {
    Call *call;
    const Content *content;
    ContentLoaded *loaded;
    Outcome *outcome;
} Load;

static bool load_goes_on(const Load *load)
{
    return load->outcome->kind == OUTCOME_DONE;
}

static json_t *fields_new(Load *load)
{
    return json_own(load->call->arena, json_object());
}

static void put(json_t *fields, const char *name, Str value)
{
    if (value.len > 0) json_object_set_new(fields, name, json_from_str(value));
}

static void put_number(json_t *fields, const char *name, int64_t value)
{
    json_object_set_new(fields, name, json_integer(value));
}

static bool load_do(Load *load, Request request, Err *err)
{
    return verb_apply(load->call, &request, load->outcome, err);
}

static bool load_make(Load *load, const Type *type, Str number, json_t *fields, Err *err)
{
    put(fields, "number", number);
    if (!load_do(load, (Request){ .type = type, .verb = STR("create"), .input = fields }, err)) return false;
    load->loaded->made += load_goes_on(load);
    return true;
}

static bool load_change(Load *load, Request request, Err *err)
{
    if (!load_do(load, request, err)) return false;
    load->loaded->changed += load_goes_on(load);
    return true;
}

/* By number alone: the clause "4" is not the record with the id 4. */
static bool load_find(Load *load, const Type *type, Str number, void *record, bool *found, Err *err)
{
    if (!record_find(load->call, type, number, record, found, err)) return false;
    *found = *found && str_eq(((RecordHead *)record)->number, number);
    return true;
}

/* ------------------------------------------------------------------------------------------------------- frameworks */

static json_t *framework_fields(Load *load, Str edition)
{
    const ContentFramework *framework = &load->content->framework;
    json_t *fields                    = fields_new(load);

    put(fields, "name", framework->name);
    put(fields, "edition", edition);
    put(fields, "owner", framework->owner);
    put(fields, "licence_note", framework->licence_note);
    put(fields, "version", STR(CONTENT_VERSION));
    return fields;
}

static bool load_framework(Load *load, Str number, json_t *fields, Err *err)
{
    if (!load_make(load, &framework_type, number, fields, err)) return false;
    if (!load_goes_on(load)) return true;
    return load_do(load, (Request){ .type = &framework_type, .verb = STR("activate"), .number = number }, err);
}

static bool load_retire_before(Load *load, Err *err)
{
    json_t *why = fields_new(load);

    put(why, "why", STR("Superseded by the edition of 2022; kept so that old references stay readable."));
    return load_do(
        load,
        (Request){
            .type = &framework_type, .verb = STR("retire"), .number = STR(CONTENT_FRAMEWORK_BEFORE), .input = why },
        err);
}

/* *is_new is false when this version is there already. */
static bool load_frameworks(Load *load, bool *is_new, Err *err)
{
    const ContentFramework *framework = &load->content->framework;
    Framework now;
    bool found;

    if (!load_find(load, &framework_type, STR(CONTENT_FRAMEWORK), &now, &found, err)) return false;
    *is_new = !found || !str_eq(now.version, STR(CONTENT_VERSION));
    if (!*is_new) return true;
    if (found) {
        json_t *version = fields_new(load);
        put(version, "version", STR(CONTENT_VERSION));
        return load_change(
            load,
            (Request){
                .type = &framework_type, .verb = STR("renew"), .number = STR(CONTENT_FRAMEWORK), .input = version },
            err);
    }
    json_t *fields = framework_fields(load, framework->edition);
    put(fields, "amendment", framework->amendment);
    if (!load_framework(load, STR(CONTENT_FRAMEWORK), fields, err)) return false;
    return !load_goes_on(load) ||
           load_framework(load, STR(CONTENT_FRAMEWORK_BEFORE), framework_fields(load, STR("2013")), err);
}

/* ------------------------------------------------------------------------------------------------------- references */

static bool load_requirement(Load *load, Str number, json_t *fields, Err *err)
{
    Requirement now;
    bool found;
    Str title = json_text(fields, "title");

    if (!load_find(load, &requirement_type, number, &now, &found, err)) return false;
    if (!found) return load_make(load, &requirement_type, number, fields, err);
    if (str_eq(now.title, title)) return true;
    json_t *change = fields_new(load);
    put(change, "title", title);
    put(change, "why", STR("New version of the built-in outline " CONTENT_VERSION));
    return load_change(
        load, (Request){ .type = &requirement_type, .verb = STR("edit"), .number = number, .input = change }, err);
}

static json_t *requirement_fields(Load *load, const char *framework, Str ref, Str title, int64_t position)
{
    json_t *fields = fields_new(load);

    put(fields, "framework", str_from_c(framework));
    put(fields, "ref", ref);
    put(fields, "title", title);
    put_number(fields, "position", position);
    return fields;
}

static bool load_clauses(Load *load, Err *err)
{
    for (size_t i = 0; i < load->content->clauses.len && load_goes_on(load); i++) {
        const ContentClause *clause = &load->content->clauses.at[i];
        json_t *fields = requirement_fields(load, CONTENT_FRAMEWORK, clause->ref, clause->title, (int64_t)i + 1);
        put(fields, "parent", clause->parent);
        put_number(fields, "level", clause->level);
        put(fields, "kind", content_clause_kind_name(clause->kind));
        put(fields, "documented", clause->documented_information);
        put(fields, "note", clause->note);
        if (!load_requirement(load, clause->ref, fields, err)) return false;
    }
    return true;
}

/* The line of the Statement of Applicability. What somebody has said there stays. */
static bool load_soa_line(Load *load, Str ref, Err *err)
{
    Control now;
    bool found;
    json_t *fields = fields_new(load);

    if (!load_find(load, &control_type, ref, &now, &found, err)) return false;
    if (found) return true;
    put(fields, "requirement", ref);
    json_object_set_new(fields, "applicable", json_true());
    put(fields, "implementation", STR("implemented"));
    return load_make(load, &control_type, ref, fields, err);
}

static bool load_controls(Load *load, Err *err)
{
    for (size_t i = 0; i < load->content->controls.len && load_goes_on(load); i++) {
        const ContentControl *control = &load->content->controls.at[i];
        json_t *fields =
            requirement_fields(load, CONTENT_FRAMEWORK, control->ref, control->title, POSITION_CONTROLS + (int64_t)i);
        put_number(fields, "level", 2);
        put(fields, "kind", STR("control"));
        put(fields, "theme", str_lower(load->call->arena, control->theme));
        if (!load_requirement(load, control->ref, fields, err)) return false;
        if (load_goes_on(load) && !load_soa_line(load, control->ref, err)) return false;
    }
    return true;
}

/* ------------------------------------------------------------------------------------------------------- the edition
 * before */

static Str ref_before(Load *load, Str ref)
{
    return str_fmt(load->call->arena, BEFORE_PREFIX "%.*s", STR_ARG(ref));
}

/* A reference that was split or merged stands in several pairs: it is made with the first. */
static bool load_ref_before(Load *load, const ContentMapping *pair, size_t position, Err *err)
{
    Str number     = ref_before(load, pair->ref_from);
    json_t *fields = requirement_fields(load, CONTENT_FRAMEWORK_BEFORE, pair->ref_from, pair->title_from,
                                        POSITION_BEFORE + (int64_t)position);

    put_number(fields, "level", 3);
    put(fields, "kind", STR("control"));
    return load_requirement(load, number, fields, err);
}

static bool load_pair(Load *load, const ContentMapping *pair, Err *err)
{
    json_t *fields = fields_new(load);
    Str number =
        str_fmt(load->call->arena, "%.*s:%.*s", STR_ARG(ref_before(load, pair->ref_from)), STR_ARG(pair->ref_to));
    Mapping now;
    bool found;

    if (!load_find(load, &mapping_type, number, &now, &found, err)) return false;
    if (found) return true;
    put(fields, "source", ref_before(load, pair->ref_from));
    put(fields, "target", pair->ref_to);
    put(fields, "relation",
        pair->relation == RELATION_RENAMED ? STR("renamed") : content_relation_name(pair->relation));
    put(fields, "origin", STR("built-in outline"));
    return load_make(load, &mapping_type, number, fields, err);
}

static bool load_mappings(Load *load, Err *err)
{
    for (size_t i = 0; i < load->content->mappings.len && load_goes_on(load); i++) {
        const ContentMapping *pair = &load->content->mappings.at[i];
        if (pair->relation == RELATION_NEW) continue;
        if (!load_ref_before(load, pair, i, err)) return false;
        if (load_goes_on(load) && !load_pair(load, pair, err)) return false;
    }
    return true;
}

/* ------------------------------------------------------------------------------------------------------- procedures */

static json_t *method_names(const ContentProcedure *procedure)
{
    json_t *names = json_array();

    for (unsigned bit = METHOD_REVIEW; bit <= METHOD_TEST; bit <<= 1) {
        if (procedure->methods & bit) json_array_append_new(names, json_from_str(content_method_name(bit)));
    }
    return names;
}

static json_t *procedure_fields(Load *load, const ContentProcedure *procedure, int64_t version)
{
    json_t *fields = fields_new(load);

    put(fields, "requirement", procedure->ref);
    put(fields, "title", procedure->objective);
    put(fields, "steps", str_join(load->call->arena, &procedure->steps, STR("\n")));
    json_object_set_new(fields, "methods", method_names(procedure));
    put(fields, "population", procedure->population);
    put(fields, "evidence_hint", procedure->typical_evidence);
    put_number(fields, "version", version);
    return fields;
}

static bool procedure_says(const Procedure *now, Load *load, const ContentProcedure *procedure)
{
    return str_eq(now->title, procedure->objective) &&
           str_eq(now->steps, str_join(load->call->arena, &procedure->steps, STR("\n")));
}

static bool load_procedure(Load *load, const ContentProcedure *procedure, Err *err)
{
    Procedure now;
    bool found;

    if (!load_find(load, &procedure_type, procedure->id, &now, &found, err)) return false;
    if (!found) {
        json_t *fields = procedure_fields(load, procedure, 1);
        put(fields, "origin", STR("built_in"));
        return load_make(load, &procedure_type, procedure->id, fields, err);
    }
    if (now.head.state != PLAIN_IN_USE || procedure_says(&now, load, procedure)) return true;
    json_t *change = procedure_fields(load, procedure, now.version.value + 1);
    put(change, "why", STR("New version of the built-in outline " CONTENT_VERSION));
    return load_change(
        load, (Request){ .type = &procedure_type, .verb = STR("edit"), .number = procedure->id, .input = change }, err);
}

static bool content_has_procedure(const Content *content, Str id)
{
    for (size_t i = 0; i < content->procedures.len; i++) {
        if (str_eq(content->procedures.at[i].id, id)) return true;
    }
    return false;
}

static bool load_end_procedures(Load *load, Err *err)
{
    ProcedureList list = { 0 };

    if (!record_list(load->call, &procedure_type, &list, STR("origin = 1 AND state = 1 ORDER BY id"), NO_BINDS, err))
        return false;
    for (size_t i = 0; i < list.len && load_goes_on(load); i++) {
        json_t *why = fields_new(load);
        if (content_has_procedure(load->content, list.at[i].head.number)) continue;
        put(why, "why", STR("Not in version " CONTENT_VERSION " of the built-in outline."));
        if (!load_do(load,
                     (Request){
                         .type = &procedure_type, .verb = STR("void"), .number = list.at[i].head.number, .input = why },
                     err))
            return false;
        load->loaded->ended += load_goes_on(load);
    }
    return true;
}

static bool load_procedures(Load *load, Err *err)
{
    for (size_t i = 0; i < load->content->procedures.len && load_goes_on(load); i++) {
        if (!load_procedure(load, &load->content->procedures.at[i], err)) return false;
    }
    return !load_goes_on(load) || load_end_procedures(load, err);
}

/* ------------------------------------------------------------------------------------------------------- all of it */

bool content_load(Call *call, const Content *content, ContentLoaded *loaded, Outcome *outcome, Err *err)
{
    Load load = { .call = call, .content = content, .loaded = loaded, .outcome = outcome };
    bool is_new, was_there;

    *loaded  = (ContentLoaded){ 0 };
    *outcome = (Outcome){ .kind = OUTCOME_DONE, .type = &framework_type };
    if (!load_frameworks(&load, &is_new, err)) return false;
    if (!is_new || !load_goes_on(&load)) return true;
    was_there = loaded->made == 0;
    if (!load_clauses(&load, err) || !load_controls(&load, err)) return false;
    if (!load_mappings(&load, err) || !load_procedures(&load, err)) return false;
    return was_there || !load_goes_on(&load) || load_retire_before(&load, err);
}
