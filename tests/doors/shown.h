/* SPDX-License-Identifier: Apache-2.0
 * tests/doors/shown.h: whether a page shows a person what a program is told that asks the same as this person: the
 * records of a list and no others, the values of a record, what happened, what can be done; and of what is hidden no
 * more than of what is not there. */
#pragma once

#include "stock.h"

/* Holds the page that `browser` has just been given for `ask`, `said`, against the answer of a program, `first`, which
 * is no problem. What is lacking, or is there and should not be, in words; empty: nothing. */
Str shown_differs(const Stock *stock, Visitor *browser, const Ask *ask, const Said *first, const Said *said);
/* Of a record or list that answers "not found": the same as for the page of a number that nobody has. */
Str hidden_differs(const Stock *stock, Visitor *browser, Id who, const Ask *ask, const Said *said);
