/* SPDX-License-Identifier: Apache-2.0
 * org/role.h: the roles of requirements 4.17 that a person holds as such. Who leads an audit, owns a process or verifies an
 * action is a relation to that record and stands there. */
#pragma once

#define RECORD_TYPE   Role
#define RECORD_FIELDS "org/role.fields.h"
#include "record/declare.h"

#include "record/call.h"

enum {
    ROLE_TOP_MANAGEMENT = 1,
    ROLE_PROGRAMME_MANAGER,
    ROLE_ISMS_MANAGER,
    ROLE_COORDINATOR,
    ROLE_ADMINISTRATOR,
    ROLE_RISK_OWNER,
    ROLE_EXTERNAL_AUDITOR
};

extern const Type role_type;
extern const ChoiceList roles;
