/* SPDX-License-Identifier: Apache-2.0
 * Reading events. Each question is one statement: the events asked for, joined with their payloads, so a row per
 * payload. */
#include "ledger/history.h"

#include <assert.h>
#include <string.h>

#include "ledger/canonical.h"

/* Columns of every query here; the inner one picks the events. */
#define EVENTS_FROM(inner, order)                                                                                      \
    STR("SELECT e.number, e.body, p.slot, p.data, p.erased_by"                                                         \
        "  FROM (" inner ") e"                                                                                         \
        "  LEFT JOIN ledger_payload p ON p.number = e.number"                                                          \
        " ORDER BY e.number " order ", p.slot")

enum { COL_NUMBER, COL_BODY, COL_SLOT, COL_DATA, COL_ERASED_BY };

static bool event_start(Query *q, Arena *arena, HistoryEvent *event, Err *err)
{
    event->body = query_bytes(q, COL_BODY, arena);
    if (!event_read(event->body, arena, &event->envelope, err)) return false;
    event->files     = arena_array(arena, Hash, event->envelope.files_len);
    event->files_len = event->envelope.files_len;
    return true;
}

static void event_add_payload(Query *q, Arena *arena, HistoryEvent *event)
{
    if (query_is_null(q, COL_SLOT)) return;
    int64_t slot = query_int(q, COL_SLOT), file = slot - SLOT_FILES;
    if (!query_is_null(q, COL_ERASED_BY)) event->erased_by = query_int(q, COL_ERASED_BY);
    if (slot == SLOT_PAYLOAD) event->payload = query_bytes(q, COL_DATA, arena);
    if (slot == SLOT_PERSONAL) event->personal = query_bytes(q, COL_DATA, arena);
    if (file < 0 || (size_t)file >= event->files_len) return;
    Str content = query_peek(q, COL_DATA);
    if (content.len == HASH_BYTES) memcpy(event->files[file].bytes, content.ptr, HASH_BYTES);
}

static bool events_read(Query *q, Arena *arena, HistoryEvents *out, Err *err)
{
    int64_t last = -1;
    bool whole   = true;
    *out         = (HistoryEvents){ 0 };
    while (whole && query_next(q)) {
        if (query_int(q, COL_NUMBER) != last) {
            HistoryEvent *event = list_push(arena, out);
            whole               = event_start(q, arena, event, err);
        }
        last = query_int(q, COL_NUMBER);
        if (whole) event_add_payload(q, arena, &out->at[out->len - 1]);
    }
    if (!query_close(q, err) || !whole) return false;
    for (size_t i = 0; i < out->len; i++) {
        HistoryEvent *event = &out->at[i];
        event->after =
            canonical_member(event->envelope.payload.is_there ? event->payload : event->personal, STR("after"));
    }
    return true;
}

bool history_event(Db *db, Arena *arena, int64_t number, HistoryEvent *out, Err *err)
{
    HistoryEvents events;
    Query *q = query_open(db, EVENTS_FROM("SELECT number, body FROM ledger_event WHERE number = $1", "ASC"));
    query_bind_int(q, 1, number);
    if (!events_read(q, arena, &events, err)) return false;
    if (events.len == 0) return err_set(err, ERR_MISSING, 0, .what = STR("there is no event with this number"));
    *out = events.at[0];
    return true;
}

static bool page_read(Db *db, Arena *arena, Str sql, HistoryPage page, HistoryEvents *out, Err *err)
{
    assert(page.limit >= 1 && page.limit <= HISTORY_MAX);
    Query *q = query_open(db, sql);
    query_bind_str(q, 1, page.name);
    query_bind_int(q, 2, page.before > 0 ? page.before : INT64_MAX);
    query_bind_int(q, 3, (int64_t)page.limit);
    return events_read(q, arena, out, err);
}

bool history_of_entity(Db *db, Arena *arena, HistoryPage page, HistoryEvents *out, Err *err)
{
    const Str sql = EVENTS_FROM("SELECT number, body"
                                "  FROM ledger_event"
                                " WHERE entity = $1 AND number < $2"
                                " ORDER BY number DESC"
                                " LIMIT $3",
                                "DESC");
    return page_read(db, arena, sql, page, out, err);
}

bool history_of_dossier(Db *db, Arena *arena, HistoryPage page, HistoryEvents *out, Err *err)
{
    const Str sql = EVENTS_FROM("SELECT number, body"
                                "  FROM ledger_event"
                                " WHERE dossier = $1 AND dossier <> '' AND number < $2"
                                " ORDER BY number DESC"
                                " LIMIT $3",
                                "DESC");
    return page_read(db, arena, sql, page, out, err);
}

bool history_since(Db *db, Arena *arena, int64_t from, size_t limit, HistoryEvents *out, Err *err)
{
    assert(limit >= 1 && limit <= HISTORY_MAX);
    Query *q = query_open(db, EVENTS_FROM("SELECT number, body"
                                          "  FROM ledger_event"
                                          " WHERE number >= $1"
                                          " ORDER BY number"
                                          " LIMIT $2",
                                          "ASC"));
    query_bind_int(q, 1, from);
    query_bind_int(q, 2, (int64_t)limit);
    return events_read(q, arena, out, err);
}

bool history_as_of(Db *db, Arena *arena, HistoryInstant instant, HistoryEvents *out, Err *err)
{
    Query *q = query_open(db, EVENTS_FROM("SELECT number, body"
                                          "  FROM ledger_event"
                                          " WHERE entity = $1 AND time <= $2"
                                          " ORDER BY number DESC"
                                          " LIMIT 1",
                                          "DESC"));
    query_bind_str(q, 1, instant.entity);
    query_bind_int(q, 2, instant.at.us);
    return events_read(q, arena, out, err);
}

bool history_of_kind_as_of(Db *db, Arena *arena, HistoryKindPage page, HistoryEvents *out, Err *err)
{
    assert(page.limit >= 1 && page.limit <= HISTORY_MAX);
    /* "kind/…": all names behind "kind/" and before "kind0", the byte after '/' */
    Str first = page.after.len > 0 ? page.after : str_fmt(arena, "%.*s/", STR_ARG(page.kind));
    Query *q  = query_open(db, EVENTS_FROM("SELECT number, body"
                                            "  FROM ledger_event"
                                            " WHERE number IN (SELECT max(number)"
                                            "                    FROM ledger_event"
                                            "                   WHERE entity > $1 AND entity < $2 AND time <= $3"
                                            "                   GROUP BY entity"
                                            "                   ORDER BY entity"
                                            "                   LIMIT $4)",
                                           "ASC"));
    query_bind_str(q, 1, first);
    query_bind_str(q, 2, str_fmt(arena, "%.*s0", STR_ARG(page.kind)));
    query_bind_int(q, 3, page.at.us);
    query_bind_int(q, 4, (int64_t)page.limit);
    return events_read(q, arena, out, err);
}
