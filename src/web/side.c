/* SPDX-License-Identifier: Apache-2.0
 * The side column: the same on every page, at most eleven entries in four groups, only what the reader may see; and the
 * numbers beside its entries. Those follow from the record and the day alone, so they are kept until either has moved:
 * a page costs one look at the head of the ledger for them. */
#include <assert.h>
#include <pthread.h>

#include "action/case_register.h"
#include "audit/audit.h"
#include "record/work.h"
#include "web/visit.h"

/* clang-format off */
static const struct { /* NOLINT(clang-analyzer-optin.performance.Padding): a row reads from left to right */
    int group;
    const char *path;
    const char *type; /* whose records stand there; "": no records, shown to everybody */
    Icon icon;
    const char *label;
} entries[] = {
    { 0, "/",                 "",              ICON_WORK,     N_("My work") },
    { 1, "/programmes",       "programme",     ICON_CALENDAR, N_("Programme") },
    { 1, "/audits",           "audit",         ICON_AUDIT,    N_("Audits") },
    { 1, "/nonconformities",  "nonconformity", ICON_NC,       N_("Nonconformities") },
    { 1, "/findings",         "finding",       ICON_UP,       N_("Findings") },
    { 2, "/reviews",          "review",        ICON_REVIEW,   N_("Management review") },
    { 2, "/record",           "",              ICON_CHAIN,    N_("Record and proof") },
    { 3, "/people",           "person",        ICON_PEOPLE,   N_("People") },
    { 3, "/settings",         "",              ICON_SETTINGS, N_("Settings") },
};
static const char *const titles[NAV_GROUPS_MAX] = { NULL, N_("Audit"), N_("Look"), N_("Set up") };
/* clang-format on */

/* ---- counting ---- */

#define AUDIT_IS_UNDER_WAY "state BETWEEN 2 AND 6"
static_assert(AUDIT_INITIATED == 2 && AUDIT_REPORTING == 6, "the condition names these states");

static bool work_count(Call *call, int64_t *asked, Err *err)
{
    Works works = { 0 };

    if (!work_gather(call, &works, err)) return false;
    for (size_t i = 0; i < works.len; i++)
        *asked += works.at[i].kind != WORK_WAIT;
    return true;
}

/* LIST_COUNT_MAX + 1 for more; none of what the reader may not see. */
static bool records_count(Call *call, const Type *type, Str where, int64_t *count, Err *err)
{
    ListQuery query = { .type = type, .limit = 1, .where = where };
    ListPage page   = { 0 };

    if (registry_plan(call->app->registry, type) == NULL || !view_may_list(call, type)) return true;
    if (!list_count(call, &query, &page, err)) return false;
    *count = page.total + page.total_is_more;
    return true;
}

static bool cases_count(Call *call, int64_t counts[CASE_TABS], Err *err)
{
    if (registry_plan(call->app->registry, &nonconformity_type) == NULL || !view_may_list(call, &nonconformity_type))
        return true;
    return case_tab_counts(call, counts, err);
}

static bool side_count(Call *call, SideCounts *out, Err *err)
{
    *out = (SideCounts){ 0 };
    return work_count(call, &out->work, err) &&
           records_count(call, &audit_type, STR(AUDIT_IS_UNDER_WAY), &out->audits, err) &&
           cases_count(call, out->cases, err);
}

/* ---- what is kept ---- */

enum { KEPT_MAX = 512 };

typedef struct {
    Id who;
    Date day;
    int64_t size; /* of the ledger when it was counted */
    SideCounts counts;
} Kept;

/* A person has one place by id; who shares it takes it over. */
struct SideCache {
    pthread_mutex_t mutex; /* protects kept */
    Kept kept[KEPT_MAX];
};

SideCache *side_cache_open(Arena *arena)
{
    SideCache *cache = arena_new(arena, SideCache);

    pthread_mutex_init(&cache->mutex, NULL);
    return cache;
}

static_assert((int)NAV_COUNT_MAX == (int)LIST_COUNT_MAX, "the column shows where counting stopped");

static Kept *kept_place(SideCache *cache, Id who)
{
    return &cache->kept[(uint64_t)who.n % KEPT_MAX];
}

static bool kept_find(SideCache *cache, const Kept *key, SideCounts *out)
{
    pthread_mutex_lock(&cache->mutex);
    Kept known = *kept_place(cache, key->who);
    pthread_mutex_unlock(&cache->mutex);
    *out = known.counts;
    return id_eq(known.who, key->who) && known.size == key->size && known.day.number == key->day.number;
}

static void kept_put(SideCache *cache, const Kept *counted)
{
    pthread_mutex_lock(&cache->mutex);
    *kept_place(cache, counted->who) = *counted;
    pthread_mutex_unlock(&cache->mutex);
}

bool side_counts_load(Call *call, SideCache *cache, SideCounts *out, Err *err)
{
    Kept counted = { .who = call->who, .day = call->today };
    LedgerHead head;

    if (cache == NULL) return side_count(call, out, err);
    if (!ledger_head(call->db, call->arena, &head, err)) return false;
    counted.size = head.size;
    if (kept_find(cache, &counted, out)) return true;
    if (!side_count(call, &counted.counts, err)) return false;
    kept_put(cache, &counted);
    *out = counted.counts;
    return true;
}

/* ---- the column ---- */

static bool entry_is_seen(const Visit *visit, const char *type)
{
    if (type[0] == '\0') return true;
    const Plan *plan = registry_find(visit->app->registry, str_from_c(type));
    return plan != NULL && visit->call != NULL && view_may_list(visit->call, plan->type);
}

static void entry_count(const SideCounts *counts, NavEntry *entry)
{
    if (str_eq_c(entry->path, "/")) entry->count = counts->work;
    if (str_eq_c(entry->path, "/audits")) entry->count = counts->audits;
    if (!str_eq_c(entry->path, "/nonconformities")) return;
    entry->count = counts->cases[CASES_OPEN];
    entry->late  = counts->cases[CASES_LATE];
}

void nav_fill(const Visit *visit, Nav *nav)
{
    int last = -1;

    for (size_t i = 0; i < countof(entries); i++) {
        if (!entry_is_seen(visit, entries[i].type)) continue;
        if (entries[i].group != last) nav->groups[nav->len++].title = titles[entries[i].group];
        last            = entries[i].group;
        NavEntry *entry = list_push(visit->arena, &nav->groups[nav->len - 1]);
        *entry = (NavEntry){ .path = str_from_c(entries[i].path), .icon = entries[i].icon, .label = entries[i].label };
        entry_count(&visit->counts, entry);
    }
}
