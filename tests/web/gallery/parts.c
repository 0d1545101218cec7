/* SPDX-License-Identifier: Apache-2.0
 * The page of all parts. */
#include "gallery.h"
#include "gallery/pages.h"
#include "pages/pages.h"

static void draw_buttons(Html *out)
{
    Buttons buttons = LIST(
        Button, { .label = STR("Approve plan"), .kind = BUTTON_PRIMARY }, { .label = STR("Return") },
        { .label = STR("Save as draft"), .kind = BUTTON_QUIET }, { .label = STR("Void F-024"), .kind = BUTTON_DANGER },
        { .label = STR("Add evidence"), .icon = ICON_PLUS, .size = BUTTON_SMALL, .href = STR("/evidence") });
    Button barred = { .label   = STR("Issue report"),
                      .kind    = BUTTON_PRIMARY,
                      .id      = STR("why-issue"),
                      .why_not = STR("Part 6 “Not covered” is empty."),
                      .rule    = STR("issue-4"),
                      .fix     = { STR("Write it"), STR("#main") } };
    part_gallery_buttons(out, &buttons, &barred);
}

static void draw_glyphs(Html *out)
{
    Facts values = LIST(Fact, { .cell = { .kind = CELL_DUE, .date = gallery_day("2026-10-30") } },
                        { .cell = { .kind = CELL_DUE, .date = gallery_day("2026-11-18") } },
                        { .cell = { .kind = CELL_DUE, .date = gallery_day("2026-12-15") } },
                        { .cell = { .kind = CELL_OKAY, .text = STR("Independent") } },
                        { .cell = { .kind = CELL_PASS, .text = STR("Pass") } },
                        { .cell = { .kind = CELL_FAIL, .text = STR("Deviation") } },
                        { .cell = { .kind = CELL_NONE, .text = STR("not tested") } },
                        { .cell = { .kind = CELL_NUMBER, .number = 1184 } },
                        { .cell = { .kind = CELL_CODE, .text = STR("9f2c…71ab") } });
    part_gallery_glyphs(out, &values);
}

static void draw_fields(Html *out)
{
    FormFields left = LIST(
        FormField,
        { .name  = STR("title"),
          .label = STR("Title"),
          .value = STR("Laptops without stored recovery key"),
          .help  = STR("What is wrong, in one line. No names.") },
        { .kind  = FORM_CHOICE,
          .name  = STR("process"),
          .label = STR("Process"),
          .value = STR("PR-11"),
          .at    = (FormChoice[]){ { STR("PR-05"), STR("PR-05 Platform operation"), STR(""), STR(""), false, false },
                                   { STR("PR-11"), STR("PR-11 Endpoint and network management"), STR(""), STR(""), false,
                                     false } },
          .len   = 2 },
        { .kind = FORM_DATE, .name = STR("due"), .label = STR("Due"), .value = STR("2026-11-30"), .optional = true },
        { .kind  = FORM_PERSON,
          .name  = STR("owner"),
          .label = STR("Owner"),
          .value = STR("Procurement team"),
          .error = STR("Choose a person, not a team."),
          .at    = (FormChoice[]){ { STR("Ruben Pires"), STR("Financial Controller · may"), STR(""), STR(""), false,
                                     false } },
          .len   = 1 },
        { .name = STR("number"), .label = STR("Number"), .value = STR("F-024"), .read_only = true });
    FormFields right = LIST(
        FormField,
        { .kind  = FORM_LONG_TEXT,
          .name  = STR("condition"),
          .label = STR("Condition"),
          .value = STR("\n11 of 140 managed laptops show no stored key.") },
        { .kind  = FORM_PICKER,
          .name  = STR("verifier"),
          .label = STR("Verifier"),
          .value = STR("pires"),
          .at    = (FormChoice[]){ { STR("pires"), STR("Ruben Pires"), STR("Financial Controller · 6 of 10 days used"),
                                     STR("may verify"), false, false },
                                   { STR("lowe"), STR("Gareth Lowe"), STR("external"), STR("may verify"), false, false },
                                   { STR("brandt"), STR("Elias Brandt"), STR("owns CA-010-1 in this case (G-06)"),
                                     STR("may not"), false, true } },
          .len   = 3 },
        { .kind  = FORM_SEGMENTED,
          .name  = STR("operation"),
          .label = STR("Operation"),
          .value = STR("partly"),
          .at    = (FormChoice[]){ { STR("yes"), STR("Yes"), STR(""), STR(""), false, false },
                                   { STR("partly"), STR("Partly"), STR(""), STR(""), false, false },
                                   { STR("no"), STR("No"), STR(""), STR(""), false, false },
                                   { STR("untested"), STR("Not tested"), STR(""), STR(""), false, false } },
          .len   = 4 },
        { .kind  = FORM_CHOICES,
          .name  = STR("kind"),
          .label = STR("Kind of correction"),
          .at    = (FormChoice[]){ { STR("contain"), STR("Contain"), STR(""), STR(""), true, false },
                                   { STR("repair"), STR("Repair"), STR(""), STR(""), false, false } },
          .len   = 2 },
        { .kind  = FORM_NUMBER,
          .name  = STR("wait"),
          .label = STR("Waiting period"),
          .value = STR("81"),
          .unit  = STR("days") },
        { .kind = FORM_BOOL, .name = STR("told"), .label = STR("The auditee was told"), .value = STR("yes") },
        { .kind     = FORM_FILE,
          .name     = STR("files"),
          .label    = STR("Evidence"),
          .optional = true,
          .help     = STR("Each file needs the date of the fact it proves.") });
    part_gallery_fields(out, &left, &right);
}

static void draw_lines(Html *out)
{
    Spine spine = { .label = STR("Example"),
                    .at    = (SpineStep[]){ { STR("1 Identified"), STR("#main"), STR("24 Apr"), SPINE_DONE },
                                            { STR("2 Cause found"), STR("#main"), STR(""), SPINE_DONE },
                                            { STR("3 Implemented"), STR(""), STR("2 of 4 actions"), SPINE_HERE },
                                            { STR("4 Checked"), STR(""), STR(""), SPINE_AHEAD },
                                            { STR("5 Closed"), STR(""), STR(""), SPINE_AHEAD } },
                    .len   = 5 };
    Facts block =
        LIST(Fact, { STR("State"), { .kind = CELL_STATE, .state = STATE_GLYPH_GO, .text = STR("In progress") } },
             { STR("Grade"), { .kind = CELL_GRADE, .grade = GRADE_GLYPH_MAJOR } },
             { STR("Owner"), { .text = STR("Tomasz Wilk"), .note = STR("PR-05") } },
             { STR("Due"), { .kind = CELL_DUE, .date = gallery_day("2026-11-13"), .note = STR("first date 30 Jun") } });
    Ruler ruler                       = { .label = STR("Papers of IA-26-05") };
    static const char *const papers[] = { "8.1-1",  "8.1-2",  "8.6-1",  "8.7-1",  "8.8-1",  "8.8-2",  "8.9-1", "8.10-1",
                                          "8.11-1", "8.12-1", "8.18-1", "8.19-1", "8.20-1", "8.21-1", "8.22-1" };
    for (size_t i = 0; i < countof(papers); i++)
        *list_push(out->buf.arena, &ruler) = (RulerMark){ .text  = str_from_c(papers[i]),
                                                          .whole = str_fmt(out->buf.arena, "A.%s", papers[i]),
                                                          .href  = STR("/papers/x"),
                                                          .place = i < 6    ? SPINE_DONE
                                                                   : i < 10 ? SPINE_HERE
                                                                            : SPINE_AHEAD,
                                                          .open  = i == 4 };
    Tabs tabs = { .label = STR("Example"),
                  .at    = (Tab[]){ { STR("Overview"), STR("#x"), STR(""), true },
                                    { STR("Papers"), STR("#x"), STR("21"), false },
                                    { STR("Findings"), STR("#x"), STR("2"), false } },
                  .len   = 3 };
    part_section_open(out, STR("lines"), STR("Spine, title block, ruler, tabs"), STR(""), STR(""));
    part_spine(out, &spine);
    html_add(out, STR("<div class=\"mt4\">"));
    part_titleblock(out, &block);
    html_add(out, STR("</div><div class=\"mt4\">"));
    part_ruler(out, &ruler);
    html_add(out, STR("</div>"));
    part_tabs(out, &tabs);
    part_section_close(out);
}

static void draw_callouts(Html *out)
{
    Callout callouts[] = {
        { .title = STR("Note"), .text = LIST(Str, STR("Plan version 2 was agreed by all three process owners.")) },
        { .kind  = CALLOUT_WARN,
          .title = STR("Look here"),
          .text  = LIST(Str, STR("The newest value is 34 days old.")),
          .rule  = STR("G-07") },
        { .kind  = CALLOUT_OK,
          .title = STR("Nothing was altered"),
          .text  = LIST(Str, STR("23 of 23 events verified.")) },
    };
    RefusalCard card = { .id      = STR("G-06"),
                         .title   = STR("Cannot verify CA-010-1"),
                         .rule    = STR("G-06"),
                         .missing = LIST(Str, STR("You own the action.")),
                         .could   = LIST(Str, STR("Femke de Boer")),
                         .next    = STR("Ask her; proof is attached.") };
    Meter meter      = { STR("Building pack of F-001: 214 of 380 files"), 214, 380,
                         STR("You may leave; it comes by mail.") };
    part_gallery_callouts(out, callouts, countof(callouts), &card, &meter);
}

static void draw_history(Html *out)
{
    Timeline timeline = LIST(
        TimelineMark, { TIMELINE_NEXT, gallery_day("2026-12-15"), { STR("Effectiveness review opens"), STR("") }, 0 },
        { TIMELINE_BAD, gallery_day("2026-10-22"), { STR("Verification failed: undated screenshot"), STR("") }, 46990 },
        { TIMELINE_DONE, gallery_day("2026-06-02"), { STR("Cause “people forgot” returned"), STR("") }, 40118 },
        { TIMELINE_NOTE, gallery_day("2026-04-24"), { STR("Registered"), STR("") }, 0 });
    Diff diff = { .label  = STR("Difference"),
                  .before = STR("15 October 2026"),
                  .after  = STR("Today"),
                  .at     = (DiffLine[]){ { STR("Condition"),
                                            STR("Monthly expense match found 5 tools paid by personal card."),
                                            STR("Monthly expense match found 6 tools paid by personal card.") },
                                          { STR("Risk R-015"), STR("medium"), STR("high") } },
                  .len    = 2 };
    part_section_open(out, STR(""), STR("Timeline, tree, difference"), STR(""), STR(""));
    html_add(out, STR("<div class=\"two\">"));
    part_timeline(out, &timeline);
    part_gallery_tree(out);
    html_add(out, STR("</div><div class=\"mt6\">"));
    part_diff(out, &diff);
    html_add(out, STR("</div>"));
    part_section_close(out);
}

static void draw_proofs(Html *out)
{
    Time when = { 0 };
    if (!time_from_rfc3339(STR("2026-11-16T08:41:00Z"), &when)) return;
    ProofLine good = {
        PROOF_VERIFIED, 48231, when, STR("Elias Brandt"), 48240, true, STR(""), STR("/nc/F-024/history")
    };
    ProofLine bad = { PROOF_FAILED,
                      46702,
                      when,
                      STR(""),
                      0,
                      false,
                      STR("Event 46,702. Record is read-only. Administrator and programme manager were told at 09:44."),
                      STR("/nc/F-024/history") };
    part_section_open(out, STR(""), STR("Proof line"), STR(""), STR(""));
    part_proof(out, &good);
    part_proof(out, &bad);
    part_section_close(out);
}

void gallery_parts(Html *out)
{
    Shell shell      = gallery_shell(out->buf.arena, STR("Components"), STR("/settings"));
    shell.notice     = STR("");
    PageHead head    = { .title = STR("Components"),
                         .sub   = STR("All parts in all states, on the words and records of the demo company.") };
    EmptyState empty = { STR("No evidence yet"),
                         STR("Drop files here, or ask the process owner. A file needs the date of the fact it proves."),
                         LIST(Button, { .label = STR("Add files"), .kind = BUTTON_PRIMARY, .href = STR("#x") },
                              { .label = STR("Ask for evidence"), .href = STR("#x") }) };
    part_shell_open(out, &shell);
    part_page_head(out, &head);
    draw_buttons(out);
    draw_glyphs(out);
    draw_fields(out);
    draw_lines(out);
    draw_callouts(out);
    draw_history(out);
    draw_proofs(out);
    part_empty(out, &empty);
    part_shell_close(out, &shell);
}
