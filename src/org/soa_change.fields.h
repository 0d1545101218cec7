/* What a version of the Statement of Applicability changed, control by control. */
FIELD(REF,    soa_version, .label = "Version", .to = "soa_version", .needed = true, .set_by = SET_ONCE, .flags = SHOW_IN_LIST)
FIELD(REF,    control,     .label = "Control", .to = "control", .needed = true, .set_by = SET_ONCE, .flags = SHOW_IN_LIST)
FIELD(TEXT,   before,      .label = "Before", .flags = SHOW_IN_LIST)
FIELD(TEXT,   after,       .label = "After", .flags = SHOW_IN_LIST)
FIELD(LONG,   reason,      .label = "Reason", .needed = true)
