/* SPDX-License-Identifier: Apache-2.0
 * action/steps.h: inputs, guards and bodies of the steps of a nonconformity, each in the file of its subject; named in
 * the table of action/nonconformity.c and nowhere else. */
#pragma once

#include "action/nonconformity.h"

VerbBody case_follows_finding;

/* registration.c: from report to owner, and the ends by decision */
extern const Shape nc_confirm_input, nc_hand_on_input, nc_set_due_input, nc_external_input, nc_second_input,
    nc_no_action_input;
VerbBody nc_register, nc_confirm, nc_hand_on, nc_acknowledge, nc_set_due, nc_external, nc_reopen, nc_void,
    nc_decide_no_action, nc_close;
Guard guard_requirement_is_named, guard_new_owner_agreed, guard_date_is_earlier, guard_body_is_named,
    guard_second_person_agrees, guard_decider_is_not_owner, guard_case_is_light;

/* correction.c */
extern const Shape nc_correct_input, nc_start_analysis_input;
VerbBody nc_correct, nc_start_analysis;
Guard guard_situation_is_under_control, guard_consequences_are_handled;

/* analysis.c */
extern const Shape nc_analyse_input, nc_similar_check_input;
VerbBody nc_analyse, nc_similar_check;
Guard guard_something_was_searched;

/* plan.c */
extern const Shape nc_submit_plan_input, nc_return_plan_input, nc_approve_plan_input;
VerbBody nc_submit_plan, nc_return_plan, nc_approve_plan;
Guard guard_extent_is_known, guard_cause_is_confirmed, guard_cause_is_no_blame, guard_similar_cases_were_looked_for,
    guard_every_cause_has_an_action, guard_actions_are_whole, guard_effect_can_be_measured, guard_reviewer_is_apart,
    guard_approver_is_apart, guard_waiting_time_is_explained, guard_dates_fit;

/* verification.c */
/* G-07 for `person`, in the words of whoever asks; also asked when the plan names him. */
MUST_USE bool refuse_reviewer_who_took_part(Call *call, const Nonconformity *nc, Id person, Guard *guard, Err *err);

extern const Shape nc_name_verifier_input, nc_verify_input, nc_fail_input;
VerbBody nc_name_verifier, nc_verify, nc_fail_verification;
Guard guard_named_verifier_is_apart, guard_verifier_is_apart, guard_actions_are_claimed;

/* effectiveness.c */
extern const Shape nc_review_input;
VerbBody nc_effectiveness_review;
Guard guard_reviewer_took_no_part, guard_waiting_time_is_over, guard_data_are_enough, guard_isms_was_asked,
    guard_two_people_worked;
