/* SPDX-License-Identifier: Apache-2.0
 * Form 2 of a scenario file, key by key, innermost parts first. Verbs stand at the end of the parts that have a
 * history. */
#include "exchange/scenario_form.h"

/* clang-format off */
#define T(name)            { name, FORM_TEXT, 0, NULL, NULL }
#define TS(name)           { name, FORM_TEXT, FORM_LIST, NULL, NULL }
#define D(name)            { name, FORM_DAY, 0, NULL, NULL }
#define N(name)            { name, FORM_COUNT, 0, NULL, NULL }
#define Y(name)            { name, FORM_YES_NO, 0, NULL, NULL }
#define P(name)            { name, FORM_PERSON, 0, NULL, NULL }
#define PS(name)           { name, FORM_PERSON, FORM_LIST, NULL, NULL }
#define W(name, words)     { name, FORM_WORD, 0, words, NULL }
#define WS(name, words)    { name, FORM_WORD, FORM_LIST, words, NULL }
#define O(name, form)      { name, FORM_PART, 0, NULL, &(form) }
#define OS(name, form)     { name, FORM_PART, FORM_LIST, NULL, &(form) }
#define CLOCK(name)        { name, FORM_CLOCK, 0, NULL, NULL }
#define ANY(name)          { name, FORM_ANY, 0, NULL, NULL }
#define NEED(name, kind)   { name, kind, FORM_NEEDED, NULL, NULL }
#define NEEDW(name, words) { name, FORM_WORD, FORM_NEEDED, words, NULL }

#define LEVELS        "low medium high critical"
#define YES_PARTLY_NO "yes partly no"
#define HELD          "on_site remote hybrid"
#define METHODS       "review interview observe test"
#define KINDS_        "major_nc minor_nc observation ofi good_practice conformity"
#define STEPS_        "acknowledge correction analysis action verification effectiveness"

/* ------------------------------------------------------------------------------------------------------- organisation */

static const FormKey certificate_short_keys[] = { T("body"), D("issued"), D("expires") };
static const Form certificate_short = FORM_OF(certificate_short_keys);
static const FormKey company_keys[] = {
    NEED("name", FORM_TEXT), T("product"), N("staff"), TS("sites"), T("hosting"), O("certificate", certificate_short), NEED("site", FORM_TEXT), D("in_use_since"),
};
static const Form company = FORM_OF(company_keys);

static const FormKey risk_owner_keys[] = { NEED("person", FORM_PERSON), W("up_to", LEVELS), TS("scope") };
static const Form risk_owner = FORM_OF(risk_owner_keys);
static const FormKey roles_keys[] = {
    PS("top_management"), PS("programme_manager"), PS("isms_manager"), PS("coordinator"), PS("administrator"), OS("risk_owners", risk_owner),
};
static const Form roles_form = FORM_OF(roles_keys);

static const FormKey site_keys[] = {
    NEED("id", FORM_TEXT), NEED("name", FORM_TEXT), NEEDW("type", "office home data_centre hospital cloud_or_virtual"), T("country"), NEED("zone", FORM_TEXT), T("calendar"),
    { "holidays", FORM_DAY, FORM_LIST, NULL, NULL },
};
static const Form site = FORM_OF(site_keys);
static const FormKey unit_keys[] = { NEED("id", FORM_TEXT), NEED("name", FORM_TEXT), T("parent") };
static const Form unit = FORM_OF(unit_keys);
static const FormKey person_keys[] = {
    NEED("id", FORM_TEXT), NEED("name", FORM_TEXT), T("role"), T("department"), T("unit"), NEED("site", FORM_TEXT), P("manager"), T("external"), D("confidentiality_accepted"),
    D("joined"), D("left"), T("mail"),
};
static const Form person = FORM_OF(person_keys);
static const FormKey operator_keys[] = { NEED("person", FORM_PERSON), D("since"), D("until"), TS("refs") };
static const Form operator_ = FORM_OF(operator_keys);
static const FormKey process_keys[] = {
    NEED("id", FORM_TEXT), NEED("name", FORM_TEXT), NEED("owner", FORM_PERSON), P("deputy"), NEEDW("criticality", LEVELS), TS("refs"), TS("sites"), OS("operators", operator_),
    OS("former_owners", operator_),
};
static const Form process = FORM_OF(process_keys);
static const FormKey document_keys[] = {
    NEED("number", FORM_TEXT), NEED("title", FORM_TEXT), NEED("version", FORM_TEXT), P("approver"), NEED("date", FORM_DAY), P("author"), TS("refs"), T("process"),
};
static const Form document = FORM_OF(document_keys);

#define STATUSES "not_implemented partly_implemented implemented"
static const FormKey soa_change_keys[] = { NEED("ref", FORM_TEXT), W("before", STATUSES), W("after", STATUSES), NEED("reason", FORM_TEXT) };
static const Form soa_change = FORM_OF(soa_change_keys);
static const FormKey soa_version_keys[] = { NEED("version", FORM_TEXT), NEED("date", FORM_DAY), NEED("approved_by", FORM_PERSON), OS("changes", soa_change) };
static const Form soa_version = FORM_OF(soa_version_keys);
static const FormKey excluded_keys[] = { NEED("ref", FORM_TEXT), NEED("reason", FORM_TEXT) };
static const Form excluded = FORM_OF(excluded_keys);
static const FormKey soa_keys[] = { OS("versions", soa_version), OS("not_applicable", excluded), W("default_status", STATUSES) };
static const Form soa = FORM_OF(soa_keys);
static const FormKey visit_keys[] = { T("audit"), NEEDW("stage", "stage_1 stage_2 surveillance_1 surveillance_2 recertification special") };
static const Form visit = FORM_OF(visit_keys);
static const FormKey certificate_keys[] = {
    NEED("body", FORM_TEXT), D("decision"), D("issued"), D("expires"), T("standard"), T("scope"), T("soa_version"), OS("visits", visit),
};
static const Form certificate = FORM_OF(certificate_keys);

/* ------------------------------------------------------------------------------------------------------- auditors, programme */

#define QUALIFICATIONS "lead auditor in_training expert"
static const FormKey proof_of_competence_keys[] = { NEEDW("kind", "course record practice test"), NEED("title", FORM_TEXT), NEED("date", FORM_DAY), D("filed_on") };
static const Form proof_of_competence = FORM_OF(proof_of_competence_keys);
static const FormKey evaluation_keys[] = {
    NEED("date", FORM_DAY), NEED("by", FORM_PERSON), WS("methods", "records_review feedback interview observation test review_after_audit"),
    NEEDW("result", "qualified with_conditions not_qualified"), T("audit"),
};
static const Form evaluation = FORM_OF(evaluation_keys);
static const FormKey earlier_keys[] = { NEEDW("qualification", QUALIFICATIONS), NEED("since", FORM_DAY), NEED("to", FORM_DAY) };
static const Form earlier = FORM_OF(earlier_keys);
static const FormKey limit_keys[] = { T("process"), TS("refs"), T("rule") };
static const Form limit = FORM_OF(limit_keys);
static const FormKey auditor_keys[] = {
    NEED("person", FORM_PERSON), NEEDW("qualification", QUALIFICATIONS), NEED("since", FORM_DAY), D("valid_to"), TS("subjects"), N("audits_before"), N("audits"), N("audits_needed"),
    OS("evidence", proof_of_competence), OS("evaluations", evaluation), OS("history", earlier), TS("missing_evaluations"), OS("limits", limit), TS("disclosures"),
};
static const Form auditor = FORM_OF(auditor_keys);

static const FormKey objective_keys[] = { NEED("text", FORM_TEXT), T("measure") };
static const Form objective = FORM_OF(objective_keys);
static const FormKey programme_risk_keys[] = { NEED("text", FORM_TEXT), NEEDW("kind", "risk opportunity"), W("rating", LEVELS), T("treatment"), P("owner") };
static const Form programme_risk = FORM_OF(programme_risk_keys);
static const FormKey signed_keys[] = { NEED("date", FORM_DAY), NEED("by", FORM_PERSON) };
static const Form signed_ = FORM_OF(signed_keys);
static const FormKey programme_version_keys[] = {
    NEED("version", FORM_COUNT), { "submitted", FORM_PART, FORM_NEEDED, NULL, &signed_ }, { "approved", FORM_PART, FORM_NEEDED, NULL, &signed_ }, NEED("activated", FORM_DAY), T("note"),
};
static const Form programme_version = FORM_OF(programme_version_keys);
static const FormKey line_keys[] = {
    NEED("id", FORM_TEXT), NEED("title", FORM_TEXT), TS("processes"), TS("refs"), N("interval_months"), W("criticality", LEVELS), TS("audits"), WS("methods", METHODS),
    T("rationale"), N("since_version"),
};
static const Form line = FORM_OF(line_keys);
static const FormKey programme_keys[] = {
    NEED("id", FORM_TEXT), NEED("title", FORM_TEXT), { "period", FORM_DAY, FORM_LIST | FORM_NEEDED, NULL, NULL }, T("cycle"), NEED("manager", FORM_PERSON), P("deputy"),
    NEED("approver", FORM_PERSON), OS("objectives", objective), OS("risks", programme_risk), WS("methods_allowed", HELD), N("notice_days"), N("report_days"), PS("receivers"),
    OS("versions", programme_version), OS("lines", line),
};
static const Form programme = FORM_OF(programme_keys);

/* ------------------------------------------------------------------------------------------------------- audits */

static const FormKey member_keys[] = { NEED("person", FORM_PERSON), NEEDW("role", "auditor in_training expert observer guide"), P("supervisor") };
static const Form member = FORM_OF(member_keys);
static const FormKey assignment_keys[] = { NEED("person", FORM_PERSON), TS("refs") };
static const Form assignment = FORM_OF(assignment_keys);
static const FormKey fact_keys[] = { T("rule"), T("action"), T("process"), T("document"), TS("refs"), T("text") };
static const Form fact = FORM_OF(fact_keys);
static const FormKey declaration_keys[] = {
    NEED("person", FORM_PERSON), NEED("date", FORM_DAY), NEEDW("result", "clear conflict_managed refused"), T("disclosed"), OS("facts", fact), T("measure"), P("answered_by"),
};
static const Form declaration = FORM_OF(declaration_keys);
static const FormKey override_keys[] = {
    NEEDW("rule", "G-01 G-02 G-04 G-06 G-07 G-08"), NEED("person", FORM_PERSON), TS("refs"), TS("facts"), NEED("reason", FORM_TEXT), NEED("measure", FORM_TEXT), P("asked_by"),
    NEED("approved_by", FORM_PERSON), NEED("date", FORM_DAY),
};
static const Form override = FORM_OF(override_keys);
static const FormKey answer_keys[] = {
    NEEDW("rule", "G-02"), NEED("person", FORM_PERSON), TS("facts"), NEED("reason", FORM_TEXT), NEED("measure", FORM_TEXT), NEED("answered_by", FORM_PERSON), NEED("date", FORM_DAY),
};
static const Form answer = FORM_OF(answer_keys);
static const FormKey refused_keys[] = { NEED("person", FORM_PERSON), NEED("date", FORM_DAY), NEED("by", FORM_PERSON), NEED("rule", FORM_TEXT), TS("facts"), P("replaced_by"), TS("refs") };
static const Form refused = FORM_OF(refused_keys);
static const FormKey parts_keys[] = {
    T("objectives"), T("scope"), T("client"), T("team"), T("dates_places"), T("criteria"), T("conclusions"), T("criteria_met"), T("differing_views"), T("sampling_statement"),
    T("not_covered"), T("independence"), T("next_steps"),
};
static const Form parts = FORM_OF(parts_keys);
static const FormKey sampling_keys[] = { T("id"), T("population"), N("size"), T("method"), N("n"), N("deviations"), N("seed") };
static const Form sampling = FORM_OF(sampling_keys);
static const FormKey receipt_keys[] = { NEED("to", FORM_PERSON), NEED("sent", FORM_DAY), D("opened"), D("acknowledged") };
static const Form receipt = FORM_OF(receipt_keys);
static const FormKey report_keys[] = {
    T("number"), T("version"), P("author"), P("approver"), D("issued"), O("parts", parts), TS("findings"), OS("sampling", sampling), OS("distribution", receipt),
};
static const Form report = FORM_OF(report_keys);

static const FormKey audit_step_keys[] = {
    NEED("date", FORM_DAY), NEED("by", FORM_PERSON), NEED("verb", FORM_TEXT), CLOCK("at"), P("lead"), P("contact"), T("channel"), Y("information"), Y("cooperation"), Y("time"),
    W("result", "clear conflict_managed refused"), ANY("version"), PS("accepted_by"), N("notice_days"), PS("notice_waived_by"), T("reason"),
    W("meeting", "opening daily team closing"), PS("present"), P("author"), T("number"), PS("to"), T("lessons"), Y("evaluations"), T("note"),
    { "new_window", FORM_DAY, FORM_LIST, NULL, NULL }, T("report"), D("report_date"), T("outcome"),
};
static const FormVerb audit_verbs[] = {
    { "initiate", "lead contact channel", "" },        { "confirm_feasible", "information cooperation time", "" },
    { "declare", "", "result" },                       { "agree_plan", "accepted_by", "version notice_days notice_waived_by" },
    { "change_plan", "reason", "version" },            { "open", "", "meeting present" },
    { "stop_early", "reason", "" },                    { "report", "", "" },
    { "finish", "", "meeting present" },               { "issue_report", "", "author number version" },
    { "distribute", "to", "" },                        { "start_follow_up", "", "" },
    { "close", "", "lessons evaluations note" },       { "postpone", "reason", "new_window" },
    { "cancel", "reason", "new_window" },              { "record_external", "note", "" },
    { "record_external_result", "report report_date", "" },
};
static const Form audit_step = FORM_STEPS(audit_step_keys, audit_verbs, "date by verb at");

#define AUDIT_STATES "PLANNED INITIATED PREPARING PLAN_AGREED FIELDWORK REPORTING REPORT_ISSUED FOLLOW_UP CLOSED POSTPONED CANCELLED TERMINATED"
static const FormKey audit_keys[] = {
    NEED("id", FORM_TEXT), NEEDW("kind", "internal follow_up special supplier certification_body other_external"), NEED("title", FORM_TEXT), NEED("start", FORM_DAY),
    NEED("end", FORM_DAY), W("method", HELD), P("lead"), T("external_lead"), OS("team", member), TS("scope_refs"), NEEDW("status", AUDIT_STATES), T("rationale"), TS("processes"),
    TS("sites"), P("client"), P("report_approver"), P("auditee_contact"), TS("criteria"), TS("objectives"), OS("assignments", assignment), OS("declarations", declaration),
    OS("overrides", override), OS("answers", answer), OS("refused_proposals", refused), TS("covered_refs"), Y("held_before"), Y("single_auditor"), O("report", report), TS("missing"),
    W("staffing", "proposed"), OS("history", audit_step),
};
static const Form audit = FORM_OF(audit_keys);

/* ------------------------------------------------------------------------------------------------------- findings */

static const FormKey proof_keys[] = { NEED("title", FORM_TEXT), W("type", "document record screenshot data_extract photograph observation statement seen_not_copied"), D("fact_date"), T("undated_reason") };
static const Form proof = FORM_OF(proof_keys);
static const FormKey grading_keys[] = { Y("element_missing"), Y("serious_doubt"), Y("several_minors"), Y("earlier_not_effective"), T("reason") };
static const Form grading = FORM_OF(grading_keys);
static const FormKey planned_keys[] = { NEED("text", FORM_TEXT), NEED("on", FORM_DAY) };
static const Form planned = FORM_OF(planned_keys);

static const FormKey why_keys[] = { NEED("n", FORM_COUNT), N("parent"), NEED("answer", FORM_TEXT), T("evidence") };
static const Form why = FORM_OF(why_keys);
static const FormKey branch_cause_keys[] = { NEED("text", FORM_TEXT), Y("confirmed"), N("votes"), T("evidence") };
static const Form branch_cause = FORM_OF(branch_cause_keys);
static const FormKey branch_keys[] = { NEEDW("branch", "people method technology material measurement environment management supplier"), OS("causes", branch_cause) };
static const Form branch = FORM_OF(branch_keys);
static const Form event;
static const FormKey event_keys[] = { NEED("event", FORM_TEXT), W("gate", "AND OR"), T("evidence"), Y("confirmed"), OS("children", event) };
static const Form event = FORM_OF(event_keys);
static const FormKey barrier_keys[] = { NEED("barrier", FORM_TEXT), T("meant_to"), ANY("existed"), ANY("worked"), T("why_not"), T("evidence") };
static const Form barrier = FORM_OF(barrier_keys);
static const FormKey structure_keys[] = {
    OS("whys", why), T("depth_reason"), OS("branches", branch), T("top"), W("gate", "AND OR"), OS("children", event), T("hazard"), T("target"), OS("barriers", barrier),
};
static const Form structure = FORM_OF(structure_keys);
#define CATEGORIES "rule_unclear rule_unknown rule_unworkable control_missing_in_tool tool_failure handover_gap resource competence supplier change_not_assessed monitoring_missing design"
static const FormKey root_cause_keys[] = {
    NEED("id", FORM_TEXT), NEED("text", FORM_TEXT), NEEDW("category", CATEGORIES), NEEDW("level", "direct contributing root"), Y("confirmed"), T("evidence"),
};
static const Form root_cause = FORM_OF(root_cause_keys);
static const FormKey dimension_keys[] = {
    NEEDW("dimension", "other_systems other_units sites suppliers products earlier_nonconformities"), NEED("searched", FORM_TEXT), NEED("found", FORM_COUNT),
};
static const Form dimension = FORM_OF(dimension_keys);
static const FormKey plan_action_keys[] = {
    NEED("id", FORM_TEXT), NEED("text", FORM_TEXT), T("text_then"), NEEDW("kind", "correct_cause prevent_elsewhere detect_earlier"), NEED("root_cause", FORM_TEXT), TS("also"),
    NEED("owner", FORM_PERSON), PS("helpers"), NEED("due", FORM_DAY), T("resources"), T("expected_proof"),
};
static const Form plan_action = FORM_OF(plan_action_keys);
static const FormKey plan_effect_keys[] = { NEED("criterion", FORM_TEXT), T("data"), NEED("wait_days", FORM_COUNT), N("min_occurrences"), NEED("reviewer", FORM_PERSON) };
static const Form plan_effect = FORM_OF(plan_effect_keys);
static const FormKey exception_keys[] = { NEED("action", FORM_TEXT), NEED("due", FORM_DAY), D("policy_due"), T("rule"), NEED("reason", FORM_TEXT) };
static const Form exception = FORM_OF(exception_keys);
static const FormKey isms_answer_keys[] = { NEEDW("what", "risk soa policy procedure training programme"), T("before"), NEED("after", FORM_TEXT) };
static const Form isms_answer = FORM_OF(isms_answer_keys);
#define BODY_STATES "submitted accepted returned verified evidence_sent"
static const FormKey body_state_keys[] = { NEEDW("state", BODY_STATES), NEED("date", FORM_DAY) };
static const Form body_state = FORM_OF(body_state_keys);
static const FormKey external_keys[] = { T("body"), T("number"), T("grade"), D("plan_due"), D("evidence_due"), OS("states", body_state) };
static const Form external = FORM_OF(external_keys);

static const FormKey finding_step_keys[] = {
    NEED("date", FORM_DAY), NEED("by", FORM_PERSON), NEED("verb", FORM_TEXT), CLOCK("at"), W("type", KINDS_), W("significance", LEVELS), T("paper"), O("grading", grading),
    Y("second_reader"), ANY("to"), D("comment_until"), T("reason"), T("text"), T("request"), W("issued", "report early"), T("reporter"), T("source_ref"), O("external", external),
    P("owner"), ANY("accepted"), W("kind", "contain repair withdraw inform suspend redo"), D("done_on"), OS("planned", planned), OS("proof", proof), T("consequences"), T("extent"),
    W("method", "five_whys ishikawa fault_tree barrier_analysis seen re_performed sampled"), PS("team"), T("problem"), O("structure", structure), OS("root_causes", root_cause),
    T("detection_gap"), T("what_allowed_it"), OS("dimensions", dimension), W("outcome", "none found"), N("cycle"), OS("actions", plan_action), O("effectiveness", plan_effect),
    T("comment"), T("waiting_reason"), OS("exceptions", exception), N("number"), W("step", STEPS_), T("action"), P("asked_by"), D("asked_on"), T("interim"), D("old_due"),
    D("new_due"), P("decided_by"), P("concurred_by"), D("due"), W("result", "passed failed effective partly not_effective not_enough_data"), T("evidence"), P("with_expert"),
    D("wait_until"), TS("returned"), OS("answers", isms_answer), T("data"), T("value"), T("lessons"), D("new_date"), N("occurrences"), T("earlier"), T("decision"),
    W("state", BODY_STATES), T("ref"), P("approved_by"), P("second"), D("review_on"), T("risk"), T("measure"), D("until"), P("endorsed_by"), TS("verified"),
};
/* "verified": the numbers in "actions" of verify. */
static const FormVerb finding_verbs[] = {
    { "draft", "type significance", "paper" },
    { "submit", "", "" },
    { "accept", "", "grading second_reader" },
    { "present", "to", "comment_until" },
    { "agree", "", "text" },
    { "dispute", "reason", "" },
    { "answer_dispute", "text", "request" },
    { "uphold", "reason", "" },
    { "change", "reason", "" },
    { "withdraw", "reason", "" },
    { "issue", "issued", "" },
    { "register", "source_ref", "reporter external" },
    { "confirm", "", "owner" },
    { "hand_on", "to accepted", "" },
    { "acknowledge", "", "" },
    { "correct", "kind text", "done_on planned proof consequences" },
    { "start_analysis", "", "extent" },
    { "analyse", "method problem root_causes", "team structure detection_gap what_allowed_it" },
    { "similar_check", "dimensions outcome", "" },
    { "submit_plan", "actions effectiveness", "cycle extent" },
    { "return_plan", "reason", "comment" },
    { "approve_plan", "", "waiting_reason exceptions" },
    { "extend", "step reason interim new_due asked_by asked_on decided_by", "number action old_due concurred_by" },
    { "set_due", "step due reason", "" },
    { "claim_done", "action done_on", "proof" },
    { "verify", "result method evidence", "actions=verified with_expert wait_until" },
    { "fail_verification", "returned method reason", "" },
    { "isms_changes", "answers", "" },
    { "effectiveness_review", "result", "cycle data value evidence lessons new_date occurrences" },
    { "link_recurrence", "earlier decision reason", "" },
    { "external", "state", "ref" },
    { "advise", "text", "" },
    { "decide_no_action", "reason", "approved_by" },
    { "close", "", "text" },
    { "reopen", "reason second", "" },
    { "void", "reason second", "" },
    { "consider", "", "" },
    { "dispose", "decision reason", "due review_on" },
    { "implement", "text", "" },
    { "share", "to", "text" },
    { "accept_risk", "risk reason measure until", "endorsed_by" },
};
static const Form finding_step = FORM_STEPS(finding_step_keys, finding_verbs, "date by verb at");

static const FormKey stored_action_keys[] = { NEED("id", FORM_TEXT), T("text"), P("owner"), D("due"), D("done"), D("original_due") };
static const Form stored_action = FORM_OF(stored_action_keys);
static const FormKey stored_effect_keys[] = { T("criterion"), D("wait_until"), D("reviewed"), P("reviewer"), W("result", "effective partly not_effective not_enough_data"), T("note") };
static const Form stored_effect = FORM_OF(stored_effect_keys);
#define FINDING_STATES "DRAFT IN_REVIEW REVIEWED PRESENTED AGREED DISPUTED ISSUED REGISTERED ASSIGNED ACKNOWLEDGED ANALYSIS PLAN_REVIEW IN_PROGRESS IMPLEMENTED MONITORING CLOSED" \
    " CORRECTED_ONLY REJECTED VOID UNDER_CONSIDERATION ACCEPTED WATCH DECLINED RISK_ACCEPTED"
static const FormKey finding_keys[] = {
    NEED("id", FORM_TEXT), NEEDW("type", KINDS_), W("significance", LEVELS),
    NEEDW("source", "internal_audit monitoring incident complaint supplier management_review certification_body staff_report"), T("audit"), T("process"), TS("refs"),
    NEED("title", FORM_TEXT), T("criteria"), NEED("condition", FORM_TEXT), T("evidence"), T("effect"), W("cause_method", "five_whys ishikawa fault_tree barrier_analysis"),
    T("cause"), T("similar"), T("correction"), OS("actions", stored_action), T("verification"), O("effectiveness", stored_effect), TS("links"), NEEDW("state", FINDING_STATES),
    D("opened"), D("due"), D("closed"), P("verifier"), P("plan_approver"), OS("history", finding_step), T("site"), N("reopened"), P("proposal_owner"),
    W("disposition", "accepted implemented watch declined corrected shared risk_accepted"), T("note"), P("owner"), T("recurred_in"), D("external_due"), O("external", external),
    N("plan_rejected"), N("verification_failed"), D("original_due"), T("extension"), D("plan_due"), D("plan_submitted"), D("accept_until"), D("rca_due"), T("recurrence_of"),
    D("verification_due"), T("dispute"),
};
static const Form finding = FORM_OF(finding_keys);

/* ------------------------------------------------------------------------------------------------------- fieldwork */

static const FormKey live_tests_keys[] = { NEED("by", FORM_PERSON), NEED("on", FORM_DAY) };
static const Form live_tests = FORM_OF(live_tests_keys);
static const FormKey audit_plan_keys[] = { N("version"), D("approved_on"), PS("accepted_by"), O("live_tests_agreed", live_tests), T("notes") };
static const Form audit_plan = FORM_OF(audit_plan_keys);
static const FormKey meeting_keys[] = {
    NEEDW("kind", "opening daily team closing"), NEED("date", FORM_DAY), CLOCK("start"), T("place"), Y("recording"), PS("present"), PS("invited"), NEEDW("state", "held planned"),
};
static const Form meeting = FORM_OF(meeting_keys);
static const FormKey agenda_keys[] = {
    NEED("date", FORM_DAY), NEED("start", FORM_CLOCK), NEED("end", FORM_CLOCK), NEED("topic", FORM_TEXT), P("auditee"), NEED("auditor", FORM_PERSON), T("method"), TS("refs"),
};
static const Form agenda = FORM_OF(agenda_keys);
static const FormKey paper_step_keys[] = { NEED("n", FORM_COUNT), NEEDW("result", "pass fail not_tested"), T("note"), TS("evidence") };
static const Form paper_step = FORM_OF(paper_step_keys);
#define JUDGED "yes partly no not_tested"
static const FormKey paper_keys[] = {
    NEED("id", FORM_TEXT), TS("refs"), T("procedure"), T("own_criterion"), NEED("title", FORM_TEXT), NEED("auditor", FORM_PERSON), WS("methods", METHODS),
    NEEDW("state", "NOT_STARTED IN_PROGRESS DONE REVIEWED RETURNED"), OS("steps", paper_step), W("design", JUDGED), W("implementation", JUDGED), W("operation", JUDGED),
    W("conclusion", "conform nonconform conform_with_remark not_covered"), T("reason"), D("started_on"), D("done_on"), P("reviewer"), D("reviewed_on"), P("reviewer_planned"),
    T("finding"), T("sample"), T("request"), N("minutes"), N("planned_minutes"), T("note"), T("private_note"), TS("evidence"),
};
static const Form paper = FORM_OF(paper_keys);
static const FormKey evidence_keys[] = {
    NEED("id", FORM_TEXT), NEED("title", FORM_TEXT), NEEDW("type", "document record screenshot data_extract photograph observation statement seen_not_copied"), D("fact_date"),
    NEED("obtained_on", FORM_DAY), P("source"), NEED("obtained_by", FORM_PERSON), T("file"), { "period", FORM_DAY, FORM_LIST, NULL, NULL }, T("undated_reason"),
};
static const Form evidence = FORM_OF(evidence_keys);
static const FormKey interview_keys[] = { NEED("id", FORM_TEXT), P("person"), NEED("date", FORM_DAY), NEED("auditor", FORM_PERSON), NEED("topics", FORM_TEXT), D("confirmed_on") };
static const Form interview = FORM_OF(interview_keys);
static const FormKey population_keys[] = {
    NEED("description", FORM_TEXT), T("source"), D("extracted_on"), CLOCK("extracted_at"), P("extracted_by"), T("file"), T("evidence"), NEED("size", FORM_COUNT), T("complete"),
    { "period", FORM_DAY, FORM_LIST, NULL, NULL }, NEED("id_prefix", FORM_TEXT), NEED("id_first", FORM_COUNT), NEED("id_last", FORM_COUNT), { "strata_ids", FORM_WORDS, 0, NULL, NULL },
};
static const Form population = FORM_OF(population_keys);
static const FormKey stratum_keys[] = { NEED("name", FORM_TEXT), NEED("size", FORM_COUNT), NEED("draw", FORM_COUNT), N("target_days") };
static const Form stratum = FORM_OF(stratum_keys);
static const FormKey attribute_keys[] = { NEED("name", FORM_TEXT), NEED("question", FORM_TEXT) };
static const Form attribute = FORM_OF(attribute_keys);
#define ITEM_RESULTS "pass deviation not_applicable missing"
static const FormKey item_keys[] = {
    NEED("id", FORM_TEXT), T("stratum"), T("detected"), T("due"), T("fixed"), ANY("verified"), T("exception"), { "results", FORM_WORDS, 0, ITEM_RESULTS, NULL },
    NEEDW("result", ITEM_RESULTS),
};
static const Form item = FORM_OF(item_keys);
static const FormKey sample_keys[] = {
    NEED("id", FORM_TEXT), T("paper"), NEED("objective", FORM_TEXT), { "population", FORM_PART, FORM_NEEDED, NULL, &population },
    NEEDW("method", "all judgement simple_random systematic stratified_random discovery"), OS("strata", stratum), N("size"), N("seed"), { "confidence", FORM_SHARE, 0, NULL, NULL },
    { "tolerable_deviation", FORM_SHARE, 0, NULL, NULL }, N("computed_size"), T("size_reason"), NEED("drawn_on", FORM_DAY), D("tested_on"), OS("attributes", attribute),
    OS("items", item), N("deviations"), N("explained"), NEEDW("state", "DRAWN TESTED DECIDED"), T("decision"),
};
static const Form sample = FORM_OF(sample_keys);
static const FormKey request_keys[] = {
    NEED("id", FORM_TEXT), NEED("text", FORM_TEXT), TS("refs"), NEED("by", FORM_PERSON), NEED("to", FORM_PERSON), NEED("asked_on", FORM_DAY), NEED("due", FORM_DAY),
    D("submitted_on"), D("accepted_on"), NEEDW("state", "OPEN SUBMITTED ACCEPTED RETURNED NOT_RECEIVED WITHDRAWN"),
};
static const Form request = FORM_OF(request_keys);
static const FormKey draft_finding_keys[] = {
    NEEDW("state", "DRAFT"), NEED("by", FORM_PERSON), NEED("date", FORM_DAY), T("paper"), NEEDW("type", KINDS_), NEEDW("significance", LEVELS), T("process"), TS("refs"),
    NEED("title", FORM_TEXT), T("criteria"), NEED("condition", FORM_TEXT), TS("evidence"), T("effect"), T("sample"), T("site"),
};
static const Form draft_finding = FORM_OF(draft_finding_keys);
static const FormKey fieldwork_keys[] = {
    NEED("audit", FORM_TEXT), O("plan", audit_plan), OS("meetings", meeting), OS("agenda", agenda), OS("papers", paper), OS("evidence", evidence), OS("interviews", interview),
    OS("samples", sample), OS("requests", request), OS("draft_findings", draft_finding),
};
static const Form fieldwork = FORM_OF(fieldwork_keys);

/* ------------------------------------------------------------------------------------------------------- reviews, the file */

static const FormKey conclusions_keys[] = { W("suitable", YES_PARTLY_NO), W("adequate", YES_PARTLY_NO), W("effective", YES_PARTLY_NO) };
static const Form conclusions = FORM_OF(conclusions_keys);
static const FormKey decision_keys[] = {
    NEED("id", FORM_TEXT), NEED("text", FORM_TEXT), NEEDW("type", "isms_change improvement resource"), NEED("owner", FORM_PERSON), D("due"), D("done"), W("state", "proposed"),
};
static const Form decision = FORM_OF(decision_keys);
static const FormKey addendum_keys[] = { NEED("date", FORM_DAY), NEED("reason", FORM_TEXT) };
static const Form addendum = FORM_OF(addendum_keys);
static const FormKey waiting_keys[] = { NEED("input", FORM_TEXT), P("asked"), D("on"), D("due"), T("text") };
static const Form waiting = FORM_OF(waiting_keys);
static const FormKey review_keys[] = {
    NEED("id", FORM_TEXT), NEED("date", FORM_DAY), CLOCK("at"), NEEDW("state", "PLANNED HELD APPROVED"), { "period", FORM_DAY, FORM_LIST, NULL, NULL }, NEED("chair", FORM_PERSON),
    PS("attendance"), PS("invited"), TS("inputs_missing"), OS("waiting", waiting), O("conclusions", conclusions), OS("decisions", decision), T("no_decision_reason"),
    O("approved", signed_), O("addendum", addendum), O("planned", signed_),
};
static const Form review = FORM_OF(review_keys);

static const FormKey scenario_keys[] = {
    NEED("form", FORM_COUNT), D("as_of"), { "company", FORM_PART, FORM_NEEDED, NULL, &company }, { "roles", FORM_PART, FORM_NEEDED, NULL, &roles_form },
    { "holidays", FORM_MAP, 0, NULL, NULL }, { "sites", FORM_PART, FORM_LIST | FORM_NEEDED, NULL, &site }, OS("units", unit),
    { "people", FORM_PART, FORM_LIST | FORM_NEEDED, NULL, &person }, OS("processes", process), OS("documents", document), O("soa", soa), O("certificate", certificate),
    OS("auditors", auditor), O("programme", programme), OS("audits", audit), O("fieldwork", fieldwork), OS("findings", finding), OS("management_reviews", review),
    ANY("expected_kpis"), ANY("grading"), ANY("policy"),
};
const Form scenario_form = FORM_OF(scenario_keys);
/* clang-format on */
