/* SPDX-License-Identifier: Apache-2.0
 * The drawings of causes on the page of a case: bones of a fish, barriers, a fault tree. What stands where, that no
 * text becomes markup, and that neither length nor depth breaks the page. */
#include "../support/world_action.h"
#include "action/analysis.h"
#include "action/nonconformity.h"
#include "base/json.h"
#include "visitor.h"

#define HOSTILE "<script>alert(1)</script>\"' &amp;"
#define SAFE    "&lt;script&gt;alert(1)&lt;/script&gt;"

static void analysed_by(House *h, const char *method)
{
    action_begin(h);
    a_case_in_analysis(h, "minor_nc");
    house_must(h, h->ben, &nonconformity_type, "analyse", "F-001",
               str_to_c(h->t->arena, str_fmt(h->t->arena,
                                             "{\"method\":\"%s\",\"problem\":\"Restores are not tested\","
                                             "\"depth_reason\":\"one step is enough\"}",
                                             method)));
}

typedef struct {
    const char *kind, *text, *branch, *under, *gate, *evidence, *meant_to, *existed, *worked, *why_not;
} Box;

static void box_put(json_t *input, const char *name, const char *value)
{
    if (value != NULL) json_object_set_new(input, name, json_string(value));
}

static void box(House *h, Box box)
{
    json_t *input = json_own(h->t->arena, json_object());
    Buf text      = buf_open(h->t->arena, 1 << 16);

    box_put(input, "nonconformity", "F-001");
    box_put(input, "analysis", "AN-001-1");
    box_put(input, "kind", box.kind);
    box_put(input, "text", box.text);
    box_put(input, "branch", box.branch);
    box_put(input, "parent", box.under);
    box_put(input, "gate", box.gate);
    box_put(input, "evidence_text", box.evidence);
    box_put(input, "meant_to", box.meant_to);
    box_put(input, "existed", box.existed);
    box_put(input, "worked", box.worked);
    box_put(input, "why_not", box.why_not);
    json_object_set_new(input, "confirmed", json_boolean(box.evidence != NULL));
    json_write(&text, input);
    house_must(h, h->ben, &cause_type, "create", "", str_to_c(h->t->arena, buf_str(&text)));
}

static Visitor reads(House *h, const char *name)
{
    Visitor v = visitor_at(h);

    visitor_signs_in(&v, name);
    visitor_opens(&v, "/nonconformities/F-001");
    assert_answered(&v, 200);
    return v;
}

static size_t place(const Visitor *v, const char *part)
{
    for (size_t i = 0; i < v->page.len; i++) {
        if (str_starts(str_slice(v->page, i, v->page.len), str_from_c(part))) return i;
    }
    fail_msg("\"%s\" does not stand on the page", part);
    return 0;
}

/* How many lists are open where the text stands: its level in the drawing. */
static int level(const Visitor *v, const char *part)
{
    size_t from = place(v, "class=\"tree\""), end = place(v, part);
    int open = 0;

    for (size_t i = from; i < end; i++) {
        Str rest = str_slice(v->page, i, v->page.len);
        open += str_starts(rest, STR("<ol>"));
        open -= str_starts(rest, STR("</ol>"));
    }
    return open;
}

/* ---- bones of a fish ---- */

static void causes_stand_on_their_bones_in_the_order_of_the_bones(void **state)
{
    House *h = *state;
    analysed_by(h, "ishikawa");
    box(h, (Box){ .kind = "branch_cause", .text = "No test tool", .branch = "technology" });
    box(h, (Box){ .kind = "branch_cause", .text = "Nobody on duty", .branch = "people", .evidence = "rota" });
    box(h, (Box){ .kind = "branch_cause", .text = "Nobody planned", .under = "BOX-001-2" });
    box(h, (Box){ .kind = "branch_cause", .text = "Belongs nowhere" });

    Visitor v = reads(h, "ada");

    assert_true(place(&v, "Restores are not tested") < place(&v, "Nobody on duty"));
    assert_true(place(&v, ">People") < place(&v, "Nobody on duty"));
    assert_true(place(&v, "Nobody on duty") < place(&v, "Machine, technology"));
    assert_true(place(&v, "Machine, technology") < place(&v, "No test tool"));
    assert_true(place(&v, "No test tool") < place(&v, "Belongs nowhere"));
    assert_page_has(&v, "confirmed: rota");
    assert_page_lacks(&v, "Environment");
    visitor_leaves(&v);
}

static void each_bone_is_a_level_and_what_is_under_a_cause_another(void **state)
{
    House *h = *state;
    analysed_by(h, "ishikawa");
    box(h, (Box){ .kind = "branch_cause", .text = "Nobody on duty", .branch = "people" });
    box(h, (Box){ .kind = "branch_cause", .text = "Nobody planned", .under = "BOX-001-1" });
    box(h, (Box){ .kind = "branch_cause", .text = "Rota too long", .branch = "people" });

    Visitor v = reads(h, "ada");

    assert_int_equal(level(&v, "Restores are not tested"), 0);
    assert_int_equal(level(&v, "Nobody on duty"), 2);
    assert_int_equal(level(&v, "Nobody planned"), 3);
    assert_int_equal(level(&v, "Rota too long"), 2);
    visitor_leaves(&v);
}

/* ---- barriers ---- */

static void a_barrier_says_what_it_was_for_and_why_it_did_not_hold(void **state)
{
    House *h = *state;
    analysed_by(h, "barrier_analysis");
    box(h, (Box){ .kind     = "barrier",
                  .text     = "Quarterly test",
                  .meant_to = "find a backup that cannot be restored",
                  .existed  = "yes",
                  .worked   = "no",
                  .why_not  = "switched off in March" });

    Visitor v = reads(h, "ada");

    static const char *const row[] = { "Quarterly test", "find a backup that cannot be restored",
                                       "switched off in March" };
    for (size_t i = 0; i + 1 < countof(row); i++)
        assert_true(place(&v, row[i]) < place(&v, row[i + 1]));
    assert_page_has(&v, "Did it exist?");
    assert_page_has(&v, "data-l=\"Did it work?\"");
    visitor_leaves(&v);
}

/* ---- a fault tree ---- */

static void the_word_of_a_gate_is_a_level_of_its_own_over_several_boxes(void **state)
{
    House *h = *state;
    analysed_by(h, "fault_tree");
    box(h, (Box){ .kind = "event", .text = "No valid test", .gate = "AND" });
    box(h, (Box){ .kind = "event", .text = "Job off", .under = "BOX-001-1", .gate = "OR" });
    box(h, (Box){ .kind = "event", .text = "No alarm", .under = "BOX-001-1" });
    box(h, (Box){ .kind = "event", .text = "Only one below", .under = "BOX-001-2" });

    Visitor v = reads(h, "ada");

    assert_int_equal(level(&v, "No valid test"), 0);
    assert_int_equal(level(&v, "all together (AND)"), 1);
    assert_int_equal(level(&v, "Job off"), 2);
    assert_int_equal(level(&v, "Only one below"), 3);
    assert_int_equal(level(&v, "No alarm"), 2);
    assert_page_lacks(&v, "any alone (OR)");
    visitor_leaves(&v);
}

static void a_chain_without_end_closes_what_it_opened(void **state)
{
    House *h = *state;
    analysed_by(h, "fault_tree");
    box(h, (Box){ .kind = "event", .text = "No valid test" });
    for (int i = 1; i <= 40; i++) {
        Str under = str_fmt(h->t->arena, "BOX-001-%d", i), text = str_fmt(h->t->arena, "Because %d.", i);
        box(h, (Box){ .kind  = "event",
                      .text  = str_to_c(h->t->arena, text),
                      .under = str_to_c(h->t->arena, under),
                      .gate  = "AND" });
    }

    Visitor v = reads(h, "ada");

    assert_int_equal(level(&v, "Because 5."), 5);
    assert_int_equal(level(&v, "Similar cases"), 0);
    visitor_leaves(&v);
}

/* ---- whatever people write ---- */

static void hostile(House *h, const char *method, const char *kind)
{
    analysed_by(h, method);
    box(h, (Box){ .kind     = kind,
                  .text     = HOSTILE,
                  .branch   = "people",
                  .evidence = HOSTILE,
                  .meant_to = HOSTILE,
                  .existed  = HOSTILE,
                  .worked   = HOSTILE,
                  .why_not  = HOSTILE });

    Visitor v = reads(h, "ben");

    assert_page_lacks(&v, "<script>alert");
    assert_page_has(&v, SAFE);
    visitor_leaves(&v);
}

static void no_text_on_a_bone_becomes_markup(void **state)
{
    hostile(*state, "ishikawa", "branch_cause");
}

static void no_text_of_a_barrier_becomes_markup(void **state)
{
    hostile(*state, "barrier_analysis", "barrier");
}

static void no_text_of_a_fault_tree_becomes_markup(void **state)
{
    hostile(*state, "fault_tree", "event");
}

static void a_very_long_text_is_shown_whole(void **state)
{
    House *h  = *state;
    Buf words = buf_open(h->t->arena, 1 << 13);
    analysed_by(h, "ishikawa");
    for (int i = 0; i < 7000; i++)
        buf_add_byte(&words, 'w');
    const char *text = str_to_c(h->t->arena, buf_str(&words));
    box(h, (Box){ .kind = "branch_cause", .text = text, .branch = "people" });

    Visitor v = reads(h, "ada");

    assert_page_has(&v, text);
    visitor_leaves(&v);
}

static Arena *of_catalogue;

static int start(void **state)
{
    of_catalogue    = arena_open((size_t)1 << 20);
    house_catalogue = visitor_catalogue(of_catalogue);
    return engines_start(state);
}

static int stop(void **state)
{
    arena_close(of_catalogue);
    return engines_stop(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_HOUSE_ON(sqlite, causes_stand_on_their_bones_in_the_order_of_the_bones),
        IN_HOUSE_ON(sqlite, each_bone_is_a_level_and_what_is_under_a_cause_another),
        IN_HOUSE_ON(sqlite, a_barrier_says_what_it_was_for_and_why_it_did_not_hold),
        IN_HOUSE_ON(sqlite, the_word_of_a_gate_is_a_level_of_its_own_over_several_boxes),
        IN_HOUSE_ON(sqlite, a_chain_without_end_closes_what_it_opened),
        IN_HOUSE_ON(sqlite, no_text_on_a_bone_becomes_markup),
        IN_HOUSE_ON(sqlite, no_text_of_a_barrier_becomes_markup),
        IN_HOUSE_ON(sqlite, no_text_of_a_fault_tree_becomes_markup),
        IN_HOUSE_ON(sqlite, a_very_long_text_is_shown_whole),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
