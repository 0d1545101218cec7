/* SPDX-License-Identifier: Apache-2.0
 * The record as a whole: how many events, their fingerprint, and the last signed checkpoint to be kept elsewhere. */
#include "ledger/ledger_checkpoint.h"
#include "pages/pages.h"
#include "web/pages.h"
#include "web/worklist.h"

static void facts_fill(const Visit *visit, const LedgerHead *ledger, const StoredCheckpoint *stored, Facts *facts)
{
    int64_t since = ledger->size - stored->size;
    Str root      = hash_to_hex(visit->arena, &ledger->root);
    Cell state    = visit->app->read_only
                        ? (Cell){ .kind = CELL_LATE, .text = visit_text(visit, N_("did not verify; nothing is written")) }
                        : (Cell){ .kind = CELL_OKAY, .text = visit_text(visit, N_("open for changes")) };

    *list_push(visit->arena, facts) = (Fact){ visit_text(visit, N_("The record is")), state };
    *list_push(visit->arena, facts) =
        (Fact){ visit_text(visit, N_("Events")), { .kind = CELL_NUMBER, .number = ledger->size } };
    *list_push(visit->arena, facts) =
        (Fact){ visit_text(visit, N_("In the last checkpoint")), { .kind = CELL_NUMBER, .number = stored->size } };
    *list_push(visit->arena, facts) =
        (Fact){ visit_text(visit, N_("Since then")), { .kind = CELL_NUMBER, .number = since } };
    *list_push(visit->arena, facts) =
        (Fact){ visit_text(visit, N_("Fingerprint now")), { .kind = CELL_CODE, .text = str_slice(root, 0, 16) } };
}

static bool ledger_show(Visit *visit, Err *err)
{
    StoredCheckpoint stored = { 0 };
    LedgerView view         = { 0 };
    LedgerHead ledger;

    if (!visit_read(visit, err) || !ledger_head(visit->call->db, visit->arena, &ledger, err) ||
        !ledger_checkpoint_last(visit->call->db, visit->arena, INT64_MAX, &stored, err))
        return false;
    facts_fill(visit, &ledger, &stored, &view.facts);
    view.checkpoint = stored.note;
    view.href       = STR("/record/checkpoint");
    view.note       = visit_text(visit, stored.size > 0 ? N_("keep it outside of this server")
                                                        : N_("there is none yet; one is made within the hour"));
    Html page       = visit_html(visit);
    PageHead head   = { .title = visit_text(visit, N_("Record and proof")),
                        .sub   = visit_text(visit, N_("Every change is an event that cannot be taken back. Open the "
                                                          "history of a record to see its own.")) };
    Shell shell     = visit_shell(visit, head.title, STR("/record"));
    page_ledger(&page, &shell, &head, &view);
    return visit_send(visit, 200, &page, err);
}

/* The checkpoint as it was signed, byte for byte, for whoever keeps it. */
static bool checkpoint_show(Visit *visit, Err *err)
{
    StoredCheckpoint stored = { 0 };

    if (!visit_read(visit, err) || !ledger_checkpoint_last(visit->call->db, visit->arena, INT64_MAX, &stored, err))
        return false;
    if (stored.size == 0) return visit_not_found(visit, err);
    http_respond(visit->response, 200, STR("text/plain; charset=utf-8"), stored.note);
    http_attach(visit->response, str_fmt(visit->arena, "checkpoint-%lld.txt", (long long)stored.size));
    return true;
}

/* clang-format off */
static const Route rows[] = {
    { HTTP_GET, "/record",            ledger_show,     0 },
    { HTTP_GET, "/record/checkpoint", checkpoint_show, 0 },
};
/* clang-format on */
const Routes record_proof_routes = ROUTES_OF(rows);
