/* SPDX-License-Identifier: Apache-2.0
 * Erasure. The event goes first, so that a slot can point to it. */
#include "ledger/erasure.h"

#include "base/json.h"
#include "ledger/canonical.h"

const Str erasure_kind = STR_INIT("privacy.erased");

static Str erasure_payload(Arena *arena, const Erasure *erasure)
{
    Buf out = buf_open(arena, LEDGER_PAYLOAD_MAX);
    buf_add(&out, STR("{\"after\":null,\"erased\":["));
    for (size_t i = 0; i < erasure->slots_len; i++)
        buf_fmt(&out, "%s{\"event\":%lld,\"slot\":%lld}", i > 0 ? "," : "", (long long)erasure->slots[i].number,
                (long long)erasure->slots[i].slot);
    buf_add(&out, STR("],\"why\":"));
    json_add_string(&out, erasure->why);
    buf_add_byte(&out, '}');
    return buf_str(&out);
}

static bool slot_erase(Db *db, ErasedSlot slot, int64_t by, Err *err)
{
    int64_t changed = 0;
    Query *q        = query_open(db, STR("UPDATE ledger_payload"
                                                "   SET salt = NULL, data = NULL, erased_by = $1"
                                                " WHERE number = $2 AND slot = $3 AND data IS NOT NULL"));
    query_bind_int(q, 1, by);
    query_bind_int(q, 2, slot.number);
    query_bind_int(q, 3, slot.slot);
    if (!query_run(q, &changed, err)) return false;
    if (changed == 1) return true;
    return err_set(err, ERR_MISSING, 0, .what = STR("payload to erase is not there"),
                   .detail = STR("It never was, or it is erased already."));
}

bool ledger_erase(Ledger *ledger, const Erasure *erasure, int64_t *number, Err *err)
{
    if (erasure->slots_len > ERASURE_MAX)
        return err_set(err, ERR_LIMIT, 0, .what = STR("cannot erase more than 500 payloads at once"));
    const LedgerEvent event = {
        .actor   = erasure->actor,
        .kind    = erasure_kind,
        .entity  = STR("system/privacy"),
        .payload = erasure_payload(ledger_arena(ledger), erasure),
    };
    if (!ledger_append(ledger, &event, number, err)) return false;
    for (size_t i = 0; i < erasure->slots_len; i++)
        if (!slot_erase(ledger_db(ledger), erasure->slots[i], *number, err)) return false;
    return true;
}

bool erasure_names(Str payload, ErasedSlot slot)
{
    Str list  = canonical_member(payload, STR("erased")), element;
    size_t at = 0;
    while (canonical_next(list, &at, &element)) {
        int64_t number, index;
        if (str_to_i64(canonical_member(element, STR("event")), 0, INT64_MAX, &number) &&
            str_to_i64(canonical_member(element, STR("slot")), 0, INT64_MAX, &index) && number == slot.number &&
            index == slot.slot)
            return true;
    }
    return false;
}
