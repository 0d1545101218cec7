/* SPDX-License-Identifier: Apache-2.0
 * The browser's door: who comes in, what a form may do, what a record's pages show. */
#include "../support/errand.h"
#include "org/person.h"
#include "visitor.h"

static void an_errand(House *h)
{
    house_must(h, h->ben, &errand_type, "create", "",
               "{\"title\":\"Fetch the plumb line\",\"owner\":\"p-ben\",\"story\":\"It hangs in the hall.\"}");
}

/* ---- who comes in ---- */

static void a_stranger_is_sent_to_sign_in(void **state)
{
    Visitor v = visitor_at(*state);

    visitor_opens(&v, "/errands?state=open");

    assert_answered(&v, 303);
    check_str(v.location, "/sign-in?return=%2Ferrands%3Fstate%3Dopen");
    visitor_leaves(&v);
}

static void a_wrong_password_says_no_more_than_that(void **state)
{
    Visitor v = visitor_at(*state);
    visitor_gets_account(&v, "ben");

    visitor_sends(&v, "/sign-in", "login=ben&password=guessed");

    assert_answered(&v, 422);
    assert_page_has(&v, "Name and password do not belong together.");
    assert_page_has(&v, "value=\"ben\"");
    assert_page_lacks(&v, "guessed");
    visitor_leaves(&v);
}

static void too_many_tries_say_when_to_come_back(void **state)
{
    Visitor v = visitor_at(*state);
    visitor_gets_account(&v, "ben");

    for (int i = 0; i < 6; i++)
        visitor_sends(&v, "/sign-in", "login=ben&password=guessed");

    assert_answered(&v, 429);
    assert_page_has(&v, "Wait 15 minutes");
    visitor_leaves(&v);
}

static void a_password_set_by_another_must_be_changed_first(void **state)
{
    Visitor v = visitor_at(*state);
    visitor_gets_account(&v, "ben");
    visitor_sends(&v, "/sign-in", "login=ben&password=a-first-long-password");

    visitor_opens(&v, "/errands");
    check_str(v.location, "/password");
    visitor_sends(&v, "/password", "current=wrong&password=a-good-long-password");
    assert_answered(&v, 422);
    assert_page_has(&v, "This is not your password until now.");
    visitor_sends(&v, "/password", "current=a-first-long-password&password=a-good-long-password");
    assert_answered(&v, 303);

    visitor_opens(&v, "/errands");
    assert_answered(&v, 200);
    visitor_leaves(&v);
}

static void signing_out_ends_the_session(void **state)
{
    Visitor v = visitor_at(*state);
    visitor_signs_in(&v, "ben");
    Str cookie = v.cookie;

    visitor_sends(&v, "/sign-out", "");
    v.cookie = cookie;
    visitor_opens(&v, "/errands");

    assert_answered(&v, 303);
    visitor_leaves(&v);
}

static void a_return_to_another_site_is_not_followed(void **state)
{
    Visitor v = visitor_at(*state);
    visitor_signs_in(&v, "ben");

    visitor_opens(&v, "/sign-in?return=//evil.example/");
    check_str(v.location, "/");
    visitor_opens(&v, "/sign-in?return=https://evil.example/");
    check_str(v.location, "/");
    visitor_leaves(&v);
}

/* ---- forged forms ---- */

static void a_form_without_token_or_from_elsewhere_changes_nothing(void **state)
{
    House *h  = *state;
    Visitor v = visitor_at(h);
    visitor_signs_in(&v, "ben");

    v.without_token = true;
    visitor_sends(&v, "/errands/new", "title=Forged&owner=p-ben");
    assert_answered(&v, 403);
    v.is_foreign = true;
    visitor_sends(&v, "/errands/new", "title=Forged&owner=p-ben");
    assert_answered(&v, 403);

    visitor_opens(&v, "/errands");
    assert_page_lacks(&v, "Forged");
    visitor_leaves(&v);
}

static void get_never_does_a_verb(void **state)
{
    House *h  = *state;
    Visitor v = visitor_at(h);
    Errand errand;
    visitor_signs_in(&v, "ben");
    an_errand(h);
    Id id = h->got.id;

    visitor_opens(&v, "/errands/E-001/ask");

    house_load(h, &errand_type, id, &errand);
    assert_int_equal(errand.head.state, ERRAND_OPEN);
    visitor_leaves(&v);
}

/* ---- making and changing ---- */

static void a_record_is_made_by_its_form_and_shown(void **state)
{
    Visitor v = visitor_at(*state);
    visitor_signs_in(&v, "ben");

    visitor_opens(&v, "/errands/new");
    assert_answered(&v, 200);
    assert_page_has(&v, "Title");
    assert_page_has(&v, "<option value=\"p-ben\"");
    assert_page_lacks(&v, "Secret");
    assert_page_lacks(&v, "Verdict");
    visitor_sends(
        &v, "/errands/new",
        "title=Carry+%3Cb%3E&owner=p-ben&grade=large&means=foot&means=train&due=2026-12-24&weight=7&urgent=true"
        "&seen_at=2026-11-16T10:30&story=one%0D%0Atwo");
    assert_answered(&v, 303);
    visitor_follows(&v);

    assert_answered(&v, 200);
    assert_page_has(&v, "E-001");
    assert_page_has(&v, "Carry &lt;b&gt;");
    assert_page_has(&v, "On foot, By train");
    assert_page_has(&v, "<p>one</p>");
    assert_page_has(&v, ": Create");
    visitor_leaves(&v);
}

static void what_is_missing_is_named_and_what_was_typed_is_kept(void **state)
{
    Visitor v = visitor_at(*state);
    visitor_signs_in(&v, "ben");

    visitor_sends(&v, "/errands/new", "title=Kept+text&due=soon&weight=heavy&story=A+%22story%22&means=bike");

    assert_answered(&v, 422);
    assert_page_has(&v, "3 fields need you");
    assert_page_has(&v, "value=\"Kept text\"");
    assert_page_has(&v, "value=\"soon\"");
    assert_page_has(&v, "value=\"heavy\"");
    assert_page_has(&v, "A &quot;story&quot;</textarea>");
    assert_page_has(&v, "value=\"bike\" checked");
    visitor_leaves(&v);
}

static void every_reference_that_is_not_there_is_named(void **state)
{
    Visitor v = visitor_at(*state);
    visitor_signs_in(&v, "ben");

    visitor_sends(&v, "/errands/new", "title=Carry&owner=p-ben&together=E-8,E-9");

    assert_answered(&v, 422);
    assert_page_has(&v, ">E-8</span>");
    assert_page_has(&v, ">E-9</span>");
    visitor_leaves(&v);
}

static void sending_a_form_twice_does_it_once(void **state)
{
    House *h  = *state;
    Visitor v = visitor_at(h);
    visitor_signs_in(&v, "ben");

    visitor_sends(&v, "/errands/new", "title=Once&owner=p-ben&key=abc123");
    visitor_sends(&v, "/errands/new", "title=Once&owner=p-ben&key=abc123");
    assert_answered(&v, 303);
    visitor_opens(&v, "/errands");
    assert_page_has(&v, "1 of 1");
    visitor_sends(&v, "/errands/new", "title=Other&owner=p-ben&key=abc123");
    assert_answered(&v, 409);
    assert_page_has(&v, "value=\"Other\"");
    visitor_leaves(&v);
}

static const char *with_marks(Visitor *v, const char *form)
{
    Str marks = page_value(v, "marks"), revision = page_value(v, "revision");

    return str_to_c(v->arena,
                    str_fmt(v->arena, "marks=%.*s&revision=%.*s&%s", STR_ARG(marks), STR_ARG(revision), form));
}

static void two_writers_of_different_fields_do_not_meet(void **state)
{
    House *h  = *state;
    Visitor v = visitor_at(h);
    Errand errand;
    visitor_signs_in(&v, "ben");
    an_errand(h);
    Id id = h->got.id;

    visitor_opens(&v, "/errands/E-001/edit");
    house_must(h, h->ada, &errand_type, "edit", "E-001", "{\"title\":\"By Ada\"}");
    visitor_sends(&v, "/errands/E-001/edit", with_marks(&v, "title=Fetch+the+plumb+line&story=By+Ben&owner=p-ben"));

    assert_answered(&v, 303);
    house_load(h, &errand_type, id, &errand);
    check_str(errand.title, "By Ada");
    check_str(errand.story, "By Ben");
    visitor_leaves(&v);
}

static void two_writers_of_one_field_see_both_texts(void **state)
{
    House *h  = *state;
    Visitor v = visitor_at(h);
    Errand errand;
    visitor_signs_in(&v, "ben");
    an_errand(h);
    Id id = h->got.id;

    visitor_opens(&v, "/errands/E-001/edit");
    house_must(h, h->ada, &errand_type, "edit", "E-001", "{\"title\":\"By Ada\"}");
    visitor_sends(&v, "/errands/E-001/edit", with_marks(&v, "title=By+Ben&story=Also+mine&owner=p-ben"));
    assert_answered(&v, 412);
    assert_page_has(&v, "Ada Admin");
    assert_page_has(&v, "name=\"mine-title\" value=\"By Ben\"");
    assert_page_has(&v, "name=\"mine-story\" value=\"Also mine\"");
    assert_page_has(&v, "Save with my text");
    Str form = str_fmt(v.arena,
                       "revision=%.*s&mine-title=By+Ben&keep-title=mine&mine-story=Also+mine&keep-story=merged"
                       "&conflict=chosen",
                       STR_ARG(page_value(&v, "revision")));
    visitor_sends(&v, "/errands/E-001/edit", str_to_c(v.arena, form));

    assert_answered(&v, 303);
    house_load(h, &errand_type, id, &errand);
    check_str(errand.title, "By Ben");
    check_str(errand.story, "Also mine");
    visitor_leaves(&v);
}

/* ---- verbs ---- */

static void a_refusal_answers_in_four_parts_and_keeps_what_was_typed(void **state)
{
    House *h  = *state;
    Visitor v = visitor_at(h);
    visitor_signs_in(&v, "ben");
    an_errand(h);
    house_must(h, h->ben, &errand_type, "ask", "E-001", "");

    visitor_sends(&v, "/errands/E-001/approve", "verdict=fine+by+me");

    assert_answered(&v, 409);
    assert_page_has(&v, "E-01");
    assert_page_has(&v, "An approver who does not own it.");
    assert_page_has(&v, "Cleo Chief");
    assert_page_has(&v, "Ask one of them.");
    assert_page_has(&v, "value=\"fine by me\"");
    visitor_leaves(&v);
}

static void a_record_says_what_can_be_done_and_why_not_yet(void **state)
{
    House *h  = *state;
    Visitor v = visitor_at(h);
    visitor_signs_in(&v, "ben");
    an_errand(h);

    visitor_opens(&v, "/errands/E-001");
    assert_page_has(&v, "action=\"/errands/E-001/ask\"");
    assert_page_lacks(&v, "/errands/E-001/approve");
    visitor_sends(&v, "/errands/E-001/ask", "revision=1");
    visitor_follows(&v);

    assert_page_has(&v, "1 thing open");
    assert_page_has(&v, "An approver who does not own it.");
    visitor_leaves(&v);
}

static void a_dangerous_verb_asks_why(void **state)
{
    House *h  = *state;
    Visitor v = visitor_at(h);
    visitor_signs_in(&v, "ada");
    an_errand(h);

    visitor_opens(&v, "/errands/E-001/void");
    assert_answered(&v, 200);
    assert_page_has(&v, "name=\"why\"");
    visitor_sends(&v, "/errands/E-001/void", "why=");
    assert_answered(&v, 422);
    visitor_sends(&v, "/errands/E-001/void", "why=Nobody+needs+it");
    assert_answered(&v, 303);
    visitor_opens(&v, "/errands/E-001/history");

    assert_page_has(&v, "Nobody needs it");
    visitor_leaves(&v);
}

/* ---- what may not be seen ---- */

/* "E 7" could be a number with words behind it, or a number with a blank: what is hidden must not tell which. */
static void naming_what_is_hidden_answers_as_if_it_were_not_there(void **state)
{
    House *h  = *state;
    Visitor v = visitor_at(h);
    house_must(h, h->dan, &errand_type, "create", "", "{\"number\":\"E 7\",\"title\":\"Hide\",\"owner\":\"p-dan\"}");
    visitor_signs_in(&v, "ben");

    visitor_sends(&v, "/errands/new", "title=Carry&owner=p-ben&follows=E+7");
    assert_answered(&v, 422);
    assert_page_has(&v, "There is no errand &quot;E&quot;.");
    visitor_sends(&v, "/errands/new", "title=Carry&owner=p-ben&follows=E+8");
    assert_answered(&v, 422);
    assert_page_has(&v, "There is no errand &quot;E&quot;.");
    visitor_leaves(&v);
}

static void what_one_may_not_see_answers_as_if_it_were_not_there(void **state)
{
    House *h  = *state;
    Visitor v = visitor_at(h);
    visitor_signs_in(&v, "dan");
    an_errand(h);
    static const char *const addresses[] = { "/errands/E-001",
                                             "/errands/E-001/history",
                                             "/errands/E-001/edit",
                                             "/errands/E-001/files/title",
                                             "/errands/E-009",
                                             "/nothings",
                                             "/errands/E-001/no-such-verb" };

    for (size_t i = 0; i < countof(addresses); i++) {
        visitor_opens(&v, addresses[i]);
        assert_answered(&v, 404);
    }
    visitor_opens(&v, "/errands");
    assert_page_lacks(&v, "Fetch");
    visitor_opens(&v, "/errands.csv");
    assert_page_lacks(&v, "Fetch");
    visitor_opens(&v, "/find?q=fetch");
    assert_page_lacks(&v, "E-001");
    visitor_leaves(&v);
}

/* ---- the past ---- */

static void a_past_day_is_shown_without_verbs(void **state)
{
    House *h  = *state;
    Visitor v = visitor_at(h);
    visitor_signs_in(&v, "ben");
    an_errand(h);
    h->t->world.fixed_now = instant("2026-11-20T09:00:00Z");
    house_must(h, h->ben, &errand_type, "edit", "E-001", "{\"title\":\"Fetch it later\"}");
    v.cookie = (Str){ 0 };
    visitor_sends(&v, "/sign-in", "login=ben&password=a-good-long-password");

    visitor_opens(&v, "/errands/E-001?as-of=2026-11-17");
    assert_answered(&v, 200);
    assert_page_has(&v, "Fetch the plumb line");
    assert_page_has(&v, "As it stood on 17 Nov 2026");
    assert_page_lacks(&v, "/errands/E-001/edit");
    visitor_opens(&v, "/errands/E-001/history?as-of=2026-11-17");
    assert_page_has(&v, "1 field differs");
    visitor_opens(&v, "/errands/E-001?as-of=2026-11-01");
    assert_answered(&v, 404);
    visitor_leaves(&v);
}

/* ---- lists ---- */

static void many_errands(House *h, int count)
{
    for (int i = 0; i < count; i++)
        house_must(h, h->ben, &errand_type, "create", "",
                   str_to_c(h->t->arena,
                            str_fmt(h->t->arena, "{\"title\":\"Errand %d\",\"owner\":\"%s\",\"due\":\"2026-12-%02d\"}",
                                    i, i % 2 ? "p-ben" : "p-dan", 1 + i % 28)));
}

static void a_register_pages_forth_and_back(void **state)
{
    House *h  = *state;
    Visitor v = visitor_at(h);
    visitor_signs_in(&v, "cleo");
    many_errands(h, 120);

    visitor_opens(&v, "/errands?sort=number");
    assert_page_has(&v, "1 to 50 of 120");
    assert_page_lacks(&v, "rel=\"prev\"");
    Str next = { 0 };
    for (int page = 2; page <= 3; page++) {
        size_t at = 0;
        while (!str_starts(str_slice(v.page, at, 17), STR("rel=\"next\" href=\"")))
            at++;
        next      = str_slice(v.page, at + 17, v.page.len);
        next      = str_slice(next, 0, str_index(next, '"'));
        Buf plain = buf_open(v.arena, 4000);
        for (Str rest = next, part; str_cut(&rest, '&', &part);) {
            if (plain.len > 0) buf_add_byte(&plain, '&');
            buf_add(&plain, str_starts(part, STR("amp;")) ? str_slice(part, 4, part.len) : part);
        }
        visitor_opens(&v, str_to_c(v.arena, buf_str(&plain)));
    }
    assert_page_has(&v, "101 to 120 of 120");
    assert_page_has(&v, "E-120");
    assert_page_has(&v, "rel=\"prev\"");
    assert_page_lacks(&v, "rel=\"next\"");
    visitor_leaves(&v);
}

static void a_list_filtered_to_nothing_offers_what_to_leave_out(void **state)
{
    House *h  = *state;
    Visitor v = visitor_at(h);
    visitor_signs_in(&v, "cleo");
    many_errands(h, 4);

    visitor_opens(&v, "/errands?state=done&owner=p-ben");

    assert_page_has(&v, "Nothing matches these conditions");
    assert_page_has(&v, "“Done” (2)");
    assert_page_has(&v, "“owner p-ben” (0)");
    visitor_leaves(&v);
}

static void a_list_is_a_file_too(void **state)
{
    House *h  = *state;
    Visitor v = visitor_at(h);
    visitor_signs_in(&v, "cleo");
    many_errands(h, 3);

    visitor_opens(&v, "/errands.csv?owner=p-ben");

    assert_answered(&v, 200);
    check_str(v.response.type, "text/csv; charset=utf-8");
    assert_page_has(&v, "Errand 1");
    assert_page_lacks(&v, "Errand 0");
    visitor_leaves(&v);
}

static void a_record_is_a_file_too(void **state)
{
    House *h  = *state;
    Visitor v = visitor_at(h);
    visitor_signs_in(&v, "ben");
    an_errand(h);

    visitor_opens(&v, "/errands/E-001");
    assert_page_has(&v, "href=\"/errands/E-001/export\"");
    assert_page_has(&v, "data-print hidden");
    visitor_opens(&v, "/errands/E-001/export");

    assert_answered(&v, 200);
    check_str(v.response.type, "application/json");
    assert_page_has(&v, "\"title\":\"Fetch the plumb line\"");
    visitor_opens(&v, "/errands/E-002/export");
    assert_answered(&v, 404);
    visitor_leaves(&v);
}

static void a_record_of_a_past_day_is_a_file_too(void **state)
{
    House *h  = *state;
    Visitor v = visitor_at(h);
    visitor_signs_in(&v, "ben");
    an_errand(h);
    h->t->world.fixed_now = instant("2026-11-20T09:00:00Z");
    house_must(h, h->ben, &errand_type, "edit", "E-001", "{\"title\":\"Fetch two\"}");
    v.cookie = (Str){ 0 };
    visitor_sends(&v, "/sign-in", "login=ben&password=a-good-long-password");

    visitor_opens(&v, "/errands/E-001/export?as-of=2026-11-17");

    assert_answered(&v, 200);
    assert_page_has(&v, "Fetch the plumb line");
    assert_page_lacks(&v, "Fetch two");
    visitor_leaves(&v);
}

static size_t statements_for(Visitor *v, const char *address)
{
    size_t statements = 0;

    v->web.statements = &statements;
    visitor_opens(v, address);
    assert_answered(v, 200);
    assert_true(statements > 0);
    return statements;
}

static void pages_ask_the_store_equally_often_whatever_the_rows(void **state)
{
    House *h  = *state;
    Visitor v = visitor_at(h);
    visitor_signs_in(&v, "cleo");
    many_errands(h, 2);
    static const char *const addresses[] = { "/errands", "/errands/E-001", "/errands/E-001/history", "/people/p-ben",
                                             "/" };
    size_t few[countof(addresses)];

    for (size_t i = 0; i < countof(addresses); i++)
        few[i] = statements_for(&v, addresses[i]);
    many_errands(h, 40);

    for (size_t i = 0; i < countof(addresses); i++)
        assert_int_equal(statements_for(&v, addresses[i]), few[i]);
    visitor_leaves(&v);
}

/* ---- finding ---- */

static void a_number_typed_as_people_do_leads_to_its_record(void **state)
{
    House *h  = *state;
    Visitor v = visitor_at(h);
    visitor_signs_in(&v, "ben");
    an_errand(h);
    static const char *const typed[] = { "e1", "E-001", "e%20001", "e-1" };

    for (size_t i = 0; i < countof(typed); i++) {
        visitor_opens(&v, str_to_c(v.arena, str_fmt(v.arena, "/find?q=%s", typed[i])));
        check_str(v.location, "/errands/E-001");
    }
    visitor_opens(&v, "/find?q=plumb");
    assert_answered(&v, 200);
    assert_page_has(&v, "<mark>plumb</mark>");
    assert_page_has(&v, "Open");
    visitor_leaves(&v);
}

static void my_work_lists_my_steps_and_my_decisions(void **state)
{
    House *h  = *state;
    Visitor v = visitor_at(h);
    visitor_signs_in(&v, "ben");
    an_errand(h);

    visitor_opens(&v, "/");
    assert_page_has(&v, "1 thing is asked of you");
    assert_page_has(&v, "Ask for approval");
    house_must(h, h->ben, &errand_type, "ask", "E-001", "");
    visitor_signs_in(&v, "cleo");
    visitor_opens(&v, "/");

    assert_page_has(&v, "Others wait for your decision");
    assert_page_has(&v, "Approve");
    visitor_leaves(&v);
}

static void the_set_up_is_not_for_everybody(void **state)
{
    House *h                         = *state;
    Visitor v                        = visitor_at(h);
    static const char *const steps[] = { "/setup/questions", "/setup/people", "/setup/soa", "/setup/programme",
                                         "/setup/cases" };
    visitor_signs_in(&v, "dan");

    for (size_t i = 0; i < countof(steps); i++) {
        visitor_opens(&v, steps[i]);
        assert_answered(&v, 403);
        visitor_sends(&v, steps[i], "do=write&people=Mallory");
        assert_answered(&v, 403);
    }
    visitor_opens(&v, "/");

    assert_page_lacks(&v, "Still to be set up");
    visitor_leaves(&v);
}

static void numbers_of_the_side_column_cost_one_look_until_something_is_recorded(void **state)
{
    House *h   = *state;
    Visitor v  = visitor_at(h);
    v.web.side = side_cache_open(v.arena);
    visitor_signs_in(&v, "ben");
    an_errand(h);

    size_t counted = statements_for(&v, "/profile");
    assert_page_has(&v, "My work\n<span class=\"n\">1</span>");
    size_t kept = statements_for(&v, "/profile");
    assert_page_has(&v, "My work\n<span class=\"n\">1</span>");
    an_errand(h);
    size_t counted_again = statements_for(&v, "/profile");

    assert_page_has(&v, "My work\n<span class=\"n\">2</span>");
    assert_true(kept < counted);
    assert_int_equal(counted_again, counted);
    visitor_leaves(&v);
}

static void numbers_of_the_side_column_are_those_of_the_reader(void **state)
{
    House *h   = *state;
    Visitor v  = visitor_at(h);
    v.web.side = side_cache_open(v.arena);
    visitor_signs_in(&v, "ben");
    an_errand(h);

    visitor_opens(&v, "/profile");
    visitor_signs_in(&v, "dan");
    visitor_opens(&v, "/profile");

    assert_page_lacks(&v, "<span class=\"n\">");
    visitor_leaves(&v);
}

static void every_page_of_the_organisation_can_be_opened(void **state)
{
    House *h  = *state;
    Visitor v = visitor_at(h);
    visitor_signs_in(&v, "ada");
    static const char *const addresses[] = { "/",
                                             "/settings",
                                             "/profile",
                                             "/record",
                                             "/find",
                                             "/people",
                                             "/roles",
                                             "/accounts",
                                             "/organisations",
                                             "/people/new",
                                             "/roles/new",
                                             "/rules/G-06",
                                             "/password",
                                             "/people/p-ben",
                                             "/people/p-ben/history",
                                             "/people/p-ben/edit" };

    for (size_t i = 0; i < countof(addresses); i++) {
        visitor_opens(&v, addresses[i]);
        assert_answered(&v, 200);
        assert_page_has(&v, "</html>");
    }
    visitor_leaves(&v);
}

/* By somebody who is only a colleague, and by an administrator: whoever may see what, no list breaks. */
static void every_register_can_be_opened_by_everybody(void **state)
{
    House *h                         = *state;
    const Registry *registry         = h->app->registry;
    static const char *const names[] = { "dan", "ada", "cleo" };

    for (size_t n = 0; n < countof(names); n++) {
        Visitor v = visitor_at(h);
        visitor_signs_in(&v, names[n]);
        for (size_t i = 0; i < registry_len(registry); i++) {
            const Type *type = registry_at(registry, i)->type;
            visitor_opens(&v, str_to_c(v.arena, str_fmt(v.arena, "/%s", type->plural)));
            if (v.status != 404) assert_answered(&v, 200);
            visitor_opens(&v, str_to_c(v.arena, str_fmt(v.arena, "/%s/new", type->plural)));
            if (v.status == 200) assert_page_has(&v, "</form></pl-autosave>");
            assert_true(v.status == 200 || v.status == 403 || v.status == 404);
        }
        visitor_leaves(&v);
    }
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
        IN_HOUSE_ON(sqlite, a_stranger_is_sent_to_sign_in),
        IN_HOUSE_ON(sqlite, a_wrong_password_says_no_more_than_that),
        IN_HOUSE_ON(sqlite, too_many_tries_say_when_to_come_back),
        IN_HOUSE_ON(sqlite, a_password_set_by_another_must_be_changed_first),
        IN_HOUSE_ON(sqlite, signing_out_ends_the_session),
        IN_HOUSE_ON(sqlite, a_return_to_another_site_is_not_followed),
        IN_HOUSE_ON(sqlite, a_form_without_token_or_from_elsewhere_changes_nothing),
        IN_HOUSE_ON(sqlite, get_never_does_a_verb),
        IN_HOUSE(a_record_is_made_by_its_form_and_shown),
        IN_HOUSE_ON(sqlite, what_is_missing_is_named_and_what_was_typed_is_kept),
        IN_HOUSE_ON(sqlite, every_reference_that_is_not_there_is_named),
        IN_HOUSE_ON(sqlite, sending_a_form_twice_does_it_once),
        IN_HOUSE_ON(sqlite, two_writers_of_different_fields_do_not_meet),
        IN_HOUSE(two_writers_of_one_field_see_both_texts),
        IN_HOUSE_ON(sqlite, a_refusal_answers_in_four_parts_and_keeps_what_was_typed),
        IN_HOUSE_ON(sqlite, a_record_says_what_can_be_done_and_why_not_yet),
        IN_HOUSE_ON(sqlite, a_dangerous_verb_asks_why),
        IN_HOUSE_ON(sqlite, what_one_may_not_see_answers_as_if_it_were_not_there),
        IN_HOUSE_ON(sqlite, naming_what_is_hidden_answers_as_if_it_were_not_there),
        IN_HOUSE(a_past_day_is_shown_without_verbs),
        IN_HOUSE(a_register_pages_forth_and_back),
        IN_HOUSE_ON(sqlite, a_list_filtered_to_nothing_offers_what_to_leave_out),
        IN_HOUSE_ON(sqlite, a_list_is_a_file_too),
        IN_HOUSE_ON(sqlite, a_record_is_a_file_too),
        IN_HOUSE_ON(sqlite, a_record_of_a_past_day_is_a_file_too),
        IN_HOUSE_ON(sqlite, pages_ask_the_store_equally_often_whatever_the_rows),
        IN_HOUSE(a_number_typed_as_people_do_leads_to_its_record),
        IN_HOUSE_ON(sqlite, my_work_lists_my_steps_and_my_decisions),
        IN_HOUSE_ON(sqlite, the_set_up_is_not_for_everybody),
        IN_HOUSE_ON(sqlite, numbers_of_the_side_column_cost_one_look_until_something_is_recorded),
        IN_HOUSE_ON(sqlite, numbers_of_the_side_column_are_those_of_the_reader),
        IN_HOUSE(every_page_of_the_organisation_can_be_opened),
        IN_HOUSE(every_register_can_be_opened_by_everybody),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
