/* SPDX-License-Identifier: Apache-2.0
 * The rooms, in the order of docs/architecture.md: a type may refer to types of every room. */
#include "catalogue.h"

#include "action/types.h"
#include "audit/candidates.h"
#include "audit/programme_plan.h"
#include "audit/types.h"
#include "exchange/audit_report.h"
#include "org/session.h"
#include "org/types.h"
#include "review/types.h"
#include "review/work.h"

typedef struct {
    const Type *const *types;
    const size_t *len;
} Room;

static const Room rooms[] = {
    { org_types, &org_types_len },
    { audit_types, &audit_types_len },
    { action_types, &action_types_len },
    { review_types, &review_types_len },
};

/* What is worked out about one record. */
static const Inquiry *const inquiries[] = { &candidates_inquiry, &programme_plan_inquiry };

static const Service services[] = { { AUDITWORK_SERVICE, &audit_auditwork }, { CASEWORK_SERVICE, &action_casework } };

const Catalogue *catalogue_open(Arena *arena)
{
    Catalogue *catalogue = arena_new(arena, Catalogue);
    size_t len           = 0;

    for (size_t i = 0; i < countof(rooms); i++)
        len += *rooms[i].len;
    const Type **types = arena_array(arena, const Type *, len);
    *catalogue         = (Catalogue){ .types         = types,
                                      .follows       = action_follows,
                                      .follows_len   = action_follows_len,
                                      .afters        = exchange_afters,
                                      .afters_len    = exchange_afters_len,
                                      .tables        = session_tables,
                                      .tables_len    = session_tables_len,
                                      .services      = services,
                                      .services_len  = countof(services),
                                      .inquiries     = inquiries,
                                      .inquiries_len = countof(inquiries),
                                      .works         = review_works,
                                      .works_len     = review_works_len };
    for (size_t i = 0; i < countof(rooms); i++) {
        for (size_t k = 0; k < *rooms[i].len; k++)
            types[catalogue->types_len++] = rooms[i].types[k];
    }
    return catalogue;
}
