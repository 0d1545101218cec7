/* SPDX-License-Identifier: Apache-2.0
 * Bringing a case to where a test begins. */
#include "world_action.h"

#include "action/action.h"
#include "action/analysis.h"
#include "action/nonconformity.h"
#include "audit/evidence.h"
#include "catalogue.h"
#include "org/framework.h"
#include "org/process.h"
#include "org/requirement.h"
#include "org/role.h"

static Arena *house_arena;

/* Before any test: house_catalogue must be set when the first house is set up. */
__attribute__((constructor)) static void action_house_open(void)
{
    house_arena     = arena_open((size_t)1 << 20);
    house_catalogue = catalogue_open(house_arena);
}

__attribute__((destructor)) static void action_house_close(void)
{
    arena_close(house_arena);
}

static void role(House *h, const char *person, const char *name)
{
    Str json = str_fmt(h->t->arena, "{\"person\":\"%s\",\"role\":\"%s\",\"since\":\"2020-01-01\"}", person, name);
    house_must(h, (Id){ 0 }, &role_type, "create", "", str_to_c(h->t->arena, json));
}

void action_begin(House *h)
{
    role(h, "p-ada", "coordinator");
    role(h, "p-ada", "isms_manager");
    role(h, "p-dan", "programme_manager");
    house_must(h, h->ada, &framework_type, "create", "",
               "{\"number\":\"ISO27001-2022\",\"name\":\"ISO/IEC 27001\",\"edition\":\"2022\"}");
    house_must(h, h->ada, &requirement_type, "create", "",
               "{\"number\":\"A.8.13\",\"framework\":\"ISO27001-2022\",\"ref\":\"A.8.13\",\"title\":\"Information "
               "backup\",\"kind\":\"control\"}");
    house_must(h, h->ada, &process_type, "create", "",
               "{\"number\":\"PR-01\",\"name\":\"Operate\",\"owner\":\"p-ben\",\"criticality\":\"high\",\"refs\":[\"A."
               "8.13\"]}");
}

void a_case_assigned(House *h, const char *kind)
{
    house_must(
        h, h->dan, &nonconformity_type, "register", "",
        "{\"source\":\"staff_report\",\"source_ref\":\"mail of 12 November\",\"title\":\"Backups are not restored\","
        "\"condition\":\"3 of 8 sets had no restore test in 2026.\",\"criteria\":\"Backup standard "
        "5\",\"process\":\"PR-01\","
        "\"refs\":[\"A.8.13\"]}");
    Str json = str_fmt(h->t->arena, "{\"kind\":\"%s\",\"significance\":\"medium\"}", kind);
    house_must(h, h->ada, &nonconformity_type, "confirm", "F-001", str_to_c(h->t->arena, json));
}

void a_case_in_analysis(House *h, const char *kind)
{
    a_case_assigned(h, kind);
    house_must(h, h->ben, &nonconformity_type, "acknowledge", "F-001", "");
    house_must(h, h->ben, &nonconformity_type, "correct", "F-001",
               "{\"kind\":\"redo\",\"text\":\"Restored by hand.\",\"done_on\":\"2026-11-16\",\"consequences\":\"none, "
               "because nothing was lost\"}");
    house_must(h, h->ben, &nonconformity_type, "start-analysis", "F-001", "{\"extent\":\"3 of 8 sets\"}");
}

void a_case_planned(House *h, const char *kind)
{
    a_case_in_analysis(h, kind);
    house_must(h, h->ben, &nonconformity_type, "analyse", "F-001",
               "{\"method\":\"five_whys\",\"problem\":\"Restores are not tested\"}");
    house_must(h, h->ben, &root_cause_type, "create", "",
               "{\"nonconformity\":\"F-001\",\"text\":\"No alarm when a restore test is "
               "missing\",\"category\":\"monitoring_missing\","
               "\"level\":\"root\",\"confirmed\":true,\"evidence_text\":\"alarm rules\"}");
    house_must(
        h, h->ben, &similar_search_type, "create", "",
        "{\"nonconformity\":\"F-001\",\"dimension\":\"other_systems\",\"searched\":\"11 other sets\",\"found\":0}");
    house_must(h, h->ben, &nonconformity_type, "similar-check", "F-001", "{\"found\":false}");
    house_must(
        h, h->ben, &action_type, "create", "",
        "{\"nonconformity\":\"F-001\",\"text\":\"Alarm after 35 days without a "
        "test\",\"kind\":\"detect_earlier\",\"root_cause\":\"F-001/R1\","
        "\"owner\":\"p-ben\",\"due\":\"2026-12-31\",\"resources\":\"3 days\",\"expected_proof\":\"test alarm\"}");
}

void a_case_in_progress(House *h, const char *kind)
{
    a_case_planned(h, kind);
    house_must(
        h, h->ben, &nonconformity_type, "submit-plan", "F-001",
        "{\"criterion\":\"no set without a test in 90 days\",\"criterion_data\":\"scheduler history\",\"wait_days\":90,"
        "\"min_occurrences\":2,\"reviewer\":\"p-cleo\"}");
    house_must(h, h->ada, &nonconformity_type, "approve-plan", "F-001", "{}");
}

void a_case_implemented(House *h, const char *kind)
{
    a_case_in_progress(h, kind);
    house_must(h, h->ben, &evidence_type, "create", "",
               "{\"title\":\"Test alarm\",\"kind\":\"record\",\"action\":\"CA-001-1\",\"fact_date\":\"2026-11-16\"}");
    house_must(h, h->ben, &action_type, "claim-done", "CA-001-1", "{\"done_on\":\"2026-11-16\"}");
}

void a_case_monitoring(House *h, const char *kind)
{
    a_case_implemented(h, kind);
    house_must(h, h->dan, &nonconformity_type, "verify", "F-001",
               "{\"method\":\"re_performed\",\"evidence_text\":\"alarm came after 35 days\"}");
}

void days_pass(House *h, int64_t days)
{
    h->t->world.fixed_now = time_add_seconds(h->t->world.fixed_now, days * 86400);
}
