/* SPDX-License-Identifier: Apache-2.0
 * Full-text search: the same words find the same records in the same order on both engines. */
#include "support/engines.h"

#include <string.h>

#include "base/buf.h"
#include "store/search.h"

static const struct {
    int64_t id;
    const char *kind, *title, *body;
} documents[] = {
    { 1, "nonconformity", "Backup restore was never tested", "The restore of the payroll database failed twice." },
    { 2, "nonconformity", "Visitors without badge",
      "A visitor walked through the archive; see the backup of the log." },
    { 3, "audit", "Access reviews in Zürich", "Quarterly reviews of privileged access, café and crèche included." },
    { 4, "audit", "Supplier audit: Backup GmbH & Co.", "Contracts, e-mail bob.smith@example.org, clause A.8.13." },
    { 5, "finding", "Restore plan", "backup backup backup backup: the word is here often" },
    { 6, "finding", "Проверка доступа", "Ελληνικά, 日本語, İstanbul, straße." },
};

static int with_documents(void **state)
{
    if (engines_setup(state) != 0) return -1;
    TestStore *t = *state;
    Db *db;
    must(t, store_write(t->store, t->arena, &db, &t->err));
    for (size_t i = 0; i < countof(documents); i++)
        must(t, search_put(db, t->arena, str_from_c(documents[i].kind), documents[i].id, str_from_c(documents[i].title),
                           str_from_c(documents[i].body), &t->err));
    must(t, db_commit(db, &t->err));
    return 0;
}

/* The ids found, best first: "4 1". */
static Str found_of_kind(TestStore *t, const char *words, const char *kind, size_t limit)
{
    Db *db;
    SearchHits hits;
    Buf out = buf_open(t->arena, 1000);
    must(t, store_read(t->store, t->arena, &db, &t->err));
    must(t, search_find(db, t->arena, str_from_c(words), str_from_c(kind), limit, &hits, &t->err));
    db_end(db);
    for (size_t i = 0; i < hits.len; i++)
        buf_fmt(&out, "%s%lld", i ? " " : "", (long long)hits.at[i].id);
    return buf_str(&out);
}

static Str found(TestStore *t, const char *words)
{
    return found_of_kind(t, words, "", 50);
}

static void put(TestStore *t, const char *kind, int64_t id, const char *title, const char *body)
{
    Db *db;
    must(t, store_write(t->store, t->arena, &db, &t->err));
    must(t, search_put(db, t->arena, str_from_c(kind), id, str_from_c(title), str_from_c(body), &t->err));
    must(t, db_commit(db, &t->err));
}

static void words_find_what_holds_all_of_them(void **state)
{
    TestStore *t = *state;
    check_str(found(t, "payroll"), "1");
    check_str(found(t, "failed payroll"), "1");
    check_str(found(t, "payroll badge"), "");
    check_str(found(t, "nowhere"), "");
}

static void titles_weigh_more_than_bodies_then_the_newest_comes_first(void **state)
{
    TestStore *t = *state;
    check_str(found(t, "backup"), "4 1 5 2");
    check_str(found(t, "backup restore"), "1 5");
    check_str(found(t, "restore backup"), "1 5");
}

static void the_last_word_is_a_prefix_and_only_the_last(void **state)
{
    TestStore *t = *state;
    check_str(found(t, "visit"), "2");
    check_str(found(t, "privileged acc"), "3");
    check_str(found(t, "acc privileged"), "");
}

static void accents_case_and_punctuation_do_not_matter(void **state)
{
    TestStore *t = *state;
    check_str(found(t, "zurich"), "3");
    check_str(found(t, "ZÜRICH"), "3");
    check_str(found(t, "cafe creche"), "3");
    check_str(found(t, "e-mail"), "4");
    check_str(found(t, "A.8.13"), "4");
    check_str(found(t, "bob.smith@example.org"), "4");
    check_str(found(t, "проверка"), "6");
    check_str(found(t, "日本"), "6");
}

static void what_is_no_word_finds_nothing(void **state)
{
    TestStore *t                   = *state;
    static const char *const odd[] = { "", "   ", "&", "\"", "--", ":*", "!", "(", "\\", "';" };
    for (size_t i = 0; i < countof(odd); i++)
        check_str(found(t, odd[i]), "");
}

static void signs_of_the_engines_own_languages_are_plain_words(void **state)
{
    TestStore *t = *state;
    put(t, "note", 9, "not near or and", "title : body");
    check_str(found(t, "NOT"), "9");
    check_str(found(t, "near or and"), "9");
    check_str(found(t, "backup NOT"), "");
    check_str(found(t, "title : body"), "9");
    check_str(found(t, "'backup' & !restore | x:*"), "");
    check_str(found(t, "\"backup\" AND"), "");
}

static void a_kind_narrows_and_a_limit_cuts(void **state)
{
    TestStore *t = *state;
    check_str(found_of_kind(t, "backup", "audit", 50), "4");
    check_str(found_of_kind(t, "backup", "nothing", 50), "");
    check_str(found_of_kind(t, "backup", "", 2), "4 1");
}

static void putting_again_replaces(void **state)
{
    TestStore *t = *state;
    put(t, "nonconformity", 1, "Locks", "The door stood open.");

    check_str(found(t, "payroll"), "");
    check_str(found(t, "door"), "1");
    check_str(found(t, "backup"), "4 5 2");
}

static void one_id_in_two_kinds_is_two_records(void **state)
{
    TestStore *t = *state;
    put(t, "risk", 1, "Payroll outage", "");
    check_str(found(t, "payroll"), "1 1");
    check_str(found_of_kind(t, "payroll", "risk", 50), "1");
}

static void emptied_text_is_not_found_any_more(void **state)
{
    TestStore *t = *state;
    put(t, "nonconformity", 1, "", "");
    check_str(found(t, "payroll"), "");
}

static void very_long_texts_and_words_are_taken(void **state)
{
    TestStore *t = *state;
    Buf body     = buf_open(t->arena, 4 << 20);
    for (int i = 0; i < 60000; i++)
        buf_fmt(&body, "word%d ", i);
    for (int i = 0; i < 5000; i++)
        buf_add_c(&body, "é");
    Db *db;
    must(t, store_write(t->store, t->arena, &db, &t->err));
    must(t, search_put(db, t->arena, STR("note"), 9, STR("x"), buf_str(&body), &t->err));
    Buf title = buf_open(t->arena, 4 << 20);
    for (int i = 0; i < 500; i++)
        buf_add_c(&title, "ж");
    must(t, search_put(db, t->arena, STR("note"), 10, buf_str(&title), STR(""), &t->err));
    must(t, db_commit(db, &t->err));

    check_str(found(t, "word9990 word3"), "9");
    check_str(found(t, str_to_c(t->arena, buf_str(&title))), "10");
}

static void a_change_that_is_undone_is_not_found(void **state)
{
    TestStore *t = *state;
    Db *db;
    must(t, store_write(t->store, t->arena, &db, &t->err));
    must(t, search_put(db, t->arena, STR("note"), 9, STR("phantom"), STR(""), &t->err));
    db_end(db);
    check_str(found(t, "phantom"), "");
}

int main(void)
{
    const struct CMUnitTest all[] = {
        ON_BOTH_WITH(with_documents, words_find_what_holds_all_of_them),
        ON_BOTH_WITH(with_documents, titles_weigh_more_than_bodies_then_the_newest_comes_first),
        ON_BOTH_WITH(with_documents, the_last_word_is_a_prefix_and_only_the_last),
        ON_BOTH_WITH(with_documents, accents_case_and_punctuation_do_not_matter),
        ON_BOTH_WITH(with_documents, what_is_no_word_finds_nothing),
        ON_BOTH_WITH(with_documents, signs_of_the_engines_own_languages_are_plain_words),
        ON_BOTH_WITH(with_documents, a_kind_narrows_and_a_limit_cuts),
        ON_BOTH_WITH(with_documents, putting_again_replaces),
        ON_BOTH_WITH(with_documents, one_id_in_two_kinds_is_two_records),
        ON_BOTH_WITH(with_documents, emptied_text_is_not_found_any_more),
        ON_BOTH_WITH(with_documents, very_long_texts_and_words_are_taken),
        ON_BOTH_WITH(with_documents, a_change_that_is_undone_is_not_found),
    };
    return cmocka_run_group_tests(all, engines_start, engines_stop);
}
