/* SPDX-License-Identifier: Apache-2.0
 * From request to page: asset or route, who is there, may this request change anything, then the page's own handler.
 * Whatever fails on the way becomes a page that says so. */
#include "web/site.h"

#include "base/hash.h"
#include "web/answer_page.h"
#include "web/assets.h"
#include "web/pieces.h"
#include "web/upload.h"
#include "web/visit.h"

enum { GUEST_BYTES_MAX = 512 << 20 }; /* of one form that somebody without an account sends */

static const char cookie_name[] = "plumbline";

/* ---- style, scripts, fonts ---- */

static bool asset_answer(const HttpRequest *request, HttpResponse *response)
{
    const Asset *asset = asset_find(request->path);

    if (asset == NULL || (request->method != HTTP_GET && request->method != HTTP_HEAD)) return false;
    http_respond(response, 200, asset->mime, asset->bytes);
    response->cache =
        asset_is_fixed(asset, request->path) ? STR("public, max-age=31536000, immutable") : STR("public, max-age=300");
    response->etag         = asset->etag.len > 2 ? str_slice(asset->etag, 1, asset->etag.len - 2) : (Str){ 0 };
    response->may_compress = asset->gzip.len > 0;
    return true;
}

/* ---- who is there ---- */

static bool visit_recognise(Visit *visit, Err *err)
{
    bool found;

    visit->secret = http_cookie(visit->request, cookie_name);
    if (visit->secret.len > 0) {
        if (!session_find(visit->app, visit->arena, visit->secret, &visit->session, &found, err)) return false;
        visit->is_signed_in = found;
    }
    visit->caller = (Caller){ .app = visit->app, .arena = visit->arena, .who = visit->session.person, .door = "web" };
    return true;
}

static bool changes_something(const Visit *visit)
{
    return visit->request->method != HTTP_GET && visit->request->method != HTTP_HEAD;
}

/* From a page of ours, and with the token that only our pages of this session hold. Before there is a session the
 * origin alone must do: there is nothing yet that a forged request could use. */
static bool is_from_our_page(const Visit *visit)
{
    if (!http_same_origin(visit->request)) return false;
    return !visit->is_signed_in || secret_equal(visit_field(visit, "form_token"), visit->session.csrf);
}

static bool answer_stranger(Visit *visit, Err *err)
{
    if (changes_something(visit)) {
        return visit_problem(visit, 403, visit_text(visit, N_("You are signed out")),
                             visit_text(visit, N_("Nothing was recorded. Sign in in another window, then go back: your "
                                                  "text is still there, and send it again.")),
                             err);
    }
    Str here = address_value(visit->arena, visit_here(visit));
    visit_go(visit, str_eq_c(visit->request->path, "/") ? STR("/sign-in")
                                                        : str_fmt(visit->arena, "/sign-in?return=%.*s", STR_ARG(here)));
    return true;
}

static bool answer_forged(Visit *visit, Err *err)
{
    return visit_problem(visit, 403, visit_text(visit, N_("This form did not come from here")),
                         visit_text(visit, N_("Nothing was recorded. It was made before you signed in, or by another "
                                              "site. Open the page again and send it from there.")),
                         err);
}

static bool answer_unknown(Visit *visit, Err *err)
{
    if (!visit->is_signed_in) return answer_stranger(visit, err);
    if (!visit->is_method_wrong) return visit_not_found(visit, err);
    return visit_problem(visit, 405, visit_text(visit, N_("This address is for sending a form")),
                         visit_text(visit, N_("Nothing was recorded. Open the record and use its buttons.")), err);
}

static bool visit_answer(Visit *visit, Err *err)
{
    bool is_known = visit_route(visit);

    if (!visit_recognise(visit, err)) return false;
    if (!is_known) return answer_unknown(visit, err);
    if (!visit->is_signed_in && !(visit->route->flags & ROUTE_PUBLIC)) return answer_stranger(visit, err);
    if (changes_something(visit) && !is_from_our_page(visit)) return answer_forged(visit, err);
    if (visit->session.must_change && !(visit->route->flags & ROUTE_FIRST)) {
        visit_go(visit, STR("/password"));
        return true;
    }
    return visit->route->handle(visit, err);
}

/* ---- the door ---- */

static Visit visit_open(Web *web, HttpRequest *request, HttpResponse *response)
{
    return (Visit){ .web = web, .app = web->app, .arena = request->arena, .request = request, .response = response };
}

bool web_handle(Web *web, HttpRequest *request, HttpResponse *response)
{
    Visit visit = visit_open(web, request, response);
    Err err     = { 0 };

    if (asset_answer(request, response)) return true;
    if (!visit_answer(&visit, &err)) visit_failed(&visit, &err);
    if (web->statements != NULL) *web->statements = visit.call != NULL ? db_statements(visit.call->db) : 0;
    visit_read_end(&visit);
    return true;
}

/* Routes that say so, and verbs that do slow work on their input. */
bool web_is_slow(Web *web, const HttpRequest *request)
{
    HttpRequest asked = *request;
    Visit visit       = visit_open(web, &asked, NULL);

    if (request->method != HTTP_POST || !visit_route(&visit)) return false;
    const Verb *verb = visit.plan != NULL ? type_verb(visit.plan->type, visit.word) : NULL;
    return (visit.route->flags & ROUTE_SLOW) || (verb != NULL && verb->prepare != NULL);
}

/* When not welcome, the visit is answered. */
static bool intake_is_welcome(Visit *visit, bool *welcome, Err *err)
{
    bool is_known = visit->is_signed_in;

    if ((visit->route->flags & ROUTE_LINK) && !answer_link_works(visit, &is_known, err)) return false;
    *welcome = is_known && http_same_origin(visit->request);
    if (*welcome || visit->response->status != 0) return true;
    return is_known ? answer_forged(visit, err) : answer_stranger(visit, err);
}

/* Files are taken only from somebody who is signed in or holds a link, on a page of ours, for an address that takes
 * them. What the token says is known when the whole form is here. */
HttpIntake web_intake(Web *web, HttpRequest *request, HttpUpload *upload, HttpResponse *response)
{
    Visit visit = visit_open(web, request, response);
    Err err     = { 0 };

    if (!str_starts(http_header(request, "Content-Type"), STR("multipart/"))) return HTTP_INTAKE_HOLD;
    if (!visit_route(&visit) || !(visit.route->flags & ROUTE_UPLOAD)) return HTTP_INTAKE_HOLD;
    if (!visit_recognise(&visit, &err)) {
        visit_failed(&visit, &err);
        return HTTP_INTAKE_REFUSE;
    }
    bool welcome = false;
    if (!intake_is_welcome(&visit, &welcome, &err)) visit_failed(&visit, &err);
    visit_read_end(&visit);
    if (!welcome) return HTTP_INTAKE_REFUSE;
    *upload = visit.route->flags & ROUTE_PIECES ? pieces_open(&visit) : upload_open(web->app, request->arena);
    if (!visit.is_signed_in) upload->max_bytes = GUEST_BYTES_MAX;
    return HTTP_INTAKE_STREAM;
}

/* The server's own answers, when the request never reached a page: no session is known, no snapshot read. */
void web_dress(Web *web, const HttpRequest *request, HttpResponse *response)
{
    HttpRequest asked = *request;
    Visit visit       = visit_open(web, &asked, response);
    Str sentence      = response->body;
    Err ignored       = { 0 };
    int status        = response->status;

    if (!visit_problem(&visit, status, STR(""), sentence, &ignored)) visit_failed(&visit, &ignored);
}
