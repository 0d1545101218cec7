/* SPDX-License-Identifier: Apache-2.0
 * The age of evidence: from the end of the period it covers, else from the day of its fact. */
#include "audit/evidence_age.h"

static bool is_outside(const Evidence *evidence, const Audit *audit, Date last)
{
    Date first = date_is_none(evidence->period_from) ? evidence->fact_date : evidence->period_from;

    if (audit == NULL || date_is_none(last)) return false;
    if (!date_is_none(audit->period_from) && date_before(last, audit->period_from)) return true;
    return !date_is_none(audit->period_to) && !date_is_none(first) && date_before(audit->period_to, first);
}

EvidenceAge evidence_age(const Evidence *evidence, const Audit *audit, Date day)
{
    EvidenceAge age = { .last = date_is_none(evidence->period_to) ? evidence->fact_date : evidence->period_to };

    if (date_is_none(age.last)) return age;
    if (date_before(age.last, day)) age.days = date_days_between(age.last, day);
    age.is_old     = age.days > EVIDENCE_OLD_DAYS;
    age.is_outside = is_outside(evidence, audit, age.last);
    return age;
}
