/* SPDX-License-Identifier: Apache-2.0
 * Whole pages: a record, a register, My work, and the answers to what could not be done. */
#include "gallery.h"
#include "gallery/pages.h"
#include "pages/pages.h"

static Time gallery_time(const char *rfc3339)
{
    Time time = { 0 };
    return time_from_rfc3339(str_from_c(rfc3339), &time) ? time : (Time){ 0 };
}

/* ---- a record ---- */

static const TableColumn action_columns[] = {
    { .label = STR_INIT("Action against the cause"), .kind = COLUMN_TITLE },
    { .label = STR_INIT("Owner") },
    { .label = STR_INIT("Due"), .kind = COLUMN_NOWRAP },
    { .label = STR_INIT("Done"), .kind = COLUMN_NOWRAP },
    { .label = STR_INIT("Proof") },
    { .label = STR_INIT("State"), .kind = COLUMN_NOWRAP },
};

static Cell *action_cells(Html *out, Str title, Str owner, const char *due, const char *done, Str proof)
{
    Cell *cells = arena_array(out->buf.arena, Cell, countof(action_columns));
    cells[0]    = (Cell){ .text = title, .note = STR("against: C1") };
    cells[1]    = (Cell){ .text = owner };
    cells[2]    = (Cell){ .kind = CELL_DATE, .date = gallery_day(due) };
    cells[3]    = (Cell){ .kind = CELL_DATE, .date = gallery_day(done) };
    cells[4]    = (Cell){ .text = proof };
    cells[5]    = (Cell){ .kind = CELL_STATE, .state = STATE_GLYPH_DONE, .text = STR("Verified") };
    return cells;
}

static TableView action_table(Html *out)
{
    TableView table = { .label       = STR("Corrective actions"),
                        .columns     = action_columns,
                        .columns_len = countof(action_columns) };
    *list_push(out->buf.arena, &table) =
        (TableRow){ .cells = action_cells(out, STR("CA-012-1 Automated quarterly restore with measured time and loss"),
                                          STR("Tomasz Wilk"), "2026-06-30", "2026-06-12", STR("job run")) };
    *list_push(out->buf.arena, &table) =
        (TableRow){ .cells = action_cells(out, STR("CA-012-2 Alarm when no success in 35 days"), STR("Tomasz Wilk"),
                                          "2026-06-30", "2026-06-20", STR("test alarm")) };
    *list_push(out->buf.arena, &table) =
        (TableRow){ .cells = action_cells(out, STR("CA-012-3 Faster recovery design (replica promotion)"),
                                          STR("Mateus Carvalho"), "2026-08-31", "2026-08-27", STR("design, run")) };
    return table;
}

static PageHead record_head(void)
{
    static Link crumbs[] = { { STR_INIT("Nonconformities"), STR_INIT("/nc") },
                             { STR_INIT("F-012"), STR_INIT("/nc/F-012") } };
    static Button acts[] = { { .label = STR_INIT("Export as pack"), .href = STR_INIT("/nc/F-012/pack") },
                             { .label = STR_INIT("Print"), .icon = ICON_PRINT, .href = STR_INIT("/nc/F-012/print") } };
    return (PageHead){ .crumbs = { crumbs, 2, 2 },
                       .number = STR("F-012"),
                       .title  = STR("Main database not restored for 14 months"),
                       .acts   = { acts, 2, 2 } };
}

void gallery_record(Html *out)
{
    Shell shell   = gallery_shell(out->buf.arena, STR("F-012 Main database not restored for 14 months"), STR("/nc"));
    PageHead head = record_head();
    Spine spine   = { .label = STR("Five steps of the corrective action"),
                      .at =
                          (SpineStep[]){ { STR("1 Identified"), STR("#s3"), STR("24 Apr, IA-26-02"), SPINE_DONE },
                                         { STR("2 Cause found"), STR("#s3"), STR("fault tree, 3 causes"), SPINE_DONE },
                                         { STR("3 Implemented"), STR("#s3"), STR("4 of 4 actions in time"), SPINE_DONE },
                                         { STR("4 Checked"), STR("#s3"), STR("verified; waiting to 15 Dec"), SPINE_HERE },
                                         { STR("5 Closed"), STR(""), STR("29 days to go"), SPINE_AHEAD } },
                      .len = 5 };
    Facts block =
        LIST(Fact,
             { STR("State"),
               { .kind  = CELL_STATE,
                 .state = STATE_GLYPH_WAIT,
                 .text  = STR("Monitoring"),
                 .note  = STR("cycle 1, since 25 Sep") } },
             { STR("Grade"), { .kind = CELL_GRADE, .grade = GRADE_GLYPH_MAJOR, .note = STR("significance high") } },
             { STR("Owner"), { .text = STR("Tomasz Wilk"), .note = STR("PR-05 Platform operation") } },
             { STR("Criterion"), { .text = STR("A.8.13, A.5.30"), .note = STR("Backup standard 5") } },
             { STR("Next date"),
               { .kind = CELL_DATE, .date = gallery_day("2026-12-11"), .note = STR("second restore test") } },
             { STR("Age"), { .text = counted(out, 206, N_("day"), N_("days")), .note = STR("0 extensions") } });
    Gate gate = {
        .id    = STR("gate"),
        .title = STR("Before the effectiveness review: 2 of 4 open"),
        .aside = STR("opens 15 December"),
        .verb  = { .label = STR("Review effectiveness"), .id = STR("why-review"), .why_not = STR("29 days to go.") },
        .at    = (GateLine[]){ { STR("The waiting period is over"),
                                 STR("review-1"),
                                 STR("15 Dec, by itself"),
                                 { STR(""), STR("") },
                                 false },
                               { STR("Two quarterly tests in a row passed"),
                                 STR("review-2"),
                                 STR("Tomasz Wilk, 11 Dec"),
                                 { STR("Remind"), STR("/remind") },
                                 false },
                               { STR("The reviewer owns no action here"),
                                 STR("G-07"),
                                 STR("Ruben Pires"),
                                 { STR(""), STR("") },
                                 true },
                               { STR("All actions are verified"),
                                 STR("verify-1"),
                                 STR("4 of 4"),
                                 { STR("Look"), STR("#s3") },
                                 true } },
        .len   = 4
    };
    Tabs tabs         = { .label = STR("Parts of F-012"),
                          .at    = (Tab[]){ { STR("Case"), STR("/nc/F-012"), STR(""), true },
                                            { STR("Evidence"), STR("/nc/F-012/evidence"), STR("9"), false },
                                            { STR("History"), STR("/nc/F-012/history"), STR("41"), false } },
                          .len   = 3 };
    TableView table   = action_table(out);
    Timeline timeline = LIST(
        TimelineMark,
        { TIMELINE_NEXT, gallery_day("2026-12-15"), { STR("Effectiveness review opens, Ruben Pires"), STR("") }, 0 },
        { TIMELINE_DONE,
          gallery_day("2026-09-25"),
          { STR("Verification passed, waiting period of 81 days starts"), STR("/record/45310") },
          45310 },
        { TIMELINE_BAD,
          gallery_day("2026-09-09"),
          { STR("First verification set aside: test of one set missing"), STR("") },
          44870 },
        { TIMELINE_NOTE, gallery_day("2026-04-24"), { STR("Registered from IA-26-02"), STR("") }, 37911 });
    Facts people    = LIST(Fact, { STR("Owner"), { .text = STR("Tomasz Wilk") } },
                           { STR("Plan approver"), { .text = STR("Elias Brandt") } },
                           { STR("Verifier"), { .text = STR("Ruben Pires") } });
    ProofLine proof = {
        PROOF_VERIFIED,          45310, gallery_time("2026-09-25T13:12:00Z"), STR("Ruben Pires"), 48240, true, STR(""),
        STR("/nc/F-012/history")
    };
    page_gallery_record(out, &shell, &head, &spine, &block, &gate, &tabs, &table, &timeline, &people, &proof);
}

/* ---- a register ---- */

static const TableColumn case_columns[] = {
    { .label = STR_INIT("No."), .kind = COLUMN_FIRST, .sort_href = STR_INIT("?sort=number") },
    { .label = STR_INIT("Title"), .kind = COLUMN_TITLE, .sort_href = STR_INIT("?sort=title") },
    { .label = STR_INIT("Grade"), .kind = COLUMN_NOWRAP, .sort_href = STR_INIT("?sort=grade") },
    { .label = STR_INIT("State"), .kind = COLUMN_NOWRAP, .sort_href = STR_INIT("?sort=state") },
    { .label = STR_INIT("Owner"), .kind = COLUMN_NOWRAP, .sort_href = STR_INIT("?sort=owner") },
    { .label = STR_INIT("Next step") },
    { .label = STR_INIT("Due"), .kind = COLUMN_NOWRAP, .sort_href = STR_INIT("?sort=due"), .sorted = SORTED_UP },
};

static const struct {
    const char *number, *title, *note;
    GradeGlyph grade;
    StateGlyph state;
    const char *state_name, *owner, *next, *due;
    RowLook look;
} cases[] = {
    { "F-013", "Incident reviews missing", "A.5.27 · IA-26-02 · verification failed 22 Oct", GRADE_GLYPH_MINOR,
      STATE_GLYPH_GO, "In progress", "Hannah Okoro", "action CA-013-1", "2026-10-30", ROW_NORMAL },
    { "F-021", "Six tools with customer data outside the register", "A.5.19, A.5.23 · monitoring · repeats F-004",
      GRADE_GLYPH_MINOR, STATE_GLYPH_GO, "Analysis", "Ana Teixeira", "analysis and plan", "2026-11-09", ROW_NORMAL },
    { "F-019", "Own changes approved by their author", "A.8.32, A.5.3 · IA-26-04", GRADE_GLYPH_MINOR, STATE_GLYPH_TURN,
      "Plan review", "Priya Raman", "decision by Elias Brandt", "2026-11-28", ROW_SELECTED },
    { "F-024", "Laptops without stored recovery key", "A.8.1, A.8.24 · IA-26-05", GRADE_GLYPH_MINOR, STATE_GLYPH_STOP,
      "Disputed", "Jonas Reuter", "retirement records", "2026-11-18", ROW_NORMAL },
    { "F-023", "Customer told late of a new sub-processor", "A.5.31, A.5.20 · complaint CMP-118", GRADE_GLYPH_MINOR,
      STATE_GLYPH_TURN, "Implemented", "Katrin Weiss", "verification by Elias Brandt", "2026-11-20", ROW_SELECTED },
    { "F-012", "Main database not restored for 14 months", "A.8.13, A.5.30 · IA-26-02", GRADE_GLYPH_MAJOR,
      STATE_GLYPH_WAIT, "Monitoring", "Tomasz Wilk", "effectiveness review", "2026-12-15", ROW_NORMAL },
    { "F-011", "Web filtering marked implemented but missing off-site", "6.1.3, A.8.23 · certification body NC-26-2",
      GRADE_GLYPH_MINOR, STATE_GLYPH_VOID, "Void", "Jonas Reuter", "", "2026-12-31", ROW_CUT },
};

static TableView case_table(Arena *arena)
{
    TableView table = { .label       = STR("Open nonconformities"),
                        .columns     = case_columns,
                        .columns_len = countof(case_columns),
                        .ticks       = true };
    for (size_t i = 0; i < countof(cases); i++) {
        Cell *cells = arena_array(arena, Cell, countof(case_columns));
        cells[0]    = (Cell){ .text = str_from_c(cases[i].number) };
        cells[1]    = (Cell){ .text = str_from_c(cases[i].title),
                              .href = str_fmt(arena, "/nc/%s", cases[i].number),
                              .note = str_from_c(cases[i].note) };
        cells[2]    = (Cell){ .kind = CELL_GRADE, .grade = cases[i].grade };
        cells[3]    = (Cell){ .kind = CELL_STATE, .state = cases[i].state, .text = str_from_c(cases[i].state_name) };
        cells[4]    = (Cell){ .text = str_from_c(cases[i].owner) };
        cells[5]    = (Cell){ .text = str_from_c(cases[i].next) };
        cells[6]    = (Cell){ .kind = CELL_DUE, .date = gallery_day(cases[i].due) };
        *list_push(arena, &table) =
            (TableRow){ .cells = cells, .key = str_from_c(cases[i].number), .look = cases[i].look };
    }
    return table;
}

void gallery_register(Html *out)
{
    Shell shell   = gallery_shell(out->buf.arena, STR("Nonconformities"), STR("/nc"));
    PageHead head = {
        .title = STR("Nonconformities"),
        .acts  = LIST(Button, { .label = STR("Export"), .href = STR("/nc.csv") },
                      { .label = STR("Register"), .icon = ICON_PLUS, .kind = BUTTON_PRIMARY, .href = STR("/nc/new") })
    };
    Tabs views            = { .label = STR("Saved views"),
                              .at    = (Tab[]){ { STR("Open"), STR("/nc"), STR("10"), true },
                                                { STR("Late"), STR("/nc?late=yes"), STR("2"), false },
                                                { STR("Waits for me"), STR("/nc?waits=me"), STR("3"), false },
                                                { STR("All"), STR("/nc?state=all"), STR("15"), false } },
                              .len   = 4 };
    Links grades          = LIST(Link, { STR("any grade"), STR("/nc") }, { STR("major"), STR("/nc?grade=major") },
                                 { STR("minor"), STR("/nc?grade=minor") });
    FilterSentence filter = {
        .word = STR("Show"),
        .more = LIST(Link, { STR("due before"), STR("/nc?due=") }, { STR("clause"), STR("/nc?clause=") }),
        .at   = (FilterToken[]){ { STR(""), STR("open nonconformities"), grades, STR("/nc?state=all"), true },
                                 { STR("of"), STR("any grade"), grades, STR(""), false },
                                 { STR("in"), STR("any process"), grades, STR(""), false } },
        .len  = 3
    };
    TableView table = case_table(out->buf.arena);
    Pager pager     = { STR("1 to 7 of 1,184 · sorted by due date, late first"), STR(""), STR("/nc?after=F-011") };
    EmptyState none = {
        STR("No nonconformity yet"),
        STR("They come from audits, monitoring, incidents, complaints, suppliers, reviews, the certification body, or "
            "anybody in the company who reports one."),
        LIST(Button, { .label = STR("Register the first"), .kind = BUTTON_PRIMARY, .href = STR("/nc/new") },
             { .label = STR("Import a list"), .href = STR("/nc/import") },
             { .label = STR("Share the report form"), .kind = BUTTON_QUIET, .href = STR("/nc/report") })
    };
    EmptyState filtered = {
        STR("Nothing matches these 3 conditions"),
        STR("Open, major, process PR-10. There are 15 nonconformities in all; 1 is open and major, in PR-05."),
        LIST(Button, { .label = STR("Without “process PR-10” (1)"), .href = STR("/nc?x") },
             { .label = STR("Clear all"), .kind = BUTTON_QUIET, .href = STR("/nc") })
    };
    page_gallery_register(out, &shell, &head, &views, &filter, &table, &pager, &none, &filtered);
}

/* ---- My work ---- */

void gallery_home(Html *out)
{
    Shell shell        = gallery_shell(out->buf.arena, STR("My work"), STR("/"));
    shell.notice       = STR("Reminder sent to 2 owners");
    shell.undo         = (Link){ STR("Undo"), STR("/undo/1") };
    PageHead head      = { .title = STR("My work"),
                           .sub   = str_fmt(out->buf.arena,
                                            "%.*s. Seven things are asked of you; two are late. Four people wait for you.",
                                            STR_ARG(long_date(out, out->today))) };
    WorkList decisions = {
        .id    = STR("decisions"),
        .title = STR("Others wait for your decision"),
        .aside = STR("oldest first"),
        .at =
            (WorkItem[]){
                { ICON_NC,
                  { STR("Decide on the action plan of F-019"), STR("/nc/F-019") },
                  STR("Own changes approved by their author. Priya Raman submitted two actions on 28 October; until "
                      "you decide, nothing starts."),
                  { .kind = CELL_LATE, .text = STR("19 days waiting"), .note = STR("asked 28 Oct") },
                  LIST(Button, { .label = STR("Read the plan"),
                                 .kind  = BUTTON_PRIMARY,
                                 .size  = BUTTON_SMALL,
                                 .href  = STR("/nc/F-019#plan") }) },
                { ICON_MESSAGE,
                  { STR("Answer the dispute of F-024"), STR("/findings/F-024") },
                  STR("Laptops without stored recovery key. Jonas Reuter says 8 of the 11 are retired; his proof is "
                      "due on Wednesday, before the closing meeting."),
                  { .kind = CELL_DUE,
                    .date = gallery_day("2026-11-18"),
                    .note = relative_words(out, gallery_day("2026-11-18")) },
                  LIST(Button, { .label = STR("Open"), .size = BUTTON_SMALL, .href = STR("/findings/F-024") }) },
                { ICON_TICK,
                  { STR("Verify the actions of F-023"), STR("/nc/F-023") },
                  STR("Customer told late of a new sub-processor. Both actions claim done, proof is attached. You own "
                      "no action in it."),
                  { .kind = CELL_DUE,
                    .date = gallery_day("2026-11-20"),
                    .note = relative_words(out, gallery_day("2026-11-20")) },
                  LIST(Button, { .label = STR("Verify"), .size = BUTTON_SMALL, .href = STR("/nc/F-023") }) } },
        .len = 3
    };
    WorkList todo = {
        .id    = STR("todo"),
        .title = STR("Yours to do"),
        .at =
            (WorkItem[]){
                { ICON_PEOPLE,
                  { STR("Evaluate Ruben Pires after IA-26-04"), STR("/people/pires") },
                  STR("The audit cannot be closed before each auditor is evaluated; his qualification depends on it."),
                  { .kind = CELL_DUE, .date = gallery_day("2026-11-03"), .note = STR("due 3 Nov") },
                  LIST(Button, { .label = STR("Evaluate"), .size = BUTTON_SMALL, .href = STR("/people/pires") }) } },
        .len = 1
    };
    page_gallery_home(out, &shell, &head, &decisions, &todo);
}

/* ---- when the answer is no ---- */

void gallery_refused(Html *out)
{
    Shell shell        = gallery_shell(out->buf.arena, STR("Cannot verify CA-010-1"), STR("/nc"));
    PageHead head      = record_head();
    RefusalCards cards = LIST(
        RefusalCard,
        { .id        = STR("G-01"),
          .title     = STR("Noor Haddad cannot join IA-26-04"),
          .rule      = STR("G-01"),
          .rule_text = STR("Nobody audits what they owned, operated, wrote or approved in the last 12 months."),
          .missing   = LIST(Str, STR("Independence: works in Engineering, unit of PR-04 (in scope)."),
                            STR("Wrote test standard 3, used in A.8.29.")),
          .could     = LIST(Str, STR("Ruben Pires"), STR("Gareth Lowe")),
          .next = STR("Choose Ruben Pires. If nobody were left: an override needs a reason, a mitigating measure and "
                      "Ingrid Solbakken, and is printed in the report (G-20)."),
          .acts =
              LIST(Button,
                   { .label = STR("Assign Ruben Pires"), .kind = BUTTON_PRIMARY, .post = STR("/audits/IA-26-04/team") },
                   { .label = STR("Show all facts"), .href = STR("/people/haddad") }) },
        { .id        = STR("review-1"),
          .title     = STR("F-012 cannot be closed today"),
          .rule      = STR("review-1"),
          .rule_text = STR("Waiting time is over, and there are enough data."),
          .missing =
              LIST(Str, STR("15 December 2026 has not come (29 days). One of two quarterly restore tests is there.")),
          .next = STR("Nothing to do for now. The test runs on 11 December; Ruben gets the task on the 15th.") });
    page_refused(out, &shell, &head, &cards);
}

void gallery_conflict(Html *out)
{
    Shell shell           = gallery_shell(out->buf.arena, STR("Two versions of F-019"), STR("/nc"));
    PageHead head         = record_head();
    ConflictView conflict = {
        .action    = STR("/nc/F-019"),
        .record    = STR("F-019"),
        .who       = STR("Tomasz Wilk"),
        .when      = gallery_time("2026-11-16T08:38:00Z"),
        .merged    = 3,
        .revision  = 18,
        .edit_href = STR("/nc/F-019/edit"),
        .at        = (ConflictLine[]){ { STR("proof"), STR("Expected proof of CA-019-2"),
                                         STR("Alert in the on-call channel and with next-day review, export of 30 days"),
                                         STR("Alert in the on-call channel and next-day review, one refused bypass"),
                                         STR("") } },
        .len       = 1
    };
    page_conflict(out, &shell, &head, &conflict);
}

void gallery_form(Html *out)
{
    Shell shell   = gallery_shell(out->buf.arena, STR("Add an action to F-021"), STR("/nc"));
    PageHead head = { .title = STR("Add an action"), .number = STR("F-021") };
    Form form     = {
            .action   = STR("/nc/F-021/actions"),
            .revision = 12,
            .fields   = LIST(
                  FormField,
                  { .name    = STR("action"),
                    .label   = STR("Action"),
                    .value   = STR("Remind staff to use the register"),
                    .warning = STR("The confirmed cause lies in the tool (expense form). Reminding alone seldom removes it. "
                                         "You may keep it.") },
                  { .kind  = FORM_PERSON,
                    .name  = STR("owner"),
                    .label = STR("Owner"),
                    .value = STR("Procurement team"),
                    .error = STR("Choose a person, not a team. Ana Teixeira leads Procurement.") },
                  { .kind  = FORM_DATE,
                    .name  = STR("due"),
                    .label = STR("Due date"),
                    .value = STR("2027-05-24"),
                    .last  = gallery_day("2027-01-23"),
                    .help =
                        STR("At most 180 days for a minor nonconformity, and 30 days before the visit of 22 February 2027."),
                    .error = STR("Choose a date up to 23 January 2027, or ask for an exception.") },
                  { .kind  = FORM_RADIO,
                    .name  = STR("against"),
                    .label = STR("Against which cause"),
                    .error = STR("Choose the cause that the action removes."),
                    .at = (FormChoice[]){ { STR("C1"), STR("C1 Expense form accepts any tool"), STR("confirmed: form export"),
                                            STR(""), false, false },
                                          { STR("C2"), STR("C2 Register unknown to teams"), STR("not confirmed"), STR(""),
                                            false, true } },
                    .len = 2 }),
            .verbs =
                LIST(Button, { .label = STR("Add action"), .kind = BUTTON_PRIMARY },
                     { .label = STR("Save as draft"), .kind = BUTTON_QUIET, .name = STR("draft"), .value = STR("yes") })
    };
    page_gallery_form(out, &shell, &head, &form);
}

/* ---- doors ---- */

void gallery_sign_in(Html *out)
{
    SignInView in = { .organisation  = STR("Veldane Systems B.V."),
                      .sign_on_label = STR("Continue with Veldane sign-on"),
                      .sign_on_href  = STR("/sign-on"),
                      .keys          = true,
                      .guests        = true };
    page_sign_in(out, &in);
}

void gallery_first_run(Html *out)
{
    Shell shell  = gallery_shell(out->buf.arena, STR("Set up"), STR("/settings"));
    FirstRun run = {
        .steps           = { .label = STR("Steps of the set-up"),
                             .at =
                                 (SpineStep[]){ { STR("1 You"), STR("/setup/1"), STR("Hannah Okoro, ISMS manager"), SPINE_DONE },
                                                { STR("2 Four questions"), STR(""), STR("2 minutes"), SPINE_HERE },
                                                { STR("3 People and processes"), STR(""), STR("paste or import"), SPINE_AHEAD },
                                                { STR("4 Applicability"), STR(""), STR("93 controls, can wait"), SPINE_AHEAD },
                                                { STR("5 Let it plan"), STR(""), STR("draft programme"), SPINE_AHEAD },
                                                { STR("6 Old cases"), STR(""), STR("import, can wait"), SPINE_AHEAD } },
                             .len = 6 },
        .form            = { .action = STR("/setup/2"),
                             .title  = STR("Four questions"),
                             .fields =
                                 LIST(FormField,
                                      { .kind  = FORM_RADIO,
                                        .name  = STR("edition"),
                                        .label = STR("Which edition do you audit against?"),
                                        .value = STR("2022"),
                                        .at =
                                            (FormChoice[]){
                                                { STR("2022"), STR("ISO/IEC 27001:2022 with Amendment 1:2024"),
                                                  STR("clauses 4 to 10 and 93 controls; numbers and short titles are shipped"),
                                                  STR(""), false, false },
                                                { STR("own"), STR("I bring another framework"),
                                                  STR("own policies, contracts, laws: as a list with numbers"), STR(""), false,
                                                  false } },
                                        .len = 2 },
                                      { .kind  = FORM_DATE,
                                        .name  = STR("issued"),
                                        .label = STR("Certificate issued"),
                                        .value = STR("2025-03-18"),
                                        .help  = STR("The cycle follows: 18 March 2025 to 17 March 2028.") },
                                      { .kind     = FORM_DATE,
                                        .name     = STR("visit"),
                                        .label    = STR("Next outside visit"),
                                        .value    = STR("2027-02-22"),
                                        .optional = true,
                                        .beside   = true,
                                        .help     = STR("Actions are planned to end 30 days before.") },
                                      { .kind    = FORM_PERSON,
                                        .name    = STR("manager"),
                                        .label   = STR("Who manages the audit programme?"),
                                        .value   = STR("Ingrid Solbakken"),
                                        .warning = STR("The same person cannot approve the programme (rule G-03). Choose another, "
                                                                  "for example Elias Brandt, or go on and decide later.") }),
                             .verbs = LIST(
                                 Button, { .label = STR("Save and go on"), .kind = BUTTON_PRIMARY },
                                 { .label = STR("Later"), .kind = BUTTON_QUIET, .name = STR("later"), .value = STR("yes") }) },
        .demo_href       = STR("/setup/demo"),
        .event           = 1,
        .event_time      = gallery_time("2026-11-16T08:02:00Z"),
        .checkpoint_href = STR("/record/checkpoint")
    };
    page_first_run(out, &shell, &run);
}

static void draw_problem(Html *out, Problem problem)
{
    Shell shell = gallery_shell(out->buf.arena, text_of(out->language, problem_title(problem.kind)), STR(""));
    page_problem(out, &shell, &problem);
}

void gallery_not_found(Html *out)
{
    draw_problem(out, (Problem){ .kind = PROBLEM_NOT_FOUND,
                                 .acts = LIST(Button, { .label = STR("Find a record"), .href = STR("/search") }) });
}

void gallery_not_allowed(Html *out)
{
    draw_problem(
        out, (Problem){ .kind = PROBLEM_NOT_ALLOWED,
                        .text = STR("Working papers of IA-26-05 are for the audit team. You see the plan, the requests "
                                    "to you and the findings once they are presented. Ask Elias Brandt.") });
}

void gallery_ours(Html *out)
{
    draw_problem(out, (Problem){ .kind = PROBLEM_OURS, .reference = STR("2026-11-16T08:41:07Z/4711") });
}
