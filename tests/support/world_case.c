/* SPDX-License-Identifier: Apache-2.0
 * The case, step by step. */
#include "world_case.h"

#include "action/action.h"
#include "action/analysis.h"
#include "action/effectiveness.h"
#include "action/extension.h"
#include "action/nonconformity.h"
#include "audit/evidence.h"
#include "org/person.h"

#define NC &nonconformity_type

static void reported(House *h)
{
    house_must(h, (Id){ 0 }, &person_type, "create", "", "{\"number\":\"p-eve\",\"name\":\"Eve Ende\"}");
    house_must(
        h, h->dan, NC, "register", "",
        "{\"source\":\"monitoring\",\"source_ref\":\"backup report 10\",\"title\":\"Main database not restored for 14 "
        "months\",\"criteria\":\"Backup standard 5: restore test each quarter; service promise: recovery within 4 "
        "hours, "
        "loss under 15 minutes.\",\"condition\":\"Last restore test of the main database was on 2025-02-18. The test "
        "job had "
        "been off since the March 2025 migration.\\nNo test ever measured data loss.\",\"evidence_text\":\"Job "
        "scheduler "
        "history, restore log, impact analysis v3\",\"effect\":\"Contract promises to 46 hospitals unproven; recovery "
        "failure "
        "would be severe.\",\"process\":\"PR-01\",\"refs\":[\"A.8.13\"]}");
    house_must(h, h->ada, NC, "confirm", "F-001", "{\"kind\":\"major_nc\",\"significance\":\"high\"}");
    house_must(h, h->ben, NC, "acknowledge", "F-001", "");
    house_must(
        h, h->ben, NC, "correct", "F-001",
        "{\"kind\":\"redo\",\"text\":\"Manual restore succeeded in 6 h 40 min: over the promise of 4 h. Promise at "
        "risk recorded as R-036.\",\"done_on\":\"2026-11-16\",\"consequences\":\"46 hospitals not informed, no restore "
        "was needed in the 14 months; decision by Cleo Chief, reason on file.\"}");
    house_must(h, h->ben, NC, "start-analysis", "F-001", "{\"extent\":\"1 of 12 backup sets of tier 1; 14 months\"}");
    house_must(
        h, h->ben, NC, "analyse", "F-001",
        "{\"method\":\"fault_tree\",\"team\":[\"p-ben\",\"p-eve\"],\"problem\":\"No valid restore test of the main "
        "database\",\"detection_gap\":\"the monthly report counted backups made, not restores proven\"}");
}

static void box(House *h, const char *text, const char *under, const char *gate, const char *evidence)
{
    Arena *arena = h->t->arena;
    Str parent   = under[0] != '\0' ? str_fmt(arena, ",\"parent\":\"%s\"", under) : (Str){ 0 };
    Str of_gate  = gate[0] != '\0' ? str_fmt(arena, ",\"gate\":\"%s\"", gate) : (Str){ 0 };
    Str json =
        str_fmt(arena,
                "{\"nonconformity\":\"F-001\",\"analysis\":\"AN-001-1\",\"kind\":\"event\",\"text\":\"%s\"%.*s%.*s,"
                "\"evidence_text\":\"%s\",\"confirmed\":%s}",
                text, STR_ARG(parent), STR_ARG(of_gate), evidence, evidence[0] != '\0' ? "true" : "false");
    house_must(h, h->ben, &cause_type, "create", "", str_to_c(arena, json));
}

static void root(House *h, const char *text, const char *category, const char *evidence)
{
    Str json = str_fmt(
        h->t->arena,
        "{\"nonconformity\":\"F-001\",\"text\":\"%s\",\"category\":\"%s\",\"level\":\"root\",\"confirmed\":true,"
        "\"evidence_text\":\"%s\"}",
        text, category, evidence);
    house_must(h, h->ben, &root_cause_type, "create", "", str_to_c(h->t->arena, json));
}

static void action(House *h, const char *text, const char *against, const char *owner, const char *due,
                   const char *proof)
{
    Str json =
        str_fmt(h->t->arena,
                "{\"nonconformity\":\"F-001\",\"text\":\"%s\",\"kind\":\"correct_cause\",\"root_cause\":\"F-001/%s\","
                "\"owner\":\"%s\",\"due\":\"%s\",\"resources\":\"5 days\",\"expected_proof\":\"%s\"}",
                text, against, owner, due, proof);
    house_must(h, h->ben, &action_type, "create", "", str_to_c(h->t->arena, json));
}

static void analysed(House *h)
{
    box(h, "Restore test of the main database missing", "", "AND", "scheduler history");
    box(h, "Test job disabled during the migration and not switched on again", "BOX-001-1", "",
        "scheduler history, 14 Mar 2025");
    box(h, "Migration checklist has no line for scheduled jobs", "BOX-001-2", "", "checklist v7");
    box(h, "No alarm when a success is missing", "BOX-001-1", "", "alarm rules fire on failure only");
    box(h, "Owner left without handover", "BOX-001-1", "", "service catalogue, owner field empty");
    box(h, "Backup sets are not part of the catalogue, so nobody missed an owner", "BOX-001-5", "", "");
    root(h, "Migration checklist has no line for scheduled jobs", "change_not_assessed", "checklist v7");
    root(h, "No alarm when a success is missing", "monitoring_missing", "alarm rules fire on failure only");
    root(h, "Owner left without handover", "handover_gap", "service catalogue, owner field empty");
    house_must(h, h->ben, &similar_search_type, "create", "",
               "{\"nonconformity\":\"F-001\",\"dimension\":\"other_systems\",\"searched\":\"11 other backup sets: 2 "
               "had no test "
               "in 6 months; brought into CA-001-1 and CA-001-4\",\"found\":2}");
    house_must(
        h, h->ben, &similar_search_type, "create", "",
        "{\"nonconformity\":\"F-001\",\"dimension\":\"earlier_nonconformities\",\"searched\":\"36 months, 5 points or "
        "more\",\"found\":0}");
    house_must(h, h->ben, NC, "similar-check", "F-001", "{\"found\":true}");
}

void the_restore_case_planned(House *h)
{
    reported(h);
    analysed(h);
    action(h, "Automated quarterly restore with measured time and loss", "R1", "p-ben", "2027-01-29",
           "job run with figures");
    action(h, "Alarm when no success in 35 days", "R2", "p-ben", "2027-01-29", "test alarm");
    action(h, "Faster recovery design by promotion of the replica", "R1", "p-eve", "2027-02-12", "design and one run");
    action(h, "Ownership of all 12 backup sets in the service catalogue", "R3", "p-ben", "2027-01-15",
           "catalogue export");
}

static void claimed(House *h, Id who, const char *number, const char *proof)
{
    Arena *arena = h->t->arena;
    Date today   = zone_date(h->app->zone, h->t->world.fixed_now);
    Str day      = date_to_iso(arena, today);

    house_must(
        h, who, &evidence_type, "create", "",
        str_to_c(arena,
                 str_fmt(arena, "{\"title\":\"%s\",\"kind\":\"record\",\"action\":\"%s\",\"fact_date\":\"%.*s\"}",
                         proof, number, STR_ARG(day))));
    house_must(h, who, &action_type, "claim-done", number,
               str_to_c(arena, str_fmt(arena, "{\"done_on\":\"%.*s\"}", STR_ARG(day))));
}

void the_restore_case_under_way(House *h)
{
    the_restore_case_planned(h);
    days_pass(h, 2);
    house_must(h, h->ben, NC, "submit-plan", "F-001",
               "{\"criterion\":\"two quarterly tests in a row within 4 hours and 15 minutes for all tier 1 sets\","
               "\"criterion_data\":\"restore log with measured time and loss\",\"wait_days\":90,\"min_occurrences\":2,"
               "\"reviewer\":\"p-cleo\"}");
    house_must(h, h->ada, NC, "approve-plan", "F-001", "{}");
    days_pass(h, 20);
    claimed(h, h->ben, "CA-001-4", "Catalogue export");
    house_must(h, h->ben, &extension_type, "create", "",
               "{\"nonconformity\":\"F-001\",\"step\":\"action\",\"action\":\"CA-001-3\",\"reason\":\"the vendor ships "
               "the fix in "
               "March\",\"interim\":\"weekly restore by hand\",\"new_due\":\"2027-03-19\"}");
    house_must(h, h->ada, &extension_type, "grant", "EX-001-1", "{}");
    days_pass(h, 10);
    claimed(h, h->ben, "CA-001-2", "Test alarm");
    claimed(h, h->ben, "CA-001-1", "Job run of 18 December");
}

static void isms_answer(House *h, const char *part, const char *before, const char *after)
{
    Str json = str_fmt(h->t->arena, "{\"nonconformity\":\"F-001\",\"what\":\"%s\",\"before\":\"%s\",\"after\":\"%s\"}",
                       part, before, after);
    house_must(h, h->ben, &isms_change_type, "create", "", str_to_c(h->t->arena, json));
}

void the_restore_case_waiting(House *h)
{
    Id eve;

    the_restore_case_under_way(h);
    Answer answer = house_ask(h, h->ada, (Ask){ .kind = ASK_SHOW, .type = STR("person"), .number = STR("p-eve") });
    eve           = (Id){ json_integer_value(json_object_get(answer.body, "id")) };
    claimed(h, eve, "CA-001-3", "Design and first run");
    house_must(h, h->dan, NC, "fail-verification", "F-001",
               "{\"returned\":[\"CA-001-1\"],\"method\":\"re_performed\",\"reason\":\"test of one set missing\"}");
    days_pass(h, 9);
    claimed(h, h->ben, "CA-001-1", "Job run of all 12 sets");
    house_must(h, h->dan, NC, "verify", "F-001",
               "{\"method\":\"re_performed\",\"evidence_text\":\"Restore in 3 h 05 min, loss 4 "
               "min.\",\"with_expert\":\"p-ada\"}");
    isms_answer(h, "risk", "not in the register", "recovery promise at risk, high; to be lowered after closing");
    isms_answer(h, "soa", "implemented", "no change");
    isms_answer(h, "policy", "test each quarter", "test each quarter, time and loss measured, alarm at 35 days");
    isms_answer(h, "procedure", "continuity plan version 3", "version 4, restore times measured");
}
