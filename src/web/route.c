/* SPDX-License-Identifier: Apache-2.0
 * The table of addresses: the rows of all page files, walked from the top; the first that fits answers. A page made by
 * hand for one type stands above the general pages of records. */
#include "web/pages.h"

/* clang-format off */
static const Routes *const all_routes[] = {
    /* no record */       &sign_in_routes, &first_run_routes, &set_up_questions_routes, &set_up_people_routes, &set_up_soa_routes, &set_up_programme_routes, &set_up_cases_routes,
                          &home_routes, &find_routes, &settings_routes, &record_proof_routes, &rule_routes,
    /* made by hand */    &report_routes, &programme_routes, &plan_routes, &audit_routes, &candidates_routes, &paper_routes, &finding_routes, &case_routes, &case_register_routes,
    /* of every type */   &register_routes, &history_routes, &export_routes, &file_routes, &verb_routes, &record_routes,
};
/* clang-format on */

/* The parts of the path that are not yet matched, and what was found on the way. */
typedef struct {
    const Visit *visit;
    Str rest;
    const Plan *plan;
    Str number, word;
} Match;

static bool match_take(Match *match, Str *part)
{
    if (match->rest.len == 0) return false;
    return str_cut(&match->rest, '/', part);
}

static bool match_plural(Match *match, Str part, const char *ending)
{
    Str end = str_from_c(ending);

    if (!str_ends(part, end)) return false;
    match->plan = registry_find_plural(match->visit->app->registry, str_slice(part, 0, part.len - end.len));
    return match->plan != NULL;
}

size_t number_depth(const Registry *registry, const Type *type)
{
    size_t depth = 1;

    for (; type->number_within_parent; depth++)
        type = registry_plan(registry, type)->parent_type;
    return depth;
}

/* The slashes between the parts of a number stand in the path as they are. "new" is the form for one, also below pages
 * made by hand. */
static bool match_record(Match *match, Str part)
{
    size_t depth = match->plan != NULL ? number_depth(match->visit->app->registry, match->plan->type) : 1;
    Str more;

    match->number = part;
    for (size_t i = 1; i < depth; i++) {
        if (!match_take(match, &more) || more.len == 0) return false;
        match->number.len = (size_t)(more.ptr + more.len - match->number.ptr);
    }
    return part.len > 0 && match->number.len <= 200 && !str_eq_c(match->number, "new");
}

static bool match_part(Match *match, Str pattern)
{
    Str part;

    if (!match_take(match, &part)) return false;
    if (str_eq_c(pattern, "{plural}")) return match_plural(match, part, "");
    if (str_eq_c(pattern, "{plural.csv}")) return match_plural(match, part, ".csv");
    if (str_eq_c(pattern, "{record}")) return match_record(match, part);
    if (str_eq_c(pattern, "{word}")) {
        match->word = part;
        return part.len > 0 && part.len <= 200;
    }
    if (!str_eq(pattern, part)) return false;
    const Plan *plan = registry_find_plural(match->visit->app->registry, part);
    if (plan != NULL) match->plan = plan;
    return true;
}

static bool route_matches(const Visit *visit, const Route *route, Match *match)
{
    Str pattern = str_from_c(route->pattern), part;

    *match  = (Match){ .visit = visit, .rest = str_slice(visit->request->path, 1, visit->request->path.len) };
    pattern = str_slice(pattern, 1, pattern.len);
    if (pattern.len == 0) return match->rest.len == 0;
    while (pattern.len > 0) {
        if (!str_cut(&pattern, '/', &part) || !match_part(match, part)) return false;
    }
    return match->rest.len == 0;
}

static HttpMethod method_meant(const Visit *visit)
{
    return visit->request->method == HTTP_HEAD ? HTTP_GET : visit->request->method;
}

static bool visit_take(Visit *visit, const Route *route)
{
    Match match;

    if (!route_matches(visit, route, &match)) return false;
    if (route->method != method_meant(visit)) {
        visit->is_method_wrong = true;
        return false;
    }
    visit->route  = route;
    visit->plan   = match.plan;
    visit->number = match.number;
    visit->word   = match.word;
    return true;
}

bool visit_route(Visit *visit)
{
    if (!str_starts(visit->request->path, STR("/"))) return false;
    for (size_t i = 0; i < countof(all_routes); i++) {
        for (size_t k = 0; k < all_routes[i]->len; k++) {
            if (visit_take(visit, &all_routes[i]->at[k])) return true;
        }
    }
    return false;
}
