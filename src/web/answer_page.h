/* SPDX-License-Identifier: Apache-2.0
 * web/answer_page.h: the page on which somebody without an account answers one request for evidence
 * (src/web/pages/answer.html draws it). It shows that request and nothing else. */
#pragma once

#include "web/forms.h"
#include "web/visit.h"

typedef struct {
    Str organisation;
    Str asked;    /* what is asked for */
    Str asker;    /* name of whoever asked */
    Date due;     /* none: not said */
    Str returned; /* why an earlier answer came back; may be empty */
    Str received; /* that an answer is here, and whose; empty: one is waited for */
    Form form;    /* when an answer is waited for */
} AnswerView;

/* Whether the {word} of the address is the secret of a link that works: then visit->asked is its request. When it is
 * not, the visit is answered: with one page for every reason, and with "too often" for an address that tried many. */
MUST_USE bool answer_link_works(Visit *visit, bool *works, Err *err);
