/* SPDX-License-Identifier: Apache-2.0
 * Requests of programs, pages, commands, and what they must tell. */
#include "doors.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "cli/cli.h"
#include "org/directory.h"
#include "web/pages.h"
#include "web/rules.h"

enum { TEXT_MAX = 8 << 20, WORDS_MAX = 64 };

/* ---- what people must be told ---- */

static void refusal_parts(Arena *arena, const json_t *refusal, ToldBy by, StrList *parts)
{
    const json_t *who = json_object_get(refusal, "who");
    Str missing       = json_text(refusal, "missing");

    *list_push(arena, parts) = json_text(refusal, "rule");
    *list_push(arena, parts) = by == TOLD_BY_PAGE ? sentence_of(arena, missing) : missing;
    *list_push(arena, parts) = json_text(refusal, "next");
    for (size_t i = 0; i < json_array_size(who); i++)
        *list_push(arena, parts) = json_str(json_array_get(who, i));
    if (by == TOLD_BY_PAGE && json_array_size(who) == 0) *list_push(arena, parts) = STR("Nobody at present.");
}

StrList problem_parts(Arena *arena, Str json, ToldBy by)
{
    StrList parts = { 0 };
    json_t *body  = NULL;
    Err err       = { 0 };

    check_done(json_read(arena, json, &body, &err), &err);
    const json_t *refusals = json_object_get(body, "refusals"), *errors = json_object_get(body, "errors");
    for (size_t i = 0; i < json_array_size(refusals); i++)
        refusal_parts(arena, json_array_get(refusals, i), by, &parts);
    for (size_t i = 0; i < json_array_size(errors); i++)
        *list_push(arena, &parts) = json_text(json_array_get(errors, i), "detail");
    bool is_titled = by == TOLD_BY_COMMAND || json_array_size(refusals) > 0;
    if (is_titled && json_object_get(body, "title") != NULL) *list_push(arena, &parts) = json_text(body, "title");
    for (size_t i = 0; i < parts.len; i++)
        parts.at[i] = text_flat(arena, parts.at[i]);
    return parts;
}

Str part_lacking(const StrList *parts, Str text)
{
    for (size_t i = 0; i < parts->len; i++) {
        if (!str_has(text, parts->at[i])) return parts->at[i];
    }
    return (Str){ 0 };
}

/* People get the kind of the answer, and all of the four parts of a refusal and of what is to be mended. */
Str page_differs(Arena *arena, const Said *first, const Said *said)
{
    StrList parts = problem_parts(arena, first->body, TOLD_BY_PAGE);

    return said->status != first->status ? STR("another status") : part_lacking(&parts, said->body);
}

/* The exit codes of docs/operate.md. */
static int exit_of_status(int status)
{
    switch (status) {
    case 200: return 0;
    case 403:
    case 409: return 3;
    case 422: return 4;
    case 412: return 5;
    case 404: return 6;
    default: return -2;
    }
}

Str command_differs(Arena *arena, const Said *first, const Said *said)
{
    StrList parts = problem_parts(arena, first->body, TOLD_BY_COMMAND);

    if (said->status == NOT_ASKED) return (Str){ 0 };
    if (said->status != exit_of_status(first->status)) return STR("another exit code");
    if (!str_eq(said->body, str_trim(first->body))) return STR("other bytes");
    return said->words.len == 0 ? (Str){ 0 } : part_lacking(&parts, said->words);
}

Str text_flat(Arena *arena, Str text)
{
    Buf flat      = buf_open(arena, text.len + 1);
    bool is_blank = true; /* none at the start */

    for (size_t i = 0; i < text.len; i++) {
        bool was = is_blank;
        is_blank = text.ptr[i] == ' ' || text.ptr[i] == '\n';
        if (!is_blank || !was) buf_add_byte(&flat, is_blank ? ' ' : text.ptr[i]);
    }
    return buf_str(&flat);
}

/* ---- the API ---- */

static Str path_of(ApiHouse *house, const Ask *ask)
{
    const Plan *plan  = registry_find(house->h->app->registry, ask->type);
    const char *below = ask->kind == ASK_STEPS ? "/steps" : ask->kind == ASK_HISTORY ? "/history" : "";
    Buf path          = buf_open(house->http.arena, 1 << 12);

    buf_fmt(&path, "/api/v1/%s", plan->type->plural);
    if (ask->number.len > 0) buf_fmt(&path, "/%.*s", STR_ARG(ask->number));
    bool is_create = ask->number.len == 0 && str_eq_c(ask->verb, "create"); /* which is the POST to the list itself */
    if (ask->kind == ASK_VERB && !is_create)
        buf_fmt(&path, "/%.*s", STR_ARG(ask->verb));
    else
        buf_add_c(&path, below);
    return buf_str(&path);
}

Said api_ask(ApiHouse *house, Str token, const Ask *ask)
{
    Arena *arena = house->http.arena;
    Buf input    = buf_open(arena, 1 << 14);
    Sent sent    = { .token = token };

    if (ask->kind == ASK_VERB) {
        json_write(&input, ask->input);
        sent.body   = buf_str(&input);
        Str headers = STR("Content-Type: application/json\r\n");
        if (ask->revision > 0)
            headers = str_fmt(arena, "%.*sIf-Match: \"%lld\"\r\n", STR_ARG(headers), (long long)ask->revision);
        sent.headers = str_to_c(arena, headers);
    }
    Heard heard = api_send(house, str_to_c(arena, path_of(house, ask)), sent);
    return (Said){ .status = heard.status, .body = heard.body };
}

/* ---- values as people write them ---- */

static Str value_words(Arena *arena, const json_t *value)
{
    StrList parts = { 0 };

    if (json_is_integer(value)) return str_fmt(arena, "%lld", (long long)json_integer_value(value));
    if (json_is_boolean(value)) return json_is_true(value) ? STR("true") : STR("false");
    if (!json_is_array(value)) return json_str(value);
    for (size_t i = 0; i < json_array_size(value); i++)
        *list_push(arena, &parts) = json_str(json_array_get(value, i));
    return str_join(arena, &parts, STR(","));
}

static const Field *field_asked(const Registry *registry, const Ask *ask, const char *name)
{
    const Type *type = registry_find(registry, ask->type)->type;
    const Verb *verb = type_verb(type, ask->verb);

    return verb->input != NULL ? shape_field(verb->input, str_from_c(name)) : type_field(type, str_from_c(name));
}

/* ---- pages ---- */

/* The text as a reader has it before her. */
static Str page_text(Arena *arena, Str page)
{
    static const struct {
        const char *entity;
        char byte;
    } entities[] = { { "&amp;", '&' }, { "&lt;", '<' }, { "&gt;", '>' }, { "&quot;", '"' }, { "&#39;", '\'' } };
    Buf text     = buf_open(arena, page.len + 1);

    for (size_t i = 0; i < page.len; i++) {
        char byte = page.ptr[i];
        if (byte == '<') {
            i += str_index(str_slice(page, i, page.len), '>');
            continue;
        }
        for (size_t k = 0; byte == '&' && k < countof(entities); k++) {
            if (!str_starts(str_slice(page, i, 8), str_from_c(entities[k].entity))) continue;
            i += strlen(entities[k].entity) - 1;
            byte = entities[k].byte;
            break;
        }
        buf_add_byte(&text, byte);
    }
    return text_flat(arena, buf_str(&text));
}

static Str cookie_of(Arena *arena, Id who)
{
    return str_fmt(arena, "session-of-%lld", (long long)who.n);
}

static Query *session_insert(Visitor *v, Db *db, Id account, Id who, Time now)
{
    Hash hash    = hash_of(cookie_of(v->arena, who));
    Query *query = query_open(db, STR("INSERT INTO session (secret, person, account, csrf, theme, started, seen)"
                                      " VALUES ($1, $2, $3, 'token', '', $4, $4)"));

    query_bind_str(query, 1, hash_to_hex(v->arena, &hash));
    query_bind_int(query, 2, who.n);
    query_bind_int(query, 3, account.n);
    query_bind_int(query, 4, now.us);
    return query;
}

void browser_signs_in(Visitor *v, Id account, const Id *people, size_t len)
{
    Time now = world_now(v->house->app->world);
    Err err  = { 0 };
    Db *db;

    check_done(store_write(v->house->app->store, v->arena, &db, &err), &err);
    check_done(query_run(query_open(db, STR("DELETE FROM session")), NULL, &err), &err);
    for (size_t i = 0; i < len; i++)
        check_done(query_run(session_insert(v, db, account, people[i], now), NULL, &err), &err);
    check_done(db_commit(db, &err), &err);
    db_end(db);
}

/* The clock on the wall, as browsers send it. */
static Str moment_words(const Visitor *v, Str instant)
{
    Time time;

    if (!time_from_rfc3339(instant, &time)) return instant;
    LocalTime local = zone_local(v->house->app->zone, time);
    return str_fmt(v->arena, "%.*sT%02d:%02d", STR_ARG(date_to_iso(v->arena, local.date)), local.hour, local.minute);
}

/* What an upload tells of its file is in no field of the form; a form sent again has the file in hidden ones. */
static bool is_of_file(const Ask *ask, const Registry *registry, const char *name)
{
    static const char *const endings[] = { "", "_name", "_size", "_type" };
    Str whole                          = str_from_c(name);

    for (size_t i = 0; i < countof(endings); i++) {
        Str ending = str_from_c(endings[i]);
        if (!str_ends(whole, ending)) continue;
        char file[64] = { 0 };
        memcpy(file, name, whole.len - ending.len);
        const Field *field = field_asked(registry, ask, file);
        if (field != NULL && field->kind == KIND_FILE) return true;
    }
    return false;
}

/* What the form of a verb sends; its token comes from the visitor. */
static Str form_of(Visitor *v, const Ask *ask)
{
    const Registry *registry = v->house->app->registry;
    json_t *input            = (json_t *)(uintptr_t)ask->input, *value;
    Buf form                 = buf_open(v->arena, 1 << 16);
    const char *name;

    buf_fmt(&form, "verb=%.*s", STR_ARG(ask->verb));
    if (ask->revision > 0) buf_fmt(&form, "&revision=%lld", (long long)ask->revision);
    json_object_foreach(input, name, value)
    {
        const Field *field = field_asked(registry, ask, name);
        Str words          = value_words(v->arena, value);
        if (field != NULL && field->kind == KIND_TIME) words = moment_words(v, words);
        buf_fmt(&form, "&%s%s=%.*s", is_of_file(ask, registry, name) ? "kept-" : "", name,
                STR_ARG(address_value(v->arena, words)));
    }
    return buf_str(&form);
}

static Str address_of_question(Visitor *v, const Ask *ask)
{
    const Type *type = registry_find(v->house->app->registry, ask->type)->type;

    if (ask->kind == ASK_LIST) return str_fmt(v->arena, "%.*s?state=any", STR_ARG(address_list(v->arena, type)));
    if (ask->kind == ASK_HISTORY) return address_verb(v->arena, type, ask->number, "history");
    if (ask->kind != ASK_VERB) return address_record(v->arena, type, ask->number);
    return address_verb(v->arena, type, ask->number, str_to_c(v->arena, ask->verb));
}

Said browser_ask(Visitor *v, Id who, const Ask *ask)
{
    arena_reset(v->arena);
    v->cookie           = cookie_of(v->arena, who);
    const char *address = str_to_c(v->arena, address_of_question(v, ask));

    if (ask->kind == ASK_VERB)
        visitor_sends(v, address, str_to_c(v->arena, form_of(v, ask)));
    else
        visitor_opens(v, address);
    return (Said){ .status = v->status, .body = page_text(v->arena, v->page) };
}

static bool is_made_by_hand(Visitor *v, const Ask *ask)
{
    HttpRequest request = { .method = HTTP_GET, .path = address_of_question(v, ask) };
    Visit visit         = { .app = v->house->app, .arena = v->arena, .request = &request };

    return visit_route(&visit) && visit.route != &record_routes.at[0];
}

Str browser_reads_on(Visitor *v, const Ask *ask)
{
    Date today   = zone_date(v->house->app->zone, world_now(v->house->app->world));
    Str ways[]   = { str_fmt(v->arena, "?as-of=%.*s", STR_ARG(date_to_iso(v->arena, today))), STR("/history") };
    StrList text = { 0 };

    for (size_t i = 0; is_made_by_hand(v, ask) && i < countof(ways); i++) {
        visitor_opens(v, str_to_c(v->arena, str_fmt(v->arena, "%.*s%.*s", STR_ARG(address_of_question(v, ask)),
                                                    STR_ARG(ways[i]))));
        assert_answered(v, 200);
        *list_push(v->arena, &text) = page_text(v->arena, v->page);
    }
    return str_join(v->arena, &text, STR(" "));
}

Said browser_ask_form(Visitor *v, Id who, const Ask *ask)
{
    if (ask->kind != ASK_VERB) return (Said){ .status = NOT_ASKED };
    arena_reset(v->arena);
    v->cookie   = cookie_of(v->arena, who);
    Str address = address_of_question(v, ask);
    if (ask->number.len == 0) address = str_fmt(v->arena, "%.*s?verb=%.*s", STR_ARG(address), STR_ARG(ask->verb));
    visitor_opens(v, str_to_c(v->arena, address));
    return (Said){ .status = v->status, .body = page_text(v->arena, v->page) };
}

/* ---- commands ---- */

Console console_at(House *house)
{
    Console console = { .house      = house,
                        .arena      = arena_open((size_t)64 << 20),
                        .told_arena = arena_open((size_t)16 << 20),
                        .out        = memfd_create("out", MFD_CLOEXEC),
                        .err        = memfd_create("err", MFD_CLOEXEC) };
    Err err         = { 0 };

    assert_true(console.arena != NULL && console.told_arena != NULL);
    assert_true(console.out >= 0 && console.err >= 0);
    check_done(socket_start(house->app, house->t->folder, &console.socket, &err), &err);
    return console;
}

void console_leaves(Console *console)
{
    socket_stop(console->socket);
    close(console->out);
    close(console->err);
    arena_close(console->told_arena);
    arena_close(console->arena);
}

/* Puts `file` in the place of a standard stream; the descriptor that stood there. */
static int stream_replace(FILE *stream, int file)
{
    int before = dup(fileno(stream));

    (void)fflush(stream);
    assert_true(before >= 0 && ftruncate(file, 0) == 0 && lseek(file, 0, SEEK_SET) == 0);
    assert_true(dup2(file, fileno(stream)) >= 0);
    return before;
}

static Str stream_restore(Console *console, FILE *stream, int file, int before)
{
    (void)fflush(stream);
    assert_true(dup2(before, fileno(stream)) >= 0);
    close(before);
    off_t size = lseek(file, 0, SEEK_END);
    char *text = arena_alloc(console->arena, (size_t)size + 1, 1);
    assert_int_equal(pread(file, text, (size_t)size, 0), size);
    return (Str){ text, (size_t)size };
}

static int console_runs(Console *console, const StrList *words, Str *out, Str *err)
{
    Program program = { .catalogue = house_catalogue, .directory = &directory, .world = &console->house->t->world };
    char *argv[WORDS_MAX];

    assert_true(words->len < WORDS_MAX);
    for (size_t i = 0; i < words->len; i++)
        argv[i] = (char *)(uintptr_t)str_to_c(console->arena, words->at[i]);
    argv[words->len] = NULL;
    int before_out = stream_replace(stdout, console->out), before_err = stream_replace(stderr, console->err);
    int code = cli_run(&program, (int)words->len, argv);
    *out     = stream_restore(console, stdout, console->out, before_out);
    *err     = stream_restore(console, stderr, console->err, before_err);
    return code;
}

static StrList command_of(Console *console, Str as, const Ask *ask)
{
    static const char *const readings[ASK_KINDS] = { "list", "show", "steps", "history" };
    json_t *input                                = (json_t *)(uintptr_t)ask->input, *value;
    Arena *arena                                 = console->arena;
    StrList words                                = { 0 };
    const char *name;

    /* in front of the verb they are the program's own, also where the verb has fields of these names */
    *list_push(arena, &words) = STR("plumbline");
    *list_push(arena, &words) = str_fmt(arena, "--data=%.*s", STR_ARG(console->house->t->address));
    *list_push(arena, &words) = str_fmt(arena, "--as=%.*s", STR_ARG(as));
    *list_push(arena, &words) = ask->type;
    *list_push(arena, &words) = ask->kind == ASK_VERB ? ask->verb : str_from_c(readings[ask->kind]);
    if (ask->number.len > 0) *list_push(arena, &words) = ask->number;
    if (ask->revision > 0) *list_push(arena, &words) = str_fmt(arena, "--revision=%lld", (long long)ask->revision);
    json_object_foreach(input, name, value) * list_push(arena, &words) =
        str_fmt(arena, "--%s=%.*s", name, STR_ARG(value_words(arena, value)));
    return words;
}

bool console_wants_password(const Console *console, const Ask *ask)
{
    const Type *type = registry_find(console->house->app->registry, ask->type)->type;
    const Verb *verb = ask->kind == ASK_VERB ? type_verb(type, ask->verb) : NULL;

    for (size_t i = 0; verb != NULL && verb->input != NULL && i < verb->input->len; i++) {
        if (verb->input->fields[i].flags & PASSWORD) return true;
    }
    return false;
}

/* The same answer goes to many people: what a person reads of it is looked at once. */
static bool is_told_before(Console *console, Str body)
{
    Hash hash = hash_of(body);

    for (size_t i = 0; i < console->told.len; i++) {
        if (memcmp(console->told.at[i].bytes, hash.bytes, HASH_BYTES) == 0) return true;
    }
    *list_push(console->told_arena, &console->told) = hash;
    return false;
}

Said console_ask(Console *console, Str as, const Ask *ask)
{
    Said said = { .status = NOT_ASKED };
    Str out, err;

    arena_reset(console->arena);
    if (console_wants_password(console, ask)) return said;
    StrList words                      = command_of(console, as, ask);
    *list_push(console->arena, &words) = STR("--json");
    said.status                        = console_runs(console, &words, &out, &err);
    said.body                          = str_trim(out);
    if (said.status == 0 || is_told_before(console, said.body)) return said;
    words.len--;
    assert_int_equal(console_runs(console, &words, &out, &err), said.status);
    said.words = text_flat(console->arena, err);
    return said;
}
