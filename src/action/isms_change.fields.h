/* What the ISMS changed because of the case (10.2 e; R-102-9): "no change" is an answer. */
FIELD(REF,    nonconformity, .label = "Nonconformity", .to = "nonconformity", .needed = true, .set_by = SET_ONCE)
FIELD(CHOICE, what,          .label = "Part of the ISMS", .choices = &isms_parts, .needed = true, .set_by = SET_ONCE, .flags = SHOW_IN_LIST)
FIELD(LONG,   before,        .label = "Before", .needed = true)
FIELD(LONG,   after,         .label = "After", .help = "\"no change\" is an answer.", .needed = true)
FIELD(REF,    by,            .label = "By", .to = "person", .set_by = SET_BY_VERB)
