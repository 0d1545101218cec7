/* SPDX-License-Identifier: Apache-2.0
 * Built-in content: the shipped files are whole, and a damaged file is refused with its line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../base/oracle.h"
#include "org/content.h"

#define FOLDER "content/iso27001-2022/"

typedef struct {
    Arena *arena;
    ContentFiles files; /* as shipped; a test damages one */
} Shelf;

static int shelf_open(void **state)
{
    Arena *arena = arena_open(64 << 20);
    Shelf *shelf = arena_new(arena, Shelf);

    shelf->arena = arena;
    shelf->files = (ContentFiles){
        .framework  = oracle_text(arena, FOLDER "framework.csv"),
        .clauses    = oracle_text(arena, FOLDER "clauses.csv"),
        .controls   = oracle_text(arena, FOLDER "controls.csv"),
        .mapping    = oracle_text(arena, FOLDER "map-2013.csv"),
        .procedures = oracle_text(arena, FOLDER "test-procedures.csv"),
    };
    *state = shelf;
    return 0;
}

static int shelf_close(void **state)
{
    arena_close(((Shelf *)*state)->arena);
    return 0;
}

static Content shipped(Shelf *shelf)
{
    Content content;
    Err err = { 0 };

    if (!content_read(shelf->arena, &shelf->files, &content, &err)) fail_msg("%s: %s", err.what, err.detail);
    return content;
}

static void the_standard_has_41_clauses_of_which_30_are_audited(void **state)
{
    Content content     = shipped(*state);
    size_t requirements = 0;

    for (size_t i = 0; i < content.clauses.len; i++)
        requirements += content.clauses.at[i].kind == CLAUSE_REQUIREMENT;

    assert_int_equal(content.clauses.len, 41);
    assert_int_equal(requirements, 30);
    assert_true(str_eq_c(content.framework.edition, "2022"));
    assert_true(str_eq_c(content_clause(&content, STR("9.2.2"))->parent, "9.2"));
    assert_int_equal(content_clause(&content, STR("9.2.2"))->level, 3);
    assert_null(content_clause(&content, STR("11")));
}

static void annex_a_has_93_controls_in_four_themes(void **state)
{
    static const struct {
        const char *theme;
        size_t count;
    } themes[]      = { { "Organizational", 37 }, { "People", 8 }, { "Physical", 14 }, { "Technological", 34 } };
    Content content = shipped(*state);

    assert_int_equal(content.controls.len, 93);
    for (size_t i = 0; i < countof(themes); i++) {
        size_t count = 0;
        for (size_t j = 0; j < content.controls.len; j++)
            count += str_eq_c(content.controls.at[j].theme, themes[i].theme);
        assert_int_equal(count, themes[i].count);
    }
    assert_true(str_eq_c(content_control(&content, STR("A.8.20"))->title, "Networks security"));
}

static void the_map_has_115_pairs_and_11_new_controls(void **state)
{
    Content content      = shipped(*state);
    size_t of[RELATIONS] = { 0 };

    for (size_t i = 0; i < content.mappings.len; i++)
        of[content.mappings.at[i].relation]++;

    assert_int_equal(content.mappings.len, 126);
    assert_int_equal(of[RELATION_NEW], 11);
    assert_int_equal(of[RELATION_SPLIT], 2);
    assert_int_equal(of[RELATION_CARRIED_OVER] + of[RELATION_RENAMED], 58);
}

/* Ten rows of the data have two steps; the other 132 have three. */
static void all_142_procedures_have_their_steps(void **state)
{
    Content content = shipped(*state);
    size_t with[4]  = { 0 };

    assert_int_equal(content.procedures.len, 142);
    for (size_t i = 0; i < content.procedures.len; i++) {
        const ContentProcedure *procedure = &content.procedures.at[i];
        assert_in_range(procedure->steps.len, 2, 3);
        with[procedure->steps.len]++;
        for (size_t j = 0; j < procedure->steps.len; j++) {
            assert_false(str_is_empty(procedure->steps.at[j]));
            assert_false(str_has(procedure->steps.at[j], STR(" 2) ")));
        }
        assert_true(procedure->methods != 0);
        assert_int_equal(procedure->for_control, str_starts(procedure->ref, STR("A.")));
    }
    assert_int_equal(with[2], 10);
    assert_int_equal(with[3], 132);
}

static void every_requirement_and_control_has_a_procedure_with_its_own_number(void **state)
{
    Content content   = shipped(*state);
    size_t references = 0, tests = 0;

    for (size_t i = 0; i < content.procedures.len; i++) {
        const ContentProcedure *procedure = &content.procedures.at[i];
        references += procedure->number == 1;
        tests += (procedure->methods & METHOD_TEST) != 0;
        for (size_t j = 0; j < i; j++)
            assert_false(str_eq(procedure->id, content.procedures.at[j].id));
    }
    assert_int_equal(references, 93 + 30);
    assert_int_equal(tests, 105);
}

static void a_procedure_is_known_by_reference_and_number(void **state)
{
    Content content = shipped(*state);

    for (size_t i = 0; i < content.procedures.len; i++) {
        const ContentProcedure *procedure = &content.procedures.at[i];
        if (!str_eq_c(procedure->id, "TP-A.8.13-2")) continue;
        assert_true(str_eq_c(procedure->ref, "A.8.13"));
        assert_int_equal(procedure->number, 2);
        return;
    }
    fail_msg("there is no TP-A.8.13-2");
}

static void steps_are_split_at_their_own_numbers_only(void **state)
{
    Shelf *shelf = *state;
    StrList steps;

    assert_true(
        content_split_steps(shelf->arena, STR("1) Ask (see 3) for the list. 2) Test 5) of it. 3) Note."), &steps));
    assert_int_equal(steps.len, 3);
    assert_true(str_eq_c(steps.at[0], "Ask (see 3) for the list."));
    assert_true(str_eq_c(steps.at[1], "Test 5) of it."));
    assert_true(str_eq_c(steps.at[2], "Note."));
    assert_false(content_split_steps(shelf->arena, STR("Ask. 2) Test."), &steps));
    assert_false(content_split_steps(shelf->arena, STR("1) 2) Test."), &steps));
    assert_false(content_split_steps(shelf->arena, STR(""), &steps));
}

static void assert_refused(Shelf *shelf, ContentFiles files, const char *line, const char *why)
{
    Content content;
    Err err = { 0 };

    assert_false(content_read(shelf->arena, &files, &content, &err));
    assert_int_equal(err.code, ERR_FORMAT);
    if (!strstr(err.detail, line) || !strstr(err.detail, why)) fail_msg("%s", err.detail);
}

static void damaged_files_are_refused_with_file_and_line(void **state)
{
    Shelf *shelf       = *state;
    ContentFiles files = shelf->files;

    files.controls = STR("ref,title,theme\nA.5.1,Policies,Organizational\nA.5.1,Again,Organizational\n");
    assert_refused(shelf, files, "controls.csv, line 3", "already");
    files.controls = STR("ref,theme,title\nA.5.1,Organizational,Policies\n");
    assert_refused(shelf, files, "controls.csv, line 1", "columns must be");
    files.controls = STR("ref,title,theme\n5.1x,Policies,Organizational\n");
    assert_refused(shelf, files, "line 2", "\"A.\"");
    files.controls = STR("ref,title,theme\nA.5.1,Policies\n");
    assert_refused(shelf, files, "line 2", "2 cells");

    files         = shelf->files;
    files.clauses = STR("ref,title,parent,level,kind,documented_information,note\n4.1,Context,4,2,requirement,,\n");
    assert_refused(shelf, files, "clauses.csv, line 2", "\"4\"");
    files         = shelf->files;
    files.mapping = STR("ref_2013,title_2013,ref_2022,title_2022,relationship\nA.5.1.1,Old,A.9.9,New,merged\n");
    assert_refused(shelf, files, "map-2013.csv, line 2", "A.9.9");
}

static void damaged_procedures_are_refused_with_their_line(void **state)
{
#define HEADER "ref,objective,procedure,method,population,typical_evidence\n"
    Shelf *shelf       = *state;
    ContentFiles files = shelf->files;

    files.procedures = STR(HEADER "4.1,Confirm,1) Ask.,review,,\n9.2,Confirm,1) Ask.,review,,\n");
    assert_refused(shelf, files, "test-procedures.csv, line 3", "9.2"); /* a group */
    files.procedures = STR(HEADER "4.1,Confirm,Ask.,review,,\n");
    assert_refused(shelf, files, "line 2", "numbered");
    files.procedures = STR(HEADER "4.1,Confirm,1) Ask.,review;guess,,\n");
    assert_refused(shelf, files, "line 2", "review;guess");
    files.procedures = STR(HEADER "4.1,Confirm,1) Ask.,review;review,,\n");
    assert_refused(shelf, files, "line 2", "each once");
    files.procedures = STR(HEADER "4.1,\"Confirm,1) Ask.,review,,\n");
    assert_refused(shelf, files, "Line 2", "never closed");
#undef HEADER
}

static void words_of_the_files_have_names(void **state)
{
    unsigned methods;
    (void)state;

    assert_true(content_methods_from_text(STR("test; review"), &methods));
    assert_int_equal(methods, METHOD_TEST | METHOD_REVIEW);
    assert_true(str_eq_c(content_method_name(METHOD_OBSERVE), "observe"));
    assert_true(str_eq_c(content_relation_name(RELATION_RENAMED), "renamed_or_updated"));
    assert_true(str_eq_c(content_clause_kind_name(CLAUSE_GROUP), "group"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_standard_has_41_clauses_of_which_30_are_audited),
        cmocka_unit_test(annex_a_has_93_controls_in_four_themes),
        cmocka_unit_test(the_map_has_115_pairs_and_11_new_controls),
        cmocka_unit_test(all_142_procedures_have_their_steps),
        cmocka_unit_test(every_requirement_and_control_has_a_procedure_with_its_own_number),
        cmocka_unit_test(a_procedure_is_known_by_reference_and_number),
        cmocka_unit_test(steps_are_split_at_their_own_numbers_only),
        cmocka_unit_test(damaged_files_are_refused_with_file_and_line),
        cmocka_unit_test(damaged_procedures_are_refused_with_their_line),
        cmocka_unit_test(words_of_the_files_have_names),
    };

    return cmocka_run_group_tests_name("built-in content", tests, shelf_open, shelf_close);
}
