/* Whether an earlier case had the same cause (S-5): decided by a person, never by the search. */
FIELD(REF,    nonconformity, .label = "Nonconformity", .to = "nonconformity", .needed = true, .set_by = SET_ONCE, .flags = SHOW_IN_LIST)
FIELD(REF,    earlier,       .label = "Earlier case", .to = "nonconformity", .needed = true, .set_by = SET_ONCE, .flags = SHOW_IN_LIST)
FIELD(CHOICE, decision,      .label = "Decision", .choices = &recurrence_decisions, .needed = true, .set_by = SET_ONCE, .flags = SHOW_IN_LIST | INDEXED)
FIELD(LONG,   reason,        .label = "Reason", .needed = true, .set_by = SET_ONCE)
FIELD(REF,    decided_by,    .label = "Decided by", .to = "person", .set_by = SET_BY_VERB)
FIELD(DATE,   decided_on,    .label = "Decided on", .set_by = SET_BY_VERB)
