/* SPDX-License-Identifier: Apache-2.0
 * web/shell.h: what stands around every page. A product page begins with part_shell_open and ends with
 * part_shell_close; what it writes between is the content of <main>. A page before sign-in uses part_door_open and
 * part_door_close. */
#pragma once

#include "web/nav.h"
#include "web/parts.h"

typedef enum { SHELL_NORMAL, SHELL_WIDE } ShellWidth; /* wide: matrices */

typedef struct {
    Str title; /* "F-012 Main database not restored for 14 months" */
    Str theme; /* "light", "dark"; empty: as the system has it */
    Nav nav;
    Str home_href; /* where the logo leads; empty: "/" */
    Str who;       /* the reader among all people, for what the browser keeps; empty: nothing is kept */
    Str user_name; /* empty: nobody is signed in, no user box */
    Str user_note; /* "Audit programme manager" */
    Str search;    /* words searched for, shown again in the field */
    Str here;      /* address of this page, to come back to after a change of theme */
    Str notice;    /* result of the last action: "Reminder sent to 2 owners"; empty: none */
    Link undo;
    ShellWidth width;
} Shell;
