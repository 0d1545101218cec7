/* SPDX-License-Identifier: Apache-2.0
 * Addresses: each verb of each type has its form and is done where the pages link it, whatever pages made by hand stand
 * beside it. Generated from the declarations. */
#include "../support/check.h"
#include "catalogue.h"
#include "http/target.h"
#include "web/pages.h"

typedef struct {
    App app;
    Arena *arena;
} Addresses;

static int addresses_setup(void **state)
{
    static Addresses a;

    a.arena        = arena_open((size_t)64 << 20);
    a.app.registry = registry_open(a.arena, catalogue_open(a.arena));
    *state         = &a;
    return a.arena != NULL ? 0 : -1;
}

static int addresses_teardown(void **state)
{
    arena_close(((Addresses *)*state)->arena);
    return 0;
}

/* What the site finds at the address; the route is none when there is nothing. */
static Visit found_at(const Addresses *a, HttpMethod method, Str address)
{
    HttpRequest *request = arena_new(a->arena, HttpRequest);
    Visit visit          = { .app = (App *)(uintptr_t)&a->app, .arena = a->arena, .request = request };
    HttpTarget target;
    const char *why;

    if (!http_target_parse(a->arena, address, &target, &why)) fail_msg("%.*s: %s", STR_ARG(address), why);
    request->method = method;
    request->path   = target.path;
    if (!visit_route(&visit)) visit.route = NULL;
    return visit;
}

static bool leads_into(const Visit *visit, const Routes *routes)
{
    for (size_t i = 0; i < routes->len; i++) {
        if (visit->route == &routes->at[i]) return true;
    }
    return false;
}

/* "N", and "N/N" for types whose numbers count within a parent. */
static Str a_number(const Addresses *a, const Type *type)
{
    StrList parts = { 0 };

    for (size_t i = 0; i < number_depth(a->app.registry, type); i++)
        *list_push(a->arena, &parts) = STR("N");
    return str_join(a->arena, &parts, STR("/"));
}

static size_t check_verb(const Addresses *a, const Type *type, const Verb *verb)
{
    static const HttpMethod methods[] = { HTTP_GET, HTTP_POST };
    Str number = a_number(a, type), address = address_verb(a->arena, type, number, verb->name);

    for (size_t i = 0; i < countof(methods); i++) {
        Visit visit = found_at(a, methods[i], address);
        bool is_it  = visit.plan != NULL && visit.plan->type == type && str_eq(visit.number, number) &&
                     str_eq_c(visit.word, verb->name) && leads_into(&visit, &verb_routes);
        if (!is_it)
            fail_msg("%.*s %s leads to %s", STR_ARG(address), methods[i] == HTTP_GET ? "to look at" : "to send",
                     visit.route != NULL ? visit.route->pattern : "nothing");
    }
    return 1;
}

static void every_verb_has_its_form_at_its_address(void **state)
{
    const Addresses *a = *state;
    size_t checked     = 0;

    for (size_t i = 0; i < registry_len(a->app.registry); i++) {
        const Type *type = registry_at(a->app.registry, i)->type;
        for (size_t k = 0; k < type->steps_len; k++) {
            const Verb *verb = type_verb(type, str_from_c(type->steps[k].verb));
            if (!(verb->flags & VERB_INSIDE)) checked += check_verb(a, type, verb);
        }
    }
    assert_true(checked > registry_len(a->app.registry));
}

static void check_page(const Addresses *a, const Type *type, Str address, const Routes *routes)
{
    Visit visit = found_at(a, HTTP_GET, address);
    bool is_it  = visit.plan != NULL && visit.plan->type == type && (routes == NULL || leads_into(&visit, routes));

    if (!is_it) fail_msg("%.*s leads to %s", STR_ARG(address), visit.route != NULL ? visit.route->pattern : "nothing");
}

/* The register as a file: the general one, or that of a register made by hand, at its own address. */
static void check_file(const Addresses *a, Str address)
{
    Visit visit = found_at(a, HTTP_GET, address);
    bool is_it =
        visit.route != NULL && (leads_into(&visit, &register_routes) || str_eq_c(address, visit.route->pattern));

    if (!is_it) fail_msg("%.*s leads to %s", STR_ARG(address), visit.route != NULL ? visit.route->pattern : "nothing");
}

static void every_type_has_its_pages(void **state)
{
    const Addresses *a = *state;

    for (size_t i = 0; i < registry_len(a->app.registry); i++) {
        const Type *type = registry_at(a->app.registry, i)->type;
        Str list         = address_list(a->arena, type);
        check_page(a, type, list, NULL);
        check_file(a, str_fmt(a->arena, "%.*s.csv", STR_ARG(list)));
        check_page(a, type, address_record(a->arena, type, a_number(a, type)), NULL);
        check_page(a, type, address_verb(a->arena, type, a_number(a, type), "history"), &history_routes);
        check_page(a, type, address_verb(a->arena, type, (Str){ 0 }, "create"), &verb_routes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_verb_has_its_form_at_its_address),
        cmocka_unit_test(every_type_has_its_pages),
    };
    return cmocka_run_group_tests(tests, addresses_setup, addresses_teardown);
}
