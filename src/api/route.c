/* SPDX-License-Identifier: Apache-2.0
 * Addresses: fixed ones are a table; those of records are read by counting segments. */
#include "api/route.h"

#include <string.h>

enum { SEGMENTS_MAX = 8 };

typedef struct {
    Str at[SEGMENTS_MAX];
    size_t len;
} Segments;

static const struct {
    const char *path;
    RouteKind kind;
} fixed[] = {
    { "/livez", ROUTE_LIVE },
    { "/readyz", ROUTE_READY },
    { "/api/v1", ROUTE_INDEX },
    { "/api/v1/", ROUTE_INDEX },
    { "/api/v1/openapi.json", ROUTE_OPENAPI },
    { "/api/v1/types", ROUTE_TYPES },
    { "/api/v1/search", ROUTE_SEARCH },
    { "/api/v1/checkpoint", ROUTE_CHECKPOINT },
};

static const Str root = STR_INIT("/api/v1/");

bool route_is_ours(Str path)
{
    return str_eq_c(path, "/api") || str_starts(path, STR("/api/")) || str_eq_c(path, "/livez") ||
           str_eq_c(path, "/readyz");
}

/* The segments behind /api/v1/; none when there are too many or an empty one. */
static Segments segments_of(Str path)
{
    Segments segments = { 0 };
    Str rest          = str_slice(path, root.len, path.len), segment;

    if (!str_starts(path, root)) return segments;
    while (str_cut(&rest, '/', &segment)) {
        if (segments.len == SEGMENTS_MAX || segment.len == 0) return (Segments){ 0 };
        segments.at[segments.len++] = segment;
    }
    return segments;
}

/* The first `count` segments behind the plural, with their slashes: slices of one path lie one behind the other. */
static Str segments_join(const Segments *segments, size_t count)
{
    const Str *last = &segments->at[count];
    return (Str){ segments->at[1].ptr, (size_t)(last->ptr + last->len - segments->at[1].ptr) };
}

/* ---- inquiry ---- */

static Route route_event(const Segments *segments)
{
    Route route = { .kind = segments->len == 2 ? ROUTE_EVENT : ROUTE_PROOF };

    if (segments->len < 2 || segments->len > 3) return (Route){ 0 };
    if (segments->len == 3 && !str_eq_c(segments->at[2], "proof")) return (Route){ 0 };
    route.number = segments->at[1];
    return route;
}

static Route route_csv(const Registry *registry, Str name)
{
    static const Str ending = STR_INIT(".csv");
    const Plan *plan        = NULL;

    if (str_ends(name, ending)) plan = registry_find_plural(registry, str_slice(name, 0, name.len - ending.len));
    return (Route){ .kind = plan != NULL ? ROUTE_CSV : ROUTE_NONE, .plan = plan };
}

static Route route_file(const Plan *plan, Str number, Str name)
{
    const Field *field = type_field(plan->type, name);

    if (field == NULL || field->kind != KIND_FILE || (field->flags & SECRET)) return (Route){ 0 };
    return (Route){ .kind = ROUTE_FILE, .plan = plan, .number = number, .field = field };
}

/* "report.docx" below a report. */
static Route route_rendering(const Registry *registry, const Plan *plan, Str number, Str name)
{
    size_t dot                 = str_index(name, '.');
    const Rendering *rendering = registry_rendering_as(registry, plan->type, str_slice(name, dot + 1, name.len));

    if (rendering == NULL || !str_eq_c(str_slice(name, 0, dot), rendering->name)) return (Route){ 0 };
    return (Route){ .kind = ROUTE_RENDERING, .plan = plan, .number = number, .rendering = rendering };
}

static Route route_read(const Registry *registry, Str path)
{
    Segments segments = segments_of(path);

    for (size_t i = 0; i < countof(fixed); i++) {
        if (str_eq_c(path, fixed[i].path)) return (Route){ .kind = fixed[i].kind };
    }
    if (segments.len == 0) return (Route){ 0 };
    if (str_eq_c(segments.at[0], "events")) return route_event(&segments);
    const Plan *plan = registry_find_plural(registry, segments.at[0]);
    if (plan == NULL) return segments.len == 1 ? route_csv(registry, segments.at[0]) : (Route){ 0 };
    if (segments.len == 1) return (Route){ .kind = ROUTE_LIST, .plan = plan };

    size_t parts = registry_number_parts(registry, plan);
    if (segments.len - 1 < parts) return (Route){ 0 };
    Route route      = { .kind = ROUTE_SHOW, .plan = plan, .number = segments_join(&segments, parts) };
    const Str *below = &segments.at[1 + parts];
    size_t count     = segments.len - 1 - parts;
    if (count == 0) return route;
    if (count == 2 && str_eq_c(below[0], "files")) return route_file(plan, route.number, below[1]);
    if (count == 1 && str_eq_c(below[0], "steps")) route.kind = ROUTE_STEPS;
    if (count == 1 && str_eq_c(below[0], "history")) route.kind = ROUTE_HISTORY;
    if (count == 1) route.inquiry = registry_inquiry_find(registry, plan->type, below[0]);
    if (route.inquiry != NULL) route.kind = ROUTE_INQUIRY;
    if (route.kind != ROUTE_SHOW) return route;
    return count == 1 ? route_rendering(registry, plan, route.number, below[0]) : (Route){ 0 };
}

/* ---- writing ---- */

/* The verb, if a step of the type leads by it from nothing (`makes`) or from a state. */
static const Verb *verb_for(const Type *type, Str name, bool makes)
{
    const Verb *verb = type_verb(type, name);

    if (verb == NULL || (verb->flags & VERB_INSIDE)) return NULL;
    for (size_t i = 0; i < type->steps_len; i++) {
        const Step *step = &type->steps[i];
        if (strcmp(step->verb, verb->name) == 0 && (step->from == STATE_NEW) == makes) return verb;
    }
    return NULL;
}

static Route route_write(const Registry *registry, Str path)
{
    Segments segments = segments_of(path);
    Route route       = { 0 };

    if (segments.len == 0) return route;
    if (segments.len == 1 && str_eq_c(segments.at[0], "files")) return (Route){ .kind = ROUTE_UPLOAD };
    route.plan = registry_find_plural(registry, segments.at[0]);
    if (route.plan == NULL) return (Route){ 0 };

    size_t parts = registry_number_parts(registry, route.plan);
    bool makes   = segments.len <= 2;
    if (!makes && segments.len != parts + 2) return (Route){ 0 };
    Str name   = segments.len == 1 ? STR("create") : segments.at[segments.len - 1];
    route.verb = verb_for(route.plan->type, name, makes);
    if (route.verb == NULL) return (Route){ 0 };
    route.kind = makes ? ROUTE_MAKE : ROUTE_VERB;
    if (!makes) route.number = segments_join(&segments, parts);
    return route;
}

Route route_find(const Registry *registry, HttpMethod method, Str path)
{
    Route read = route_read(registry, path), write = route_write(registry, path);

    if (method == HTTP_GET || method == HTTP_HEAD) {
        if (read.kind == ROUTE_NONE && write.kind != ROUTE_NONE) read.allow = STR("POST");
        return read;
    }
    if (method == HTTP_POST && write.kind != ROUTE_NONE) return write;
    if (read.kind == ROUTE_NONE && write.kind == ROUTE_NONE) return (Route){ 0 };
    if (write.kind == ROUTE_NONE) return (Route){ .allow = STR("GET, HEAD") };
    return (Route){ .allow = read.kind == ROUTE_NONE ? STR("POST") : STR("GET, HEAD, POST") };
}
