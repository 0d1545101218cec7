/* SPDX-License-Identifier: Apache-2.0
 * Accounts. The password itself is hashed before the write turn and never leaves the engine: it is in no answer,
 * history or after-image. */
#include "org/account.h"

#include "org/password.h"
#include "record/change.h"
#include "record/input.h"
#include "record/row.h"

#define RECORD_TYPE   Account
#define RECORD_FIELDS "org/account.fields.h"
#include "record/define.h"

static const Choice account_state_rows[] = { { "active", N_("Active") }, { "locked", N_("Locked") } };
static const ChoiceList account_states   = CHOICES_OF("account_state", account_state_rows);

/* clang-format off */
#define PASSWORD_INPUT(F, T) \
    F(T, TEXT, password, .label = "New password", .needed = true, .flags = PASSWORD)
INPUT(PasswordInput, PASSWORD_INPUT, "account.set-password")
#define CHANGE_INPUT(F, T) \
    F(T, TEXT, current,  .label = "Password until now", .needed = true, .flags = PASSWORD) \
    F(T, TEXT, password, .label = "New password", .needed = true, .flags = PASSWORD)
INPUT(ChangeInput, CHANGE_INPUT, "account.change-password")
/* clang-format on */

/* What a prepared password looks like when it was refused: no hash begins so. */
#define WEAK_MARK "weak:"

/* Replaces "password" by its hash, or by what is wrong with it. */
static bool prepare_password(const Caller *caller, Str number, json_t *input, void **found, Err *err)
{
    Str password         = json_text(input, "password"), hash;
    const char *weakness = password_weakness(password);

    (void)number, (void)found;
    if (password.len == 0) return true;
    if (weakness != NULL) {
        hash = str_fmt(caller->arena, WEAK_MARK "%s", weakness);
    } else if (!password_hash(caller->arena, password, &hash, err)) {
        return false;
    }
    json_object_set_new(input, "password", json_from_str(hash));
    return true;
}

/* Also replaces "current" by "right" or "wrong": comparing is as slow as hashing. */
static bool prepare_change(const Caller *caller, Str number, json_t *input, void **found, Err *err)
{
    AccountList accounts = { 0 };
    Call *call;

    if (!call_open(caller, CALL_READ, &call, err)) return false;
    bool read = record_list(call, &account_type, &accounts, STR("person = $1 AND state = 1 ORDER BY id LIMIT 1"),
                            BINDS(BIND_ID(caller->who)), err);
    call_end(call);
    if (!read) return false;
    Str hash  = accounts.len == 1 ? accounts.at[0].password : (Str){ 0 };
    bool fits = password_fits(caller->arena, hash, json_text(input, "current"));
    json_object_set_new(input, "current", json_string(fits ? "right" : "wrong"));
    return prepare_password(caller, number, input, found, err);
}

static bool take_password(Call *call, Account *account, Str password)
{
    Str mark = STR(WEAK_MARK);

    if (str_starts(password, mark)) {
        invalid(call, STR("password"), str_slice(password, mark.len, password.len));
        return true;
    }
    account->password   = password;
    account->changed_on = call->today;
    return true;
}

/* set-password: by the administrator, so the person must choose an own one at the next sign-in. */
static bool account_set_password(Call *call, void *record, Changes *changes, Err *err)
{
    Account *account           = record;
    const PasswordInput *input = call->input;

    (void)changes, (void)err;
    account->must_change = id_eq(account->person, call->who) ? NO : YES;
    return take_password(call, account, input->password);
}

static bool account_change_password(Call *call, void *record, Changes *changes, Err *err)
{
    Account *account         = record;
    const ChangeInput *input = call->input;

    (void)changes, (void)err;
    if (!str_eq_c(input->current, "right")) {
        invalid(call, STR("current"), call_text(call, "This is not your password until now."));
        return true;
    }
    account->must_change = NO;
    return take_password(call, account, input->password);
}

static bool login_is_plain(Str login)
{
    for (size_t i = 0; i < login.len; i++) {
        char byte  = login.ptr[i];
        bool plain = (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '.' || byte == '-' ||
                     byte == '_' || byte == '@';
        if (!plain) return false;
    }
    return login.len >= 2 && login.len <= 60;
}

/* account-1: the name to sign in with is plain, so that it is typed alike on every keyboard. */
static bool guard_login_is_plain(Call *call, const void *record, Err *err)
{
    (void)err;
    if (call->input != NULL && !login_is_plain(((const RecordHead *)record)->number))
        invalid(call, STR("number"), call_text(call, "Choose a name of 2 to 60 characters: a to z, 0 to 9, . - _ @."));
    return true;
}

static bool account_holder(Call *call, const void *record, IdList *people, Err *err)
{
    (void)err;
    id_list_add(call->arena, people, ((const Account *)record)->person);
    return true;
}

/* clang-format off */
static const Verb account_verbs[] = {
    { .name = "set-password", .label = N_("Set password"), .help = N_("The person must choose an own one at the next sign-in."),
      .input = &PasswordInput_shape, .body = account_set_password, .prepare = prepare_password },
    { .name = "change-password", .label = N_("Change password"), .input = &ChangeInput_shape, .body = account_change_password, .prepare = prepare_change },
    { .name = "lock", .label = N_("Lock"), .help = N_("The person cannot sign in; open sessions end and tokens are refused."), .flags = VERB_DANGER },
    { .name = "unlock", .label = N_("Unlock") },
};
static const Step account_steps[] = {
    { STATE_NEW,      "create",          ACCOUNT_ACTIVE, "administrator", { guard_login_is_plain } },
    { ACCOUNT_ACTIVE, "set-password",    STATE_SAME,     "administrator", { NULL } },
    { ACCOUNT_ACTIVE, "change-password", STATE_SAME,     "holder",        { NULL } },
    { ACCOUNT_ACTIVE, "lock",            ACCOUNT_LOCKED, "administrator", { NULL } },
    { ACCOUNT_LOCKED, "unlock",          ACCOUNT_ACTIVE, "administrator", { NULL } },
};
static const Relation account_relations[] = { { "holder", "the person whose account it is", account_holder } };
static const See account_see[] = { { "administrator", NULL }, { "everyone", "person = :viewer" } };

const Type account_type = {
    .name = "account", .plural = "accounts", .label = "Account", .label_plural = "Accounts",
    .about = "How a person signs in.",
    .parent = "person", .states = &account_states,
    TYPE_FIELDS(Account), TYPE_VERBS(account_verbs), TYPE_STEPS(account_steps), TYPE_RELATIONS(account_relations), TYPE_SEE(account_see),
};
/* clang-format on */

bool account_find(Call *call, Str login, Account *out, bool *found, Err *err)
{
    AccountList list = { 0 };

    if (!record_list(call, &account_type, &list, STR("number = $1 AND state = 1 ORDER BY id LIMIT 1"),
                     BINDS(BIND_TEXT(login)), err))
        return false;
    *found = list.len == 1;
    *out   = *found ? list.at[0] : (Account){ 0 };
    return true;
}
