/* SPDX-License-Identifier: Apache-2.0
 * audit/finding_input.h: what the verbs of a finding ask for. Used by the files finding*.c only. */
#pragma once

#include "audit/choices.h"
#include "record/input.h"

/* clang-format off */
#define ACCEPT_INPUT(F, T)                                                                                             \
    F(T, BOOL, element_missing,       .label = "Is a required element missing or not working at all?", .clause = "4.10 a") \
    F(T, BOOL, serious_doubt,         .label = "Is there serious doubt that results or legal duties are met?", .clause = "4.10 b") \
    F(T, BOOL, several_minors,        .label = "Are there several minors on the same requirement or cause?", .clause = "4.10 c") \
    F(T, BOOL, earlier_not_effective, .label = "Was an earlier action on the same cause not effective?", .clause = "4.10 d") \
    F(T, LONG, grading_reason,        .label = "Why the grade differs from the answers")                               \
    F(T, BOOL, second_reader,         .label = "Read as second reader, because the lead wrote it")
INPUT(AcceptInput, ACCEPT_INPUT, "finding.accept")

#define RETURN_INPUT(F, T) F(T, LONG, comment, .label = "What is to be changed", .needed = true)
INPUT(ReturnInput, RETURN_INPUT, "finding.return")

#define PRESENT_INPUT(F, T)                                                                                            \
    F(T, REF,  to,            .label = "To", .to = "person", .help = "Empty: the owner of the process.")               \
    F(T, DATE, comment_until, .label = "Comments until", .clause = "G-18", .help = "Empty: two working days from now.")
INPUT(PresentInput, PRESENT_INPUT, "finding.present")

#define AGREE_INPUT(F, T) F(T, LONG, comment, .label = "Comment", .clause = "G-18")
INPUT(AgreeInput, AGREE_INPUT, "finding.agree")

#define DISPUTE_INPUT(F, T) F(T, LONG, reason, .label = "Why, or what shows otherwise", .needed = true)
INPUT(DisputeInput, DISPUTE_INPUT, "finding.dispute")

#define ANSWER_INPUT(F, T)                                                                                             \
    F(T, LONG, text,    .label = "Answer", .needed = true)                                                             \
    F(T, REF,  request, .label = "Evidence asked for", .to = "evidence_request")
INPUT(AnswerInput, ANSWER_INPUT, "finding.answer-dispute")

#define DECIDE_INPUT(F, T) F(T, LONG, reason, .label = "Decision and reason", .needed = true)
INPUT(DecideInput, DECIDE_INPUT, "finding.uphold")

#define ISSUE_INPUT(F, T) F(T, CHOICE, issued, .label = "Issued", .choices = &issue_ways, .help = "Empty: early.")
INPUT(IssueInput, ISSUE_INPUT, "finding.issue")

#define HAND_ON_INPUT(F, T)                                                                                            \
    F(T, REF,  to,       .label = "New owner", .to = "person", .needed = true)                                         \
    F(T, DATE, accepted, .label = "Accepted by that person on", .needed = true)
INPUT(HandOnInput, HAND_ON_INPUT, "finding.hand-on")

#define DISPOSE_INPUT(F, T)                                                                                            \
    F(T, CHOICE, decision,  .label = "Decision", .choices = &owner_decisions, .needed = true)                          \
    F(T, LONG,   reason,    .label = "Why", .needed = true)                                                            \
    F(T, DATE,   due,       .label = "Done by", .help = "When it is accepted.")                                        \
    F(T, DATE,   review_on, .label = "Look again on", .help = "When it is watched.")
INPUT(DisposeInput, DISPOSE_INPUT, "finding.dispose")

#define IMPLEMENT_INPUT(F, T) F(T, LONG, text, .label = "What was done", .needed = true)
INPUT(ImplementInput, IMPLEMENT_INPUT, "finding.implement")

#define SHARE_INPUT(F, T)                                                                                              \
    F(T, REFS, to,   .label = "With", .to = "person", .needed = true)                                                  \
    F(T, LONG, text, .label = "What was told")
INPUT(ShareInput, SHARE_INPUT, "finding.share")

#define ACCEPT_RISK_INPUT(F, T)                                                                                        \
    F(T, REF,  risk,        .label = "Risk", .clause = "G-12", .to = "risk")                                           \
    F(T, LONG, reason,      .label = "Why", .needed = true)                                                            \
    F(T, LONG, measure,     .label = "Measure meanwhile", .needed = true)                                              \
    F(T, DATE, until,       .label = "Accepted until", .help = "At most twelve months from today.", .needed = true)    \
    F(T, REF,  endorsed_by, .label = "Endorsed by", .to = "person")
INPUT(AcceptRiskInput, ACCEPT_RISK_INPUT, "finding.accept-risk")

#define CHANGE_TYPE_INPUT(F, T)                                                                                        \
    F(T, CHOICE, kind,         .label = "Type", .choices = &finding_kinds, .help = "Empty: as it is.")                 \
    F(T, CHOICE, significance, .label = "Significance", .choices = &four_levels, .help = "Empty: as it is.")           \
    F(T, LONG,   reason,       .label = "Why", .needed = true)                                                         \
    F(T, REF,    second,       .label = "Together with", .to = "person", .needed = true)
INPUT(ChangeTypeInput, CHANGE_TYPE_INPUT, "finding.change-type")

#define VOID_INPUT(F, T)                                                                                               \
    F(T, LONG, reason, .label = "Why", .needed = true)                                                                 \
    F(T, REF,  second, .label = "Together with", .to = "person", .help = "Not needed for a draft.")
INPUT(VoidInput, VOID_INPUT, "finding.void")
/* clang-format on */
