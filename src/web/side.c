/* SPDX-License-Identifier: Apache-2.0
 * The side column: the same on every page, at most eleven entries in four groups, only what the reader may see. */
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

static bool entry_is_seen(const Visit *visit, const char *type)
{
    if (type[0] == '\0') return true;
    const Plan *plan = registry_find(visit->app->registry, str_from_c(type));
    return plan != NULL && visit->call != NULL && view_may_list(visit->call, plan->type);
}

void nav_fill(const Visit *visit, Nav *nav)
{
    int last = -1;

    for (size_t i = 0; i < countof(entries); i++) {
        if (!entry_is_seen(visit, entries[i].type)) continue;
        if (entries[i].group != last) nav->groups[nav->len++].title = titles[entries[i].group];
        last = entries[i].group;
        *list_push(visit->arena, &nav->groups[nav->len - 1]) =
            (NavEntry){ .path = str_from_c(entries[i].path), .icon = entries[i].icon, .label = entries[i].label };
    }
}
