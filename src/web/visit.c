/* SPDX-License-Identifier: Apache-2.0
 * What every page needs: the snapshot, the shell around it, the ways to answer, and addresses. */
#include "web/visit.h"

#include <assert.h>

#include "base/log.h"
#include "org/person.h"
#include "pages/pages.h"
#include "record/row.h"

enum { HERE_MAX = 2000, REFERENCE_BYTES = 5 };

/* ---- reading ---- */

/* What the person does, else the first role. */
static Str user_note(Visit *visit, const Person *person)
{
    const StrList *roles = &visit->call->roles;

    if (person->job.len > 0) return person->job;
    for (size_t i = 0; i < roles->len; i++) {
        if (str_eq_c(roles->at[i], "everyone") || str_eq_c(roles->at[i], "colleague")) continue;
        const char *label = visit->app->directory->role_label(roles->at[i]);
        if (label != NULL) return visit_text(visit, label);
    }
    return (Str){ 0 };
}

static bool user_load(Visit *visit, Err *err)
{
    Person person;
    bool found;

    if (!record_load(visit->call, &person_type, visit->session.person, &person, &found, err)) return false;
    visit->user_name = person.name;
    visit->user_note = user_note(visit, &person);
    return visit->session.must_change || side_counts_load(visit->call, visit->web->side, &visit->counts, err);
}

bool visit_read(Visit *visit, Err *err)
{
    if (visit->call != NULL) return true;
    if (!call_open(&visit->caller, CALL_READ, &visit->call, err)) return false;
    assert(visit->call != NULL);
    return !visit->is_signed_in || visit->user_name.len > 0 || user_load(visit, err);
}

void visit_read_end(Visit *visit)
{
    call_end(visit->call);
    visit->call = NULL;
}

/* ---- what came ---- */

Str visit_param(const Visit *visit, const char *name)
{
    return http_field(&visit->request->query, name);
}

Str visit_field(const Visit *visit, const char *name)
{
    return http_field(&visit->request->form, name);
}

Str visit_here(const Visit *visit)
{
    return visit->request->target.len <= HERE_MAX ? visit->request->target : STR("/");
}

Str visit_return(const Visit *visit, Str or_else)
{
    Str address = visit_field(visit, "return");

    if (address.len == 0) address = visit_param(visit, "return");
    return address.len <= HERE_MAX && address_is_ours(address) ? address : or_else;
}

/* ---- what goes out ---- */

Str visit_text(const Visit *visit, const char *english)
{
    return text_of(visit->app->language, english);
}

Html visit_html(const Visit *visit)
{
    Html out     = html_open(visit->arena);
    out.language = visit->app->language;
    out.zone     = visit->app->zone;
    out.today    = visit->call != NULL ? visit->call->today : zone_date(visit->app->zone, world_now(visit->app->world));
    out.form_token = visit->session.csrf;
    return out;
}

/* What was done by the form that led here: "?done=nonconformity:verify:F-012". */
static Str notice_of(const Visit *visit)
{
    Str rest = visit_param(visit, "done"), type, verb;

    if (!str_cut(&rest, ':', &type) || !str_cut(&rest, ':', &verb)) return (Str){ 0 };
    const Plan *plan  = registry_find(visit->app->registry, type);
    const Verb *known = plan != NULL ? type_verb(plan->type, verb) : NULL;
    if (known == NULL || rest.len > 80) return (Str){ 0 };
    return str_fmt(visit->arena, "%.*s: %.*s", STR_ARG(rest), STR_ARG(visit_text(visit, known->label)));
}

Shell visit_shell(const Visit *visit, Str title, Str here)
{
    Shell shell = { .title     = title,
                    .theme     = visit->session.theme,
                    .user_name = visit->user_name,
                    .user_note = visit->user_note,
                    .here      = visit->request->method == HTTP_GET ? visit_here(visit) : STR("/"),
                    .notice    = notice_of(visit) };

    if (visit->is_signed_in) shell.who = str_fmt(visit->arena, "%lld", (long long)visit->session.person.n);
    if (visit->is_signed_in && !visit->session.must_change) nav_fill(visit, &shell.nav);
    shell.nav.here = here;
    return shell;
}

bool visit_send(Visit *visit, int status, const Html *page, Err *err)
{
    if (buf_overflowed(&page->buf))
        return err_set(err, ERR_LIMIT, 0, .what = STR("cannot send a page of this size"),
                       .detail = str_fmt(visit->arena, "It has more than %d bytes.", HTML_BYTES_MAX));
    http_respond(visit->response, status, STR("text/html; charset=utf-8"), html_bytes(page));
    return true;
}

void visit_go(Visit *visit, Str address)
{
    http_respond_redirect(visit->response, address_is_ours(address) ? address : STR("/"));
}

/* ---- saying no ---- */

static ProblemKind problem_kind(int status)
{
    switch (status) {
    case 404:
    case 405: return PROBLEM_NOT_FOUND;
    case 503: return PROBLEM_BUSY;
    case 500: return PROBLEM_OURS;
    default: return PROBLEM_NOT_ALLOWED;
    }
}

static void problem_draw(Visit *visit, int status, const Problem *problem)
{
    Html page = visit_html(visit);

    if (visit->is_signed_in) {
        Str title   = problem->title.len > 0 ? problem->title : visit_text(visit, problem_title(problem->kind));
        Shell shell = visit_shell(visit, title, STR(""));
        page_problem(&page, &shell, problem);
    } else {
        page_door_problem(&page, visit->session.theme, problem);
    }
    http_respond(visit->response, status, STR("text/html; charset=utf-8"), html_bytes(&page));
}

bool visit_problem(Visit *visit, int status, Str title, Str text, Err *err)
{
    Problem problem = { .kind = problem_kind(status), .title = title, .text = text };

    if (visit->is_signed_in && !visit_read(visit, err)) return false;
    problem_draw(visit, status, &problem);
    return true;
}

bool visit_not_found(Visit *visit, Err *err)
{
    return visit_problem(visit, 404, STR(""), STR(""), err);
}

/* Short enough to be read out on the telephone. */
static Str reference_make(const Visit *visit)
{
    static const char digits[] = "23456789abcdefghjkmnpqrstuvwxyz";
    unsigned char bytes[2 * REFERENCE_BYTES];
    char *text = arena_alloc(visit->arena, sizeof bytes + 1, 1);

    world_random(visit->app->world, bytes, sizeof bytes);
    for (size_t i = 0; i < sizeof bytes; i++)
        text[i] = digits[bytes[i] % (sizeof digits - 1)];
    text[REFERENCE_BYTES] = '-';
    return (Str){ text, sizeof bytes };
}

static bool failure_passes(ErrCode code)
{
    return code == ERR_BUSY || code == ERR_CONFLICT || code == ERR_NETWORK;
}

/* The page must not need what has just failed: it reads nothing. */
void visit_failed(Visit *visit, const Err *failure)
{
    Str reference   = reference_make(visit);
    int status      = failure_passes(failure->code) ? 503 : 500;
    Problem problem = { .kind = problem_kind(status), .reference = reference };

    if (failure->code == ERR_UNKNOWN)
        problem.text = visit_text(visit, N_("Whether it was recorded is not known. Look at the record before you do "
                                            "it again."));
    log_line(LOG_ERROR, "web", "%.*s: %.*s %.*s: %.*s", STR_ARG(reference),
             STR_ARG(http_method_name(visit->request->method)), STR_ARG(visit->request->path),
             STR_ARG(err_line(visit->arena, failure)));
    visit->is_signed_in = visit->is_signed_in && visit->call != NULL;
    *visit->response    = (HttpResponse){ .arena = visit->response->arena };
    problem_draw(visit, status, &problem);
}

/* ---- addresses ---- */

static bool byte_is_plain(char byte, bool slash)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
           byte == '-' || byte == '.' || byte == '_' || byte == '~' || (slash && byte == '/');
}

static Str percent_encode(Arena *arena, Str value, bool slash)
{
    Buf out = buf_open(arena, value.len * 3 + 1);

    for (size_t i = 0; i < value.len; i++) {
        if (byte_is_plain(value.ptr[i], slash))
            buf_add_byte(&out, value.ptr[i]);
        else
            buf_fmt(&out, "%%%02X", (unsigned)(unsigned char)value.ptr[i]);
    }
    return buf_str(&out);
}

Str address_value(Arena *arena, Str value)
{
    return percent_encode(arena, value, false);
}

Str address_list(Arena *arena, const Type *type)
{
    return str_fmt(arena, "/%s", type->plural);
}

Str address_record(Arena *arena, const Type *type, Str number)
{
    Str path = percent_encode(arena, number, true);
    return str_fmt(arena, "/%s/%.*s", type->plural, STR_ARG(path));
}

Str address_verb(Arena *arena, const Type *type, Str number, const char *verb)
{
    if (number.len == 0) return str_fmt(arena, "/%s/new", type->plural);
    Str record = address_record(arena, type, number);
    return str_fmt(arena, "%.*s/%s", STR_ARG(record), verb);
}

bool address_is_ours(Str address)
{
    if (!str_starts(address, STR("/")) || str_starts(address, STR("//"))) return false;
    for (size_t i = 0; i < address.len; i++) {
        unsigned char byte = (unsigned char)address.ptr[i];
        if (byte <= 0x20 || byte >= 0x7f || byte == '\\' || byte == '"') return false;
    }
    return url_is_safe(address);
}
