/* SPDX-License-Identifier: Apache-2.0
 * audit/audit_input.h: what the verbs of an audit ask for. Used by the files audit*.c only. */
#pragma once

#include "record/input.h"

/* clang-format off */
#define INITIATE_INPUT(F, T)                                                                                           \
    F(T, REF,  lead,    .label = "Lead auditor", .to = "person", .help = "Empty: as in the audit.")                    \
    F(T, REF,  contact, .label = "Contact of the auditee", .to = "person", .needed = true)                             \
    F(T, TEXT, channel, .label = "How contact was made", .help = "Meeting, call, mail.", .needed = true)
INPUT(InitiateInput, INITIATE_INPUT, "audit.initiate")

#define FEASIBLE_INPUT(F, T)                                                                                           \
    F(T, BOOL, information,        .label = "Information is sufficient", .clause = "ISO 19011 6.2.3", .needed = true)  \
    F(T, BOOL, cooperation,        .label = "The auditee cooperates", .clause = "ISO 19011 6.2.3", .needed = true)     \
    F(T, BOOL, time,               .label = "Time and resources suffice", .clause = "ISO 19011 6.2.3", .needed = true) \
    F(T, LONG, changed_objective,  .label = "Changed objective")                                                       \
    F(T, BOOL, accepted_by_client, .label = "The client accepts it")
INPUT(FeasibleInput, FEASIBLE_INPUT, "audit.confirm-feasible")

#define NOT_FEASIBLE_INPUT(F, T)                                                                                       \
    F(T, CHOICE, outcome,         .label = "What follows", .choices = &not_feasible_outcomes, .needed = true)          \
    F(T, LONG,   reason,          .label = "Why", .needed = true)                                                      \
    F(T, BOOL,   client_informed, .label = "The client knows", .needed = true)                                         \
    F(T, DATE,   new_window_from, .label = "New window from")                                                          \
    F(T, DATE,   new_window_to,   .label = "New window to")

#define AGREE_INPUT(F, T)                                                                                              \
    F(T, INT,  version,          .label = "Plan version", .help = "Empty: the next.", .min = 1, .max = 999)            \
    F(T, REFS, accepted_by,      .label = "Accepted by", .clause = "ISO 19011 6.3.2.2", .to = "person", .needed = true) \
    F(T, INT,  notice_days,      .label = "Days of notice", .help = "Empty: counted from today.", .max = 365)          \
    F(T, REFS, notice_waived_by, .label = "Notice waived by", .to = "person")                                          \
    F(T, REF,  live_tests_by,    .label = "Tests on live systems agreed by", .clause = "A.8.34", .to = "person")       \
    F(T, DATE, live_tests_on,    .label = "Agreed on", .clause = "A.8.34")
INPUT(AgreeInput, AGREE_INPUT, "audit.agree-plan")

#define MEETING_INPUT(F, T)                                                                                            \
    F(T, REFS, present,   .label = "Present", .to = "person", .help = "Empty: the meeting is recorded already.")       \
    F(T, TEXT, start_at,  .label = "From", .help = "HH:MM", .max_bytes = 5)                                            \
    F(T, TEXT, place,     .label = "Place or link", .max_bytes = 500)                                                  \
    F(T, BOOL, recording, .label = "Recorded, with everybody's consent")                                               \
    F(T, LONG, notes,     .label = "Notes")
INPUT(MeetingInput, MEETING_INPUT, "audit.meeting")

#define CHANGE_PLAN_INPUT(F, T)                                                                                        \
    F(T, LONG, reason,             .label = "Why", .needed = true)                                                     \
    F(T, BOOL, auditee_told,       .label = "The auditee knows", .needed = true)                                       \
    F(T, BOOL, accepted_by_client, .label = "The client accepts the changed scope")                                    \
    F(T, INT,  version,            .label = "Plan version", .help = "Empty: the next.", .min = 1, .max = 999)          \
    F(T, DATE, last_day,           .label = "New last day")                                                            \
    F(T, REFS, refs,               .label = "New scope: clauses and controls", .to = "requirement", .help = "Empty: as before.") \
    F(T, REFS, processes,          .label = "New scope: processes", .to = "process", .help = "Empty: as before.")
INPUT(ChangePlanInput, CHANGE_PLAN_INPUT, "audit.change-plan")

#define REASON_INPUT(F, T) F(T, LONG, reason, .label = "Why", .needed = true)
INPUT(ReasonInput, REASON_INPUT, "audit.reason")

#define ISSUE_REPORT_INPUT(F, T)                                                                                       \
    F(T, REF,  author,      .label = "Author", .to = "person", .help = "Empty: as in the report.")                     \
    F(T, TEXT, report_number, .label = "Number of the report", .help = "For an audit held before: empty is the audit's number.", .max_bytes = 60) \
    F(T, TEXT, version,     .label = "Version", .max_bytes = 20)                                                       \
    F(T, LONG, late_reason, .label = "Why it is late", .clause = "9.2.2 c")                                            \
    F(T, FILE, file,        .label = "File of the report")                                                             \
    F(T, INT,  page_count,  .label = "Pages")
INPUT(IssueReportInput, ISSUE_REPORT_INPUT, "audit.issue-report")

#define CLOSE_INPUT(F, T)                                                                                              \
    F(T, LONG, lessons,        .label = "Lessons", .clause = "ISO 19011 6.6")                                          \
    F(T, LONG, no_evaluations, .label = "Why auditors were not evaluated", .help = "Only for an audit held before the product was in use.")
INPUT(CloseInput, CLOSE_INPUT, "audit.close")

#define WINDOW_INPUT(F, T)                                                                                             \
    F(T, LONG, reason,          .label = "Why", .needed = true)                                                        \
    F(T, DATE, new_window_from, .label = "New window from")                                                            \
    F(T, DATE, new_window_to,   .label = "New window to")
INPUT(WindowInput, WINDOW_INPUT, "audit.postpone")

#define RESCHEDULE_INPUT(F, T)                                                                                         \
    F(T, DATE, start,    .label = "First day", .needed = true)                                                         \
    F(T, DATE, last_day, .label = "Last day", .needed = true)
INPUT(RescheduleInput, RESCHEDULE_INPUT, "audit.reschedule")

#define EXTERNAL_INPUT(F, T) F(T, LONG, note, .label = "What was announced", .needed = true)
INPUT(ExternalInput, EXTERNAL_INPUT, "audit.record-external")

#define EXTERNAL_RESULT_INPUT(F, T)                                                                                    \
    F(T, LONG, report,      .label = "What the body reports", .needed = true)                                          \
    F(T, DATE, report_date, .label = "Date of its report", .needed = true)
INPUT(ExternalResultInput, EXTERNAL_RESULT_INPUT, "audit.record-external-result")
/* clang-format on */
