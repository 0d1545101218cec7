/* SPDX-License-Identifier: Apache-2.0
 * The way in and out: signing in, choosing a new password, light or dark. A wrong name and a wrong password are one
 * answer, so that nobody learns which accounts exist. */
#include "org/account.h"
#include "org/organisation.h"
#include "pages/pages.h"
#include "record/row.h"
#include "record/verb.h"
#include "web/pages.h"

static const char cookie_name[] = "plumbline";

static void cookie_set(Visit *visit, Str secret)
{
    HttpCookie cookie = { .name      = cookie_name,
                          .value     = secret,
                          .max_age_s = secret.len > 0 ? 3600 * SESSION_HOURS : -1,
                          .same_site = HTTP_SAME_SITE_LAX };
    http_cookie_set(visit->request, visit->response, cookie);
}

/* ---- signing in ---- */

static bool organisation_name(Visit *visit, Str *name, Err *err)
{
    Organisation organisation;
    bool found;

    if (!visit_read(visit, err) || !organisation_load(visit->call, &organisation, &found, err)) return false;
    *name = found ? organisation.name : (Str){ 0 };
    return true;
}

static bool sign_in_page(Visit *visit, int status, const char *refused, Err *err)
{
    Html page       = visit_html(visit);
    SignInView view = { .login = visit_field(visit, "login"), .return_to = visit_return(visit, STR("/")) };

    if (refused != NULL) view.refused = visit_text(visit, refused);
    if (!organisation_name(visit, &view.organisation, err)) return false;
    page_sign_in(&page, &view);
    return visit_send(visit, status, &page, err);
}

static bool sign_in_show(Visit *visit, Err *err)
{
    if (visit->is_signed_in) {
        visit_go(visit, visit_return(visit, STR("/")));
        return true;
    }
    return sign_in_page(visit, 200, NULL, err);
}

static bool sign_in_do(Visit *visit, Err *err)
{
    SignInAttempt attempt = { .login    = str_lower(visit->arena, str_trim(visit_field(visit, "login"))),
                              .password = visit_field(visit, "password"),
                              .address  = visit->request->peer.address };
    SignIn result;
    Str secret;

    if (!session_sign_in(visit->app, visit->arena, &attempt, &result, &secret, err)) return false;
    switch (result) {
    case SIGN_IN_WRONG: return sign_in_page(visit, 422, N_("Name and password do not belong together."), err);
    case SIGN_IN_TOO_OFTEN:
        return sign_in_page(visit, 429, N_("Too many tries. Wait 15 minutes from the last one, then try again."), err);
    case SIGN_IN_DONE: break;
    }
    cookie_set(visit, secret);
    visit_go(visit, visit_return(visit, STR("/")));
    return true;
}

static bool sign_out_do(Visit *visit, Err *err)
{
    if (!session_end(visit->app, visit->arena, visit->secret, err)) return false;
    cookie_set(visit, STR(""));
    visit_go(visit, STR("/sign-in"));
    return true;
}

/* ---- a new password ---- */

static Form password_form(Visit *visit, const InvalidList *wrong)
{
    Form form           = { .action = STR("/password") };
    FormField fields[2] = { { .kind         = FORM_PASSWORD,
                              .name         = STR("current"),
                              .label        = visit_text(visit, N_("Password until now")),
                              .autocomplete = STR("current-password") },
                            { .kind         = FORM_NEW_PASSWORD,
                              .name         = STR("password"),
                              .label        = visit_text(visit, N_("New password")),
                              .help         = visit_text(visit, N_("Ten characters or more. A few words that only you "
                                                                           "would put together are best.")),
                              .autocomplete = STR("new-password") } };

    for (size_t i = 0; i < countof(fields); i++) {
        for (size_t k = 0; k < wrong->len; k++) {
            if (str_eq(wrong->at[k].field, fields[i].name)) fields[i].error = wrong->at[k].message;
        }
        *list_push(visit->arena, &form.fields) = fields[i];
    }
    *list_push(visit->arena, &form.verbs) =
        (Button){ .label = visit_text(visit, N_("Change password")), .kind = BUTTON_PRIMARY };
    return form;
}

static bool password_page(Visit *visit, int status, const InvalidList *wrong, Err *err)
{
    if (!visit_read(visit, err)) return false;
    Html page     = visit_html(visit);
    Shell shell   = visit_shell(visit, visit_text(visit, N_("Change password")), STR(""));
    PageHead head = { .title = visit_text(visit, N_("Change password")) };
    Form form     = password_form(visit, wrong);

    if (visit->session.must_change)
        head.sub = visit_text(visit, N_("Your password was set by somebody else. Choose one that only you know; then "
                                        "you go on to your work."));
    page_record_form(&page, &shell, &head, &(RefusalCards){ 0 }, &form);
    return visit_send(visit, status, &page, err);
}

static bool password_show(Visit *visit, Err *err)
{
    return password_page(visit, 200, &(InvalidList){ 0 }, err);
}

static bool account_number(Visit *visit, Str *number, Err *err)
{
    Account account;
    bool found;

    if (!visit_read(visit, err) ||
        !record_load(visit->call, &account_type, visit->session.account, &account, &found, err))
        return false;
    *number = account.head.number;
    return true;
}

/* Whoever chose a new password is signed out everywhere else. */
static bool password_do(Visit *visit, Err *err)
{
    Request request = { .type = &account_type, .verb = STR("change-password") };
    json_t *input   = json_own(visit->arena, json_object());
    Outcome outcome;
    Call *call;

    if (!account_number(visit, &request.number, err)) return false;
    visit_read_end(visit);
    json_object_set_new(input, "current", json_from_str(visit_field(visit, "current")));
    json_object_set_new(input, "password", json_from_str(visit_field(visit, "password")));
    request.input = input;
    if (!verb_run(&visit->caller, &request, &call, &outcome, err)) return false;
    call_end(call);
    if (outcome.kind == OUTCOME_INVALID) return password_page(visit, 422, &outcome.invalids, err);
    if (outcome.kind != OUTCOME_DONE)
        return visit_problem(visit, outcome_status(outcome.kind), STR(""), outcome_title(call, &outcome), err);
    if (!session_end_all(visit->app, visit->arena, visit->session.person, visit->secret, err)) return false;
    visit_go(visit, STR("/profile?done=password"));
    return true;
}

/* ---- light or dark ---- */

static bool theme_do(Visit *visit, Err *err)
{
    Str theme     = visit_field(visit, "theme");
    bool is_known = theme.len == 0 || str_eq_c(theme, "light") || str_eq_c(theme, "dark");

    if (is_known && !session_set_theme(visit->app, visit->arena, visit->secret, theme, err)) return false;
    visit_go(visit, visit_return(visit, STR("/")));
    return true;
}

/* clang-format off */
static const Route rows[] = {
    { HTTP_GET,  "/sign-in",  sign_in_show,  ROUTE_PUBLIC },
    { HTTP_POST, "/sign-in",  sign_in_do,    ROUTE_PUBLIC | ROUTE_SLOW },
    { HTTP_POST, "/sign-out", sign_out_do,   ROUTE_FIRST },
    { HTTP_GET,  "/password", password_show, ROUTE_FIRST },
    { HTTP_POST, "/password", password_do,   ROUTE_FIRST | ROUTE_SLOW },
    { HTTP_POST, "/theme",    theme_do,      ROUTE_FIRST },
};
/* clang-format on */
const Routes sign_in_routes = ROUTES_OF(rows);
