/* SPDX-License-Identifier: Apache-2.0
 * Full-text search. Words are cut here and not by the engines, whose own parsers disagree on numbers, hyphens and
 * addresses; and the order is ours too, because their relevance formulas cannot be made equal: what has all words in
 * the title comes first, then what has one of them there, then the rest, newest first.
 *
 * A word is a run of ASCII letters, digits and all that is not ASCII, in folded text. SQLite gets it through its
 * tokenizer "ascii", which cuts at exactly these places; PostgreSQL as a finished tsvector. */
#include "store/search.h"

#include "base/buf.h"
#include "store/engine.h"

enum {
    WORD_MAX           = 64,    /* bytes; longer ones are cut, in texts and queries alike */
    DOCUMENT_WORDS_MAX = 10000, /* of title and body; a tsvector ends at 16,383 places and 1 MB */
    QUERY_WORDS_MAX    = 16,
    TEXT_MAX           = 1 << 20
};

/* ---- words ---- */

static bool is_word_byte(char byte)
{
    unsigned char b = (unsigned char)byte;
    return b >= 0x80 || (b >= '0' && b <= '9') || (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
}

/* `word` cut to WORD_MAX bytes, not inside a character. */
static Str word_cut(Str word)
{
    if (word.len <= WORD_MAX) return word;
    size_t len = WORD_MAX;
    while (len && ((unsigned char)word.ptr[len] & 0xc0) == 0x80)
        len--;
    return str_slice(word, 0, len);
}

static StrList words_of(Arena *arena, Str text, size_t max)
{
    StrList words = { 0 };
    Str folded    = str_fold(arena, text);
    size_t at     = 0;
    while (words.len < max) {
        while (at < folded.len && !is_word_byte(folded.ptr[at]))
            at++;
        size_t from = at;
        while (at < folded.len && is_word_byte(folded.ptr[at]))
            at++;
        if (at == from) break;
        Str *word = list_push(arena, &words);
        *word     = word_cut(str_slice(folded, from, at - from));
    }
    return words;
}

/* ---- the index's own tables ---- */

static const Str exists_sql[] = {
    [ENGINE_SQLITE]   = STR_INIT("SELECT count(*) FROM sqlite_schema WHERE name = 'search_document'"),
    [ENGINE_POSTGRES] = STR_INIT("SELECT count(*) FROM pg_class WHERE relname = 'search_document'"
                                 " AND relnamespace = CAST(current_schema() AS regnamespace)"),
};

static const char *const tables_sql[] = {
    [ENGINE_SQLITE]   = "CREATE TABLE search_document (id INTEGER PRIMARY KEY, kind TEXT NOT NULL,"
                        " record INTEGER NOT NULL, UNIQUE (kind, record)) STRICT;"
                        "CREATE VIRTUAL TABLE search_index USING fts5(title, body, tokenize = 'ascii', prefix = '2 3');",
    [ENGINE_POSTGRES] = "CREATE TABLE search_document (kind TEXT COLLATE \"C\" NOT NULL, record BIGINT NOT NULL,"
                        " words TSVECTOR NOT NULL, PRIMARY KEY (kind, record));"
                        "CREATE INDEX search_document_by_words ON search_document USING gin (words);",
};

static bool is_prepared(Db *db, bool *out, Err *err)
{
    Query *q = query_open(db, exists_sql[store_engine(db_store(db))]);
    if (query_next(q)) *out = query_int(q, 0) > 0;
    return query_close(q, err);
}

static bool prepare(Store *store, Arena *arena, Err *err)
{
    Db *db;
    bool done = false;
    if (!store_read(store, arena, &db, err) || !is_prepared(db, &done, err)) return false;
    db_end(db);
    if (done) return true;
    if (!store_write(store, arena, &db, err) || !is_prepared(db, &done, err)) return false;
    if (!done && !db_script(db, tables_sql[store_engine(store)], err)) return false;
    return db_commit(db, err);
}

bool search_prepare(Store *store, Err *err)
{
    Arena *arena = arena_open(1 << 16);
    if (!arena) return err_set(err, ERR_LIMIT, 0, .what = STR("could not prepare the search: no memory"));
    bool done = prepare(store, arena, err);
    arena_close(arena);
    return done;
}

/* ---- putting ---- */

static bool sqlite_put(Db *db, Arena *arena, Str kind, int64_t id, const StrList words[2], Err *err)
{
    int64_t row = 0;
    Query *document =
        query_open(db, STR("INSERT INTO search_document (kind, record) VALUES ($1, $2)"
                           " ON CONFLICT (kind, record) DO UPDATE SET kind = excluded.kind RETURNING id"));
    query_bind_str(document, 1, kind);
    query_bind_int(document, 2, id);
    if (query_next(document)) row = query_int(document, 0);
    if (!query_close(document, err)) return false;

    Query *index = query_open(db, STR("INSERT OR REPLACE INTO search_index (rowid, title, body) VALUES ($1, $2, $3)"));
    query_bind_int(index, 1, row);
    query_bind_str(index, 2, str_join(arena, &words[0], STR(" ")));
    query_bind_str(index, 3, str_join(arena, &words[1], STR(" ")));
    return query_run(index, NULL, err);
}

/* 'backup':1A 'restore':2A 'failed':3 … */
static Str vector_of(Arena *arena, const StrList words[2])
{
    Buf out      = buf_open(arena, TEXT_MAX);
    size_t place = 0;
    for (size_t part = 0; part < 2; part++)
        for (size_t i = 0; i < words[part].len; i++)
            buf_fmt(&out, "'%.*s':%zu%s ", STR_ARG(words[part].at[i]), ++place, part == 0 ? "A" : "");
    return buf_str(&out);
}

static bool postgres_put(Db *db, Arena *arena, Str kind, int64_t id, const StrList words[2], Err *err)
{
    Query *q = query_open(db, STR("INSERT INTO search_document (kind, record, words)"
                                  " VALUES ($1, $2, CAST(CAST($3 AS text) AS tsvector))"
                                  " ON CONFLICT (kind, record) DO UPDATE SET words = excluded.words"));
    query_bind_str(q, 1, kind);
    query_bind_int(q, 2, id);
    query_bind_str(q, 3, vector_of(arena, words));
    return query_run(q, NULL, err);
}

bool search_put(Db *db, Arena *arena, Str kind, int64_t id, Str title, Str body, Err *err)
{
    StrList words[2];
    words[0] = words_of(arena, title, DOCUMENT_WORDS_MAX);
    words[1] = words_of(arena, body, DOCUMENT_WORDS_MAX - words[0].len);
    if (store_engine(db_store(db)) == ENGINE_SQLITE) return sqlite_put(db, arena, kind, id, words, err);
    return postgres_put(db, arena, kind, id, words, err);
}

/* ---- finding ---- */

/* How each engine writes "all of these anywhere", "all of these in the title", "one of these in the title". */
typedef struct {
    const char *before, *quote, *after_word, *after_last, *end, *joint;
} MatchForm;

enum { MATCH_ALL, MATCH_ALL_IN_TITLE, MATCH_ANY_IN_TITLE, MATCHES };

// clang-format off
static const MatchForm forms[][MATCHES] = {
    [ENGINE_SQLITE] = {
        [MATCH_ALL]          = { "(",         "\"", "\"",   "\" *",  ")", " AND " },
        [MATCH_ALL_IN_TITLE] = { "title : (", "\"", "\"",   "\" *",  ")", " AND " },
        [MATCH_ANY_IN_TITLE] = { "title : (", "\"", "\"",   "\" *",  ")", " OR " } },
    [ENGINE_POSTGRES] = {
        [MATCH_ALL]          = { "",          "'",  "'",    "':*",   "",  " & " },
        [MATCH_ALL_IN_TITLE] = { "",          "'",  "':A",  "':*A",  "",  " & " },
        [MATCH_ANY_IN_TITLE] = { "",          "'",  "':A",  "':*A",  "",  " | " } },
};
// clang-format on

static const Str find_sql[] = {
    [ENGINE_SQLITE] = STR_INIT("SELECT d.record, d.kind"
                               "  FROM search_index JOIN search_document d ON d.id = search_index.rowid"
                               " WHERE search_index MATCH $1 AND ($4 = '' OR d.kind = $4)"
                               " ORDER BY (d.id IN (SELECT rowid FROM search_index WHERE search_index MATCH $2))"
                               "        + (d.id IN (SELECT rowid FROM search_index WHERE search_index MATCH $3)) DESC,"
                               "          d.record DESC, d.kind"
                               " LIMIT $5"),
    [ENGINE_POSTGRES] =
        STR_INIT("SELECT record, kind"
                 "  FROM search_document"
                 " WHERE words @@ CAST(CAST($1 AS text) AS tsquery) AND (CAST($4 AS text) = '' OR kind = $4)"
                 " ORDER BY CAST(words @@ CAST(CAST($2 AS text) AS tsquery) AS integer)"
                 "        + CAST(words @@ CAST(CAST($3 AS text) AS tsquery) AS integer) DESC,"
                 "          record DESC, kind"
                 " LIMIT $5"),
};

static Str match_of(Arena *arena, const MatchForm *form, const StrList *words)
{
    Buf out = buf_open(arena, 8 << 10);
    buf_add_c(&out, form->before);
    for (size_t i = 0; i < words->len; i++) {
        bool is_last = i + 1 == words->len;
        if (i) buf_add_c(&out, form->joint);
        buf_add_c(&out, form->quote);
        buf_add(&out, words->at[i]);
        buf_add_c(&out, is_last ? form->after_last : form->after_word);
    }
    buf_add_c(&out, form->end);
    return buf_str(&out);
}

bool search_find(Db *db, Arena *arena, Str words, Str kind, size_t limit, SearchHits *hits, Err *err)
{
    Engine engine = store_engine(db_store(db));
    StrList list  = words_of(arena, words, QUERY_WORDS_MAX);
    *hits         = (SearchHits){ 0 };
    if (list.len == 0) return true;

    Query *q = query_open(db, find_sql[engine]);
    for (int match = 0; match < MATCHES; match++)
        query_bind_str(q, match + 1, match_of(arena, &forms[engine][match], &list));
    query_bind_str(q, 4, kind);
    query_bind_int(q, 5, limit < INT32_MAX ? (int64_t)limit : INT32_MAX);
    while (query_next(q)) {
        SearchHit *hit = list_push(arena, hits);
        hit->id        = query_int(q, 0);
        hit->kind      = query_str(q, 1, arena);
    }
    return query_close(q, err);
}
