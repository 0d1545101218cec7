/* SPDX-License-Identifier: Apache-2.0
 * The built-in outline becomes records, once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "catalogue.h"
#include "org/content_files.h"
#include "org/content_load.h"
#include "org/control.h"
#include "org/framework.h"
#include "org/mapping.h"
#include "org/procedure.h"
#include "org/requirement.h"
#include "org/role.h"
#include "record/row.h"
#include "support/house.h"

/* Dan manages the ISMS; nobody else may load it. */
static void dan_manages(House *h)
{
    house_must(h, h->ada, &role_type, "create", "",
               "{\"person\":\"p-dan\",\"role\":\"isms_manager\",\"since\":\"2020-01-01\"}");
}

static Content shipped(House *h)
{
    ContentFiles files = content_files_27001();
    Content content;

    must(h->t, content_read(h->t->arena, &files, &content, &h->t->err));
    return content;
}

static ContentLoaded load_as(House *h, Id who, const Content *content, OutcomeKind expected)
{
    Caller caller = { .app = h->app, .arena = h->t->arena, .who = who, .door = "cli" };
    ContentLoaded loaded;
    Outcome outcome;
    Call *call;

    must(h->t, call_open(&caller, CALL_WRITE, &call, &h->t->err));
    must(h->t, content_load(call, content, &loaded, &outcome, &h->t->err));
    if (outcome.kind == OUTCOME_DONE) must(h->t, db_commit(call->db, &h->t->err));
    call_end(call);
    assert_int_equal(outcome.kind, expected);
    return loaded;
}

static int64_t count(House *h, const Type *type, Str where)
{
    Caller caller = { .app = h->app, .arena = h->t->arena, .is_system = true };
    Call *call;
    int64_t rows;

    must(h->t, call_open(&caller, CALL_READ, &call, &h->t->err));
    must(h->t, record_count(call, type, where, NO_BINDS, &rows, &h->t->err));
    call_end(call);
    return rows;
}

static void the_outline_becomes_records(void **state)
{
    House *h        = *state;
    Content content = shipped(h);
    dan_manages(h);

    load_as(h, h->dan, &content, OUTCOME_DONE);

    assert_int_equal(count(h, &framework_type, STR("number = 'iso27001-2022' AND state = 2")), 1);
    assert_int_equal(count(h, &framework_type, STR("number = 'iso27001-2013' AND state = 3")), 1);
    assert_int_equal(count(h, &requirement_type, STR("number NOT LIKE '2013:%'")), 41 + 93);
    assert_int_equal(count(h, &requirement_type, STR("number = '2013:A.5.1.1'")), 1);
    assert_int_equal(count(h, &mapping_type, STR("id > 0")), 115);
    assert_int_equal(count(h, &procedure_type, STR("origin = 1")), 142);
    assert_int_equal(count(h, &control_type, STR("applicable = 2 AND implementation = 3")), 93);
}

static void the_same_version_again_changes_nothing(void **state)
{
    House *h        = *state;
    Content content = shipped(h);
    dan_manages(h);
    load_as(h, h->dan, &content, OUTCOME_DONE);

    ContentLoaded again = load_as(h, h->dan, &content, OUTCOME_DONE);

    assert_int_equal(again.made + again.changed + again.ended, 0);
}

/* As if the stored one had been loaded by an older program. */
static void another_version_adds_changes_and_ends(void **state)
{
    House *h        = *state;
    Content content = shipped(h), older = content;
    dan_manages(h);
    older.procedures.len--;
    load_as(h, h->dan, &older, OUTCOME_DONE);
    house_must(h, h->dan, &framework_type, "renew", CONTENT_FRAMEWORK, "{\"version\":\"0\"}");
    house_must(h, h->dan, &requirement_type, "edit", "A.8.8", "{\"title\":\"An older title\"}");
    house_must(h, h->dan, &procedure_type, "create", "",
               "{\"number\":\"TP-OLD\",\"requirement\":\"A.8.8\",\"title\":\"Gone\",\"steps\":\"Look\",\"methods\":["
               "\"review\"],\"origin\":\"built_in\"}");
    house_must(h, h->dan, &procedure_type, "create", "",
               "{\"number\":\"TP-OWN\",\"requirement\":\"A.8.8\",\"title\":\"Ours\",\"steps\":\"Look\",\"methods\":["
               "\"review\"],\"origin\":\"own\"}");

    ContentLoaded loaded = load_as(h, h->dan, &content, OUTCOME_DONE);

    assert_int_equal(loaded.made, 1);
    assert_int_equal(loaded.changed, 2); /* the framework's version and the title */
    assert_int_equal(loaded.ended, 1);
    assert_int_equal(count(h, &procedure_type, STR("number = 'TP-OLD' AND state = 2")), 1);
    assert_int_equal(count(h, &procedure_type, STR("number = 'TP-OWN' AND state = 1")), 1);
}

static void who_does_not_manage_the_isms_loads_nothing(void **state)
{
    House *h        = *state;
    Content content = shipped(h);

    load_as(h, h->ben, &content, OUTCOME_FORBIDDEN);

    assert_int_equal(count(h, &framework_type, STR("id > 0")), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_HOUSE(the_outline_becomes_records),
        IN_HOUSE(the_same_version_again_changes_nothing),
        IN_HOUSE(another_version_adds_changes_and_ends),
        IN_HOUSE(who_does_not_manage_the_isms_loads_nothing),
    };
    Arena *arena    = arena_open(1 << 20);
    house_catalogue = catalogue_open(arena);
    int failed      = cmocka_run_group_tests(tests, engines_start, engines_stop);
    arena_close(arena);
    return failed;
}
