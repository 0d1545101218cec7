/* SPDX-License-Identifier: Apache-2.0
 * The usual words of each way of saying no. */
#include "web/doors.h"

/* clang-format off */
static const struct {
    const char *title, *text;
} problems[] = {
    [PROBLEM_NOT_FOUND]   = { N_("There is no such page"),
                              N_("The address may be mistyped, or the record is not shared with you. Record numbers are "
                                 "never used twice, so search for the number.") },
    [PROBLEM_NOT_ALLOWED] = { N_("You may not see this page"),
                              N_("It is shown to other roles only. Ask the audit programme manager if you need it.") },
    [PROBLEM_OURS]        = { N_("This did not work, and it is our mistake"),
                              N_("Nothing was recorded, nothing was lost. Go back, your text is still there, and try again.") },
    [PROBLEM_BUSY]        = { N_("Too much is going on right now"),
                              N_("Nothing was recorded, nothing was lost. Try again in a minute.") },
};
/* clang-format on */

const char *problem_title(ProblemKind kind)
{
    return problems[kind].title;
}

const char *problem_text(ProblemKind kind)
{
    return problems[kind].text;
}
