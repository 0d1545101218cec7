/* SPDX-License-Identifier: Apache-2.0
 * What auditors are qualified for. */
#include "org/qualification.h"

#include "record/change.h"
#include "record/row.h"

static const Choice qualification_levels_rows[] = {
    { "expert", N_("Technical expert") },
    { "in_training", N_("Auditor in training") },
    { "auditor", N_("Auditor") },
    { "lead", N_("Lead auditor") },
};
static const ChoiceList qualification_levels = CHOICES_OF("qualification_level", qualification_levels_rows);

static const Choice qualification_states_rows[] = {
    { "candidate", N_("Candidate") }, { "in_training", N_("In training") }, { "qualified", N_("Qualified") },
    { "lead", N_("Lead") },           { "expert", N_("Expert") },           { "suspended", N_("Suspended") },
    { "ended", N_("Ended") },
};
static const ChoiceList qualification_states = CHOICES_OF("qualification_state", qualification_states_rows);

#define RECORD_TYPE   Qualification
#define RECORD_FIELDS "org/qualification.fields.h"
#include "record/define.h"

static int state_of_level(int level)
{
    static const int states[] = { [LEVEL_EXPERT]      = QUALIFICATION_EXPERT,
                                  [LEVEL_IN_TRAINING] = QUALIFICATION_IN_TRAINING,
                                  [LEVEL_AUDITOR]     = QUALIFICATION_QUALIFIED,
                                  [LEVEL_LEAD]        = QUALIFICATION_LEAD };
    return states[level];
}

/* grant: the state follows the level. */
static bool qualification_grant(Call *call, void *record, Changes *changes, Err *err)
{
    (void)call, (void)err;
    change_target(changes, state_of_level(((Qualification *)record)->level));
    return true;
}

/* qualification-1: nobody grants himself a qualification. */
static bool guard_granted_by_another(Call *call, const void *record, Err *err)
{
    const Qualification *qualification = record;

    (void)err;
    if (id_eq(qualification->person, call->who) && !call_has_role(call, STR("top_management"))) {
        refuse(call, (Refusal){ .rule    = STR("qualification-1"),
                                .missing = STR("another person who grants it"),
                                .could   = people_who_could(call, guard_granted_by_another, record),
                                .next    = call_text(call, "Ask one of them.") });
    }
    return true;
}

static const Verb qualification_verbs[] = {
    { .name  = "grant",
      .label = N_("Grant"),
      .help  = N_("From now on the person may be assigned to audits."),
      .body  = qualification_grant,
      .flags = VERB_PRIMARY },
    { .name  = "suspend",
      .label = N_("Suspend"),
      .help  = N_("No new assignments until it is granted again."),
      .flags = VERB_DANGER },
    { .name  = "end",
      .label = N_("End"),
      .help  = N_("Another qualification takes its place, or none."),
      .flags = VERB_DANGER },
};

/* clang-format off */
static const Step qualification_steps[] = {
    { STATE_NEW,               "create",  QUALIFICATION_CANDIDATE,   "programme_manager", { NULL } },
    { QUALIFICATION_CANDIDATE, "grant",   QUALIFICATION_EXPERT,      "programme_manager|top_management", { guard_granted_by_another } },
    { QUALIFICATION_CANDIDATE, "grant",   QUALIFICATION_IN_TRAINING, "programme_manager|top_management", { guard_granted_by_another } },
    { QUALIFICATION_CANDIDATE, "grant",   QUALIFICATION_QUALIFIED,   "programme_manager|top_management", { guard_granted_by_another } },
    { QUALIFICATION_CANDIDATE, "grant",   QUALIFICATION_LEAD,        "programme_manager|top_management", { guard_granted_by_another } },
    { QUALIFICATION_SUSPENDED, "grant",   QUALIFICATION_EXPERT,      "programme_manager|top_management", { guard_granted_by_another } },
    { QUALIFICATION_SUSPENDED, "grant",   QUALIFICATION_IN_TRAINING, "programme_manager|top_management", { guard_granted_by_another } },
    { QUALIFICATION_SUSPENDED, "grant",   QUALIFICATION_QUALIFIED,   "programme_manager|top_management", { guard_granted_by_another } },
    { QUALIFICATION_SUSPENDED, "grant",   QUALIFICATION_LEAD,        "programme_manager|top_management", { guard_granted_by_another } },
    { STATE_ANY,               "edit",    STATE_SAME,                "programme_manager", { NULL } },
    { STATE_ANY,               "suspend", QUALIFICATION_SUSPENDED,   "programme_manager", { NULL } },
    { STATE_ANY,               "end",     QUALIFICATION_ENDED,       "programme_manager", { NULL } },
};
static const See qualification_see[] = {
    { "everyone", NULL },
};

const Type qualification_type = {
    .name = "qualification", .plural = "qualifications", .label = "Qualification", .label_plural = "Auditors",
    .about = "What a person is qualified for in audits, in which subjects and until when.",
    .number_format = "Q-%03d", .parent = "person", .states = &qualification_states, TYPE_VERBS(qualification_verbs),
    TYPE_FIELDS(Qualification), TYPE_STEPS(qualification_steps), TYPE_SEE(qualification_see),
};
/* clang-format on */

bool qualification_is_valid(const Qualification *qualification, Date day)
{
    bool counts =
        qualification->head.state >= QUALIFICATION_IN_TRAINING && qualification->head.state <= QUALIFICATION_EXPERT;

    if (!counts || date_before(day, qualification->since)) return false;
    return date_is_none(qualification->valid_to) || !date_before(qualification->valid_to, day);
}

bool qualification_of(Call *call, Id person, Date day, Qualification *out, bool *found, Err *err)
{
    QualificationList list = { 0 };

    *found = false;
    if (!record_list(call, &qualification_type, &list, STR("person = $1 ORDER BY level DESC, since DESC, id"),
                     BINDS(BIND_ID(person)), err))
        return false;
    for (size_t i = 0; i < list.len && !*found; i++) {
        *found = qualification_is_valid(&list.at[i], day);
        if (*found) *out = list.at[i];
    }
    return true;
}
