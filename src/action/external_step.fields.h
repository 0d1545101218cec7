/* What was sent to the certification body, or said by it (R-17021-3). */
FIELD(REF,    nonconformity, .label = "Nonconformity", .to = "nonconformity", .set_by = SET_BY_VERB)
FIELD(CHOICE, step,          .label = "Step", .choices = &external_states, .set_by = SET_BY_VERB, .flags = SHOW_IN_LIST)
FIELD(TEXT,   letter,        .label = "Letter or reference", .set_by = SET_BY_VERB, .flags = SHOW_IN_LIST)
FIELD(DATE,   taken_on,      .label = "On", .set_by = SET_BY_VERB, .flags = SHOW_IN_LIST)
