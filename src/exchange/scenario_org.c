/* SPDX-License-Identifier: Apache-2.0
 * The organisation: what stands before the first step (sites, people, roles, outline of the standard, processes), and
 * what it records on dates of its own (documents, Statement of Applicability, people who leave). */
#include <assert.h>

#include "exchange/scenario_inside.h"
#include "org/content_files.h"
#include "org/content_load.h"
#include "org/password.h"
#include "record/verb.h"

/* ------------------------------------------------------------------------------------------------------- accounts */

bool scenario_accounts_prepare(Scenario *scenario, Err *err)
{
    Str password         = scenario->settings->password;
    const char *weakness = password.len > 0 ? password_weakness(password) : NULL;

    if (password.len == 0) return true;
    if (weakness != NULL)
        return err_set(err, ERR_USAGE, 0, .what = STR("cannot use this password"), .detail = str_from_c(weakness),
                       .hint = STR("Put another one into the file that --accounts names."));
    for (size_t i = 0; i < scenario->people.len; i++) {
        if (!password_hash(scenario->arena, password, &scenario->people.at[i].password, err)) return false;
    }
    return true;
}

static Str login_of(Str id)
{
    return str_starts(id, STR("p-")) ? str_slice(id, 2, id.len) : id;
}

/* The administrator makes the account; the person chooses the password, so that nobody is asked for another one. */
static bool make_account(Scenario *scenario, const ScenarioPerson *person, Err *err)
{
    Str admin = role_holder(scenario, "administrator"), login = login_of(person->id);
    json_t *account = input_new(scenario), *first = input_new(scenario), *chosen = input_new(scenario);

    if (person->password.len == 0) return true;
    input_text(account, "number", login);
    input_text(account, "person", person->id);
    input_text(first, "password", person->password);
    input_text(chosen, "password", person->password);
    input_text(chosen, "current", STR("right"));
    Deed deeds[] = {
        { .by = admin, .type = "account", .verb = "create", .input = account },
        { .by = admin, .type = "account", .verb = "set-password", .number = login, .input = first },
        { .by = person->id, .type = "account", .verb = "change-password", .number = login, .input = chosen },
    };
    for (size_t i = 0; i < countof(deeds); i++) {
        if (!scenario_do(scenario, &deeds[i], err)) return false;
    }
    return true;
}

static bool make_accounts(Scenario *scenario, Err *err)
{
    for (size_t i = 0; i < scenario->people.len; i++) {
        if (!make_account(scenario, &scenario->people.at[i], err)) return false;
    }
    scenario->result->first_login = login_of(role_holder(scenario, "programme_manager"));
    return true;
}

/* ------------------------------------------------------------------------------------------------------- the first
 * person */

static ScenarioPerson *person_at(Scenario *scenario, Str id)
{
    for (size_t i = 0; i < scenario->people.len; i++) {
        if (str_eq(scenario->people.at[i].id, id)) return &scenario->people.at[i];
    }
    return NULL;
}

static bool make_role(Scenario *scenario, Str by, Str person, const char *role, Err *err)
{
    json_t *input = input_new(scenario);

    input_text(input, "person", person);
    input_text(input, "role", str_from_c(role));
    input_text(input, "since", date_to_iso(scenario->arena, scenario->step->date));
    return scenario_do(scenario, &(Deed){ .by = by, .type = "role", .verb = "create", .input = input }, err);
}

static bool make_organisation(Scenario *scenario, Err *err)
{
    const json_t *company = json_object_get(scenario->file, "company");
    json_t *input         = input_of(scenario, company, "name product>about staff in_use_since");
    const json_t *site    = find_in(json_object_get(scenario->file, "sites"), "id", json_text(company, "site"));

    input_add(scenario, input, site, "zone");
    input_add(scenario, input, json_object_get(scenario->file, "certificate"), "standard>edition");
    return scenario_do(scenario, &(Deed){ .type = "organisation", .verb = "create", .input = input }, err);
}

/* As "init" does: the program makes the organisation and its first administrator, who makes the rest. */
static bool make_administrator(Scenario *scenario, Err *err)
{
    Str id               = role_holder(scenario, "administrator");
    const json_t *person = find_in(json_object_get(scenario->file, "people"), "id", id);
    json_t *input        = input_of(scenario, person, "id>number name");
    Deed deed            = { .type = "person", .verb = "create", .input = input };
    ScenarioPerson *one  = person_at(scenario, id);

    if (one == NULL) return form_fail(err, STR("roles.administrator"), STR("Somebody must administer."));
    if (!scenario_do(scenario, &deed, err)) return false;
    one->record = deed.id;
    return make_role(scenario, (Str){ 0 }, id, "administrator", err);
}

/* ------------------------------------------------------------------------------------------------------- in order of
 * dependence */

typedef bool MakeOne(Scenario *scenario, const json_t *item, Err *err);

/* Makes all items of a list of the file; an item that names another of the list by `key` after that one. */
static bool make_in_order(Scenario *scenario, const char *list_name, const char *key, MakeOne *make, Err *err)
{
    const json_t *list = json_object_get(scenario->file, list_name);
    json_t *made       = input_new(scenario);
    size_t left        = json_array_size(list);

    for (size_t before = left + 1; left > 0 && left < before;) {
        before = left;
        for (size_t i = 0; i < json_array_size(list); i++) {
            const json_t *item = json_array_get(list, i);
            const char *id     = json_string_value(json_object_get(item, "id"));
            const char *after  = json_string_value(json_object_get(item, key));
            if (json_object_get(made, id) != NULL || (after != NULL && json_object_get(made, after) == NULL)) continue;
            if (!make(scenario, item, err)) return err_context(err, "%s[%zu]", list_name, i);
            json_object_set_new(made, id, json_true());
            left--;
        }
    }
    if (left == 0) return true;
    return form_fail(err, str_from_c(list_name),
                     str_fmt(scenario->arena,
                             "By \"%s\" some of them depend on each other in a circle, or on one that is missing.",
                             key));
}

static bool make_site(Scenario *scenario, const json_t *site, Err *err)
{
    const json_t *named = json_object_get(json_object_get(scenario->file, "holidays"), json_text(site, "calendar").ptr);
    json_t *input       = input_of(scenario, site, "id>number name type>kind country zone");
    Str common = lines_of(scenario, named), own = lines_of(scenario, json_object_get(site, "holidays"));

    input_text(input, "holidays", str_trim(str_fmt(scenario->arena, "%.*s\n%.*s", STR_ARG(common), STR_ARG(own))));
    return scenario_do(
        scenario,
        &(Deed){ .by = role_holder(scenario, "administrator"), .type = "site", .verb = "create", .input = input }, err);
}

static bool make_unit(Scenario *scenario, const json_t *unit, Err *err)
{
    json_t *input = input_of(scenario, unit, "id>number name parent");
    return scenario_do(
        scenario,
        &(Deed){ .by = role_holder(scenario, "administrator"), .type = "unit", .verb = "create", .input = input }, err);
}

static bool make_person(Scenario *scenario, const json_t *person, Err *err)
{
    Str admin           = role_holder(scenario, "administrator");
    ScenarioPerson *one = person_at(scenario, json_text(person, "id"));
    json_t *input       = input_of(scenario, person,
                                   "name role>job unit site manager external>firm confidentiality_accepted joined mail");
    Deed deed           = { .by = admin, .type = "person", .verb = "create", .input = input };

    assert(one != NULL); /* the list of people was made from these */
    if (is_given(person, "external")) input_flag(input, "is_external", true);
    if (str_eq(one->id, admin)) {
        deed.verb = "edit", deed.number = one->id;
        return scenario_do(scenario, &deed, err);
    }
    input_text(input, "number", one->id);
    if (!scenario_do(scenario, &deed, err)) return false;
    one->record = deed.id;
    return true;
}

/* ------------------------------------------------------------------------------------------------------- roles */

static bool make_role_holders(Scenario *scenario, const char *role, Err *err)
{
    const json_t *people = json_object_get(json_object_get(scenario->file, "roles"), role);

    for (size_t i = 0; i < json_array_size(people); i++) {
        if (!make_role(scenario, role_holder(scenario, "administrator"), json_str(json_array_get(people, i)), role,
                       err))
            return false;
    }
    return true;
}

static bool make_roles(Scenario *scenario, Err *err)
{
    static const char *const roles[] = { "top_management", "programme_manager", "isms_manager", "coordinator" };

    for (size_t i = 0; i < countof(roles); i++) {
        if (!make_role_holders(scenario, roles[i], err)) return false;
    }
    return true;
}

/* Owners of risks may be limited to processes, so they come after those; "all" is no limit. */
static bool make_risk_owners(Scenario *scenario, Err *err)
{
    const json_t *owners = json_object_get(json_object_get(scenario->file, "roles"), "risk_owners");

    for (size_t i = 0; i < json_array_size(owners); i++) {
        const json_t *owner = json_array_get(owners, i);
        json_t *input       = input_of(scenario, owner, "person up_to");
        if (!list_has(json_object_get(owner, "scope"), STR("all"))) input_add(scenario, input, owner, "scope");
        input_text(input, "role", STR("risk_owner"));
        input_text(input, "since", date_to_iso(scenario->arena, scenario->step->date));
        Deed deed = { .by = role_holder(scenario, "administrator"), .type = "role", .verb = "create", .input = input };
        if (!scenario_do(scenario, &deed, err)) return err_context(err, "roles.risk_owners[%zu]", i);
    }
    return true;
}

/* ------------------------------------------------------------------------------------------------------- processes */

static bool make_parts(Scenario *scenario, const json_t *process, const char *list, const char *part, Err *err)
{
    const json_t *people = json_object_get(process, list);

    for (size_t i = 0; i < json_array_size(people); i++) {
        json_t *input = input_of(scenario, json_array_get(people, i), "person since until refs");
        input_add(scenario, input, process, "id>process");
        input_text(input, "part", str_from_c(part));
        Deed deed = {
            .by = role_holder(scenario, "isms_manager"), .type = "process_person", .verb = "create", .input = input
        };
        if (!scenario_do(scenario, &deed, err)) return err_context(err, "%s[%zu]", list, i);
    }
    return true;
}

static bool make_process(Scenario *scenario, const json_t *process, Err *err)
{
    json_t *input       = input_of(scenario, process, "id>number name owner deputy criticality refs sites");
    const json_t *owner = find_in(json_object_get(scenario->file, "people"), "id", json_text(process, "owner"));

    input_add(scenario, input, owner, "unit");
    input_flag(input, "in_scope", true);
    Deed deed = { .by = role_holder(scenario, "isms_manager"), .type = "process", .verb = "create", .input = input };
    return scenario_do(scenario, &deed, err) && make_parts(scenario, process, "operators", "operator", err) &&
           make_parts(scenario, process, "former_owners", "owner", err);
}

/* ------------------------------------------------------------------------------------------------------- the outline
 */

static bool load_content(Scenario *scenario, Err *err)
{
    ContentFiles files            = content_files_27001();
    const ScenarioPerson *manager = person_at(scenario, role_holder(scenario, "isms_manager"));
    ContentLoaded loaded;
    Content content;
    Outcome outcome;
    Call *call;

    if (manager == NULL) return form_fail(err, STR("roles.isms_manager"), STR("Somebody must manage the ISMS."));
    if (!content_read(scenario->arena, &files, &content, err)) return false;
    if (!call_as(scenario->base, manager->record, scenario->clock, &call, err)) return false;
    call->today = scenario->step->date;
    if (!content_load(call, &content, &loaded, &outcome, err)) return false;
    scenario->result->verbs += loaded.made;
    if (outcome.kind == OUTCOME_DONE) return true;
    return scenario_fail(scenario, outcome_title(call, &outcome), err);
}

static bool exclude_controls(Scenario *scenario, Err *err)
{
    const json_t *list = json_object_get(json_object_get(scenario->file, "soa"), "not_applicable");

    for (size_t i = 0; i < json_array_size(list); i++) {
        json_t *input = input_of(scenario, json_array_get(list, i), "reason>justification");
        input_flag(input, "applicable", false);
        Deed deed = { .by     = role_holder(scenario, "isms_manager"),
                      .type   = "control",
                      .verb   = "edit",
                      .number = json_text(json_array_get(list, i), "ref"),
                      .input  = input };
        if (!scenario_do(scenario, &deed, err)) return err_context(err, "soa.not_applicable[%zu]", i);
    }
    return true;
}

static bool make_certificate(Scenario *scenario, Err *err)
{
    const json_t *certificate = json_object_get(scenario->file, "certificate");
    json_t *input = input_of(scenario, certificate, "body decision issued expires standard scope soa_version");

    if (!json_is_object(certificate)) return true;
    input_text(input, "number", STR("CERT-1"));
    return scenario_do(
        scenario,
        &(Deed){ .by = role_holder(scenario, "isms_manager"), .type = "certificate", .verb = "create", .input = input },
        err);
}

static bool name_main_site(Scenario *scenario, Err *err)
{
    json_t *input = input_of(scenario, json_object_get(scenario->file, "company"), "site");
    return scenario_do(scenario,
                       &(Deed){ .by     = role_holder(scenario, "administrator"),
                                .type   = "organisation",
                                .verb   = "edit",
                                .number = STR("ORG-1"),
                                .input  = input },
                       err);
}

bool scenario_found(Scenario *scenario, Err *err)
{
    return make_organisation(scenario, err) && make_administrator(scenario, err) &&
           make_in_order(scenario, "sites", "", make_site, err) && name_main_site(scenario, err) &&
           make_in_order(scenario, "units", "parent", make_unit, err) &&
           make_in_order(scenario, "people", "manager", make_person, err) && make_roles(scenario, err) &&
           make_accounts(scenario, err) && load_content(scenario, err) &&
           make_in_order(scenario, "processes", "", make_process, err) && make_risk_owners(scenario, err) &&
           exclude_controls(scenario, err) && make_certificate(scenario, err) && scenario_found_auditors(scenario, err);
}

/* ------------------------------------------------------------------------------------------------------- on their
 * dates */

static bool step_document(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    json_t *input =
        input_of(scenario, step->entry, "number title version approver author refs process date>valid_from");
    return scenario_do(
        scenario,
        &(Deed){ .by = role_holder(scenario, "isms_manager"), .type = "document", .verb = "create", .input = input },
        err);
}

static bool change_control(Scenario *scenario, Str version, const json_t *change, Err *err)
{
    Str manager = role_holder(scenario, "isms_manager"), ref = json_text(change, "ref");
    json_t *edit = input_of(scenario, change, "after>implementation reason>why");
    json_t *kept = input_of(scenario, change, "ref>control before after reason");

    input_text(kept, "soa_version", version);
    Deed edited = { .by = manager, .type = "control", .verb = "edit", .number = ref, .input = edit };
    Deed made   = { .by = manager, .type = "soa_change", .verb = "create", .input = kept };
    return scenario_do(scenario, &edited, err) && scenario_do(scenario, &made, err);
}

static bool step_soa_version(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    const json_t *changes = json_object_get(step->entry, "changes");
    Str version           = json_text(step->entry, "version");
    json_t *input         = input_of(scenario, step->entry, "version>number date>dated");
    Deed made             = {
                    .by = role_holder(scenario, "isms_manager"), .type = "soa_version", .verb = "create", .input = input
    };
    Deed approved = {
        .by = json_text(step->entry, "approved_by"), .type = "soa_version", .verb = "approve", .number = version
    };

    if (!scenario_do(scenario, &made, err)) return false;
    for (size_t i = 0; i < json_array_size(changes); i++) {
        if (!change_control(scenario, version, json_array_get(changes, i), err))
            return err_context(err, "changes[%zu]", i);
    }
    return scenario_do(scenario, &approved, err);
}

static bool step_left(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    json_t *input = input_of(scenario, step->entry, "left>last_day");
    Deed deed     = { .by     = role_holder(scenario, "administrator"),
                      .type   = "person",
                      .verb   = "edit",
                      .number = json_text(step->entry, "id"),
                      .input  = input };
    return scenario_do(scenario, &deed, err);
}

static void enter_list(Scenario *scenario, const json_t *list, const char *name, const char *date, ScenarioRun *run)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *item = json_array_get(list, i);
        scenario_enter(scenario, &(ScenarioEntry){ .date  = json_object_get(item, date),
                                                   .rank  = RANK_MASTER,
                                                   .run   = run,
                                                   .entry = item,
                                                   .place = place_at(scenario, name, i) });
    }
}

void scenario_enter_organisation(Scenario *scenario)
{
    const json_t *file = scenario->file;

    enter_list(scenario, json_object_get(file, "documents"), "documents", "date", step_document);
    enter_list(scenario, json_object_get(json_object_get(file, "soa"), "versions"), "soa.versions", "date",
               step_soa_version);
    enter_list(scenario, json_object_get(file, "people"), "people", "left", step_left);
}
