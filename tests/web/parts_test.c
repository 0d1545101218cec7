/* SPDX-License-Identifier: Apache-2.0
 * What components promise to the reader, whatever they look like. */
#include "pages/pages.h"
#include "support/check.h"

#define LIST(T, ...)                                                                                                   \
    {                                                                                                                  \
        .at = (T[]){ __VA_ARGS__ }, .len = countof(((T[]){ __VA_ARGS__ }))                                             \
    }

static Html a_page(Arena *arena)
{
    Html out       = html_open(arena);
    out.today      = day("2026-11-16");
    out.form_token = STR("t0ken");
    return out;
}

static size_t place_of(const Html *out, const char *part)
{
    Str html = html_bytes(out);
    for (size_t i = 0; i < html.len; i++)
        if (str_starts(str_slice(html, i, html.len - i), str_from_c(part))) return i;
    return SIZE_MAX;
}

#define check_has(out, part) check_has_at(&(out), (part), __FILE__, __LINE__)
static void check_has_at(const Html *out, const char *part, const char *file, int line)
{
    if (place_of(out, part) != SIZE_MAX) return;
    print_error("\"%s\" does not stand in:\n%.*s\n", part, STR_ARG(html_bytes(out)));
    _fail(file, line);
}

static bool has(const Html *out, const char *part)
{
    return place_of(out, part) != SIZE_MAX;
}

static void a_refusal_gives_its_four_answers_in_order(void **state)
{
    Html out         = a_page(*state);
    RefusalCard card = { .id      = STR("G-06"),
                         .title   = STR("Cannot verify CA-010-1"),
                         .rule    = STR("G-06"),
                         .missing = LIST(Str, STR("You own it."), STR("You did it.")),
                         .could   = LIST(Str, STR("Femke de Boer"), STR("Ruben Pires"), STR("Gareth Lowe")),
                         .next    = STR("Ask one of them.") };

    part_refusal(&out, &card);

    assert_true(place_of(&out, "href=\"/rules/G-06\"") < place_of(&out, "You own it."));
    assert_true(place_of(&out, "You own it.") < place_of(&out, "You did it."));
    assert_true(place_of(&out, "You did it.") < place_of(&out, "Femke de Boer, Ruben Pires and Gareth Lowe"));
    assert_true(place_of(&out, "Gareth Lowe") < place_of(&out, "Ask one of them."));
    check_has(out, "Ask one of them.");
}

static void a_barred_verb_stays_reachable_and_says_why(void **state)
{
    Html out      = a_page(*state);
    Button button = { .label   = STR("Issue report"),
                      .kind    = BUTTON_PRIMARY,
                      .id      = STR("why"),
                      .why_not = STR("Part 6 is empty."),
                      .fix     = { STR("Write it"), STR("#part-6") } };

    part_button(&out, &button);

    check_has(out, "aria-disabled=\"true\" aria-describedby=\"why\" href=\"#part-6\"");
    check_has(out, "<span id=\"why\">Part 6 is empty.");
    assert_false(has(&out, " disabled"));
    assert_false(has(&out, "primary"));
}

static void a_verb_of_its_own_posts_with_the_token(void **state)
{
    Html out      = a_page(*state);
    Button button = { .label = STR("Verify"), .post = STR("/nc/F-012/verify") };

    part_button(&out, &button);

    check_has(out, "<form method=\"post\" action=\"/nc/F-012/verify\"><input type=\"hidden\" name=\"form_token\" "
                   "value=\"t0ken\">");
}

static void a_refused_form_gives_back_what_was_typed(void **state)
{
    Html out  = a_page(*state);
    Form form = { .action   = STR("/nc/F-1"),
                  .revision = 7,
                  .fields   = LIST(FormField,
                                   { .name  = STR("owner"),
                                     .label = STR("Owner"),
                                     .value = STR("\"Procurement\" <team>"),
                                     .help  = STR("One person."),
                                     .error = STR("Choose a person.") },
                                   { .kind    = FORM_LONG_TEXT,
                                     .name    = STR("why"),
                                     .label   = STR("Why"),
                                     .value   = STR("\nfirst </textarea>"),
                                     .warning = STR("Names a person.") }) };

    part_form(&out, &form);

    check_has(out, "role=\"alert\" tabindex=\"-1\"");
    check_has(out, "<a href=\"#owner\">Owner: Choose a person.</a>");
    check_has(out, "value=\"&quot;Procurement&quot; &lt;team&gt;\"");
    check_has(out, "aria-invalid=\"true\" aria-describedby=\"owner-help owner-error\"");
    check_has(out, "id=\"owner-error\"");
    check_has(out, ">\n\nfirst &lt;/textarea&gt;</textarea>"); /* a browser drops the first line end only */
    check_has(out, "id=\"why-warning\"");
    check_has(out, "name=\"revision\" value=\"7\"");
    check_has(out, "name=\"form_token\" value=\"t0ken\"");
}

static void a_conflict_shows_both_texts_with_mine_chosen(void **state)
{
    Html out              = a_page(*state);
    ConflictView conflict = { .action   = STR("/nc/F-019"),
                              .who      = STR("Tomasz Wilk"),
                              .revision = 18,
                              .at       = (ConflictLine[]){ { STR("proof"), STR("Proof"), STR("export of 30 days"),
                                                              STR("export of 90 days"), STR("export of 90 days") } },
                              .len      = 1 };

    part_conflict(&out, &conflict);

    check_has(out, "<del>30</del>");
    check_has(out, "<ins>90</ins>");
    check_has(out, "name=\"keep-proof\" value=\"mine\" checked");
    check_has(out, "name=\"mine-proof\" value=\"export of 90 days\"");
    check_has(out, "name=\"revision\" value=\"18\"");
    check_has(out, "value=\"theirs\"");
}

static void lateness_is_said_by_shape_and_word(void **state)
{
    Html late = a_page(*state), soon = a_page(*state), far = a_page(*state);
    part_due(&late, day("2026-10-30"), STR(""));
    part_due(&soon, day("2026-11-18"), STR(""));
    part_due(&far, day("2026-12-15"), STR(""));

    check_has(late, "#flag\"/></svg><time datetime=\"2026-10-30\">17 days late</time>");
    check_has(soon, "#clock\"/></svg><time datetime=\"2026-11-18\">Wed 18 Nov</time>");
    check_has(far, "<time datetime=\"2026-12-15\">15 Dec 2026</time>");
    assert_false(has(&far, "<svg"));
}

static void a_sorted_column_says_so_and_empty_cells_are_empty(void **state)
{
    static const TableColumn columns[] = {
        { .label = STR_INIT("Due"), .sort_href = STR_INIT("?sort=due"), .sorted = SORTED_UP },
        { .label = STR_INIT("Proof") },
    };
    Html out        = a_page(*state);
    Cell cells[2]   = { { .kind = CELL_DATE, .date = day("2026-12-15") } };
    TableView table = {
        .label = STR("Cases"), .columns = columns, .columns_len = 2, .at = &(TableRow){ .cells = cells }, .len = 1
    };

    part_table(&out, &table);

    check_has(out, "aria-sort=\"ascending\"");
    check_has(out, "href=\"?sort=due\"");
    check_has(out, "data-l=\"Proof\"></td>");
    check_has(out, "data-l=\"Due\">");
}

static void a_failed_proof_cannot_be_overlooked(void **state)
{
    Html out        = a_page(*state);
    ProofLine proof = { .state = PROOF_FAILED, .failure = STR("Event 46,702 differs."), .href = STR("/record/46702") };

    part_proof(&out, &proof);

    check_has(out, "Record does not match");
    check_has(out, "Event 46,702 differs.");
    assert_false(has(&out, "Record verified"));
}

static void a_page_is_whole_and_loads_only_its_own(void **state)
{
    Html out        = a_page(*state);
    Shell shell     = { .title = STR("Tools <script>"), .theme = STR("dark"), .user_name = STR("Elias Brandt") };
    Problem problem = { .kind = PROBLEM_NOT_FOUND };

    page_problem(&out, &shell, &problem);

    assert_true(str_starts(html_bytes(&out), STR("<!doctype html>\n<html lang=\"en\" data-theme=\"dark\">")));
    assert_true(str_ends(html_bytes(&out), STR("</html>\n")));
    check_has(out, "<title>Tools &lt;script&gt; · Plumbline</title>");
    check_has(out, "<main class=\"main\" id=\"main\" tabindex=\"-1\">");
    check_has(out, "href=\"#main\"");
    assert_false(has(&out, "http://"));
    assert_false(has(&out, "style="));
    assert_false(has(&out, "onclick"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(a_refusal_gives_its_four_answers_in_order),
        arena_test(a_barred_verb_stays_reachable_and_says_why),
        arena_test(a_verb_of_its_own_posts_with_the_token),
        arena_test(a_refused_form_gives_back_what_was_typed),
        arena_test(a_conflict_shows_both_texts_with_mine_chosen),
        arena_test(lateness_is_said_by_shape_and_word),
        arena_test(a_sorted_column_says_so_and_empty_cells_are_empty),
        arena_test(a_failed_proof_cannot_be_overlooked),
        arena_test(a_page_is_whole_and_loads_only_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
