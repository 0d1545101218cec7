/* SPDX-License-Identifier: Apache-2.0
 * exchange/scenario_form.h: the form of a scenario file (docs/formats/scenario.md), version 2. */
#pragma once

#include "exchange/form.h"

extern const Form scenario_form;
