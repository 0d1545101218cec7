/* A version of the Statement of Applicability. */
FIELD(DATE, dated,       .label = "Date", .needed = true, .flags = SHOW_IN_LIST)
FIELD(LONG, note,        .label = "What changed")
FIELD(REF,  approved_by, .label = "Approved by", .to = "person", .set_by = SET_BY_VERB, .flags = SHOW_IN_LIST)
FIELD(DATE, approved_on, .label = "Approved on", .set_by = SET_BY_VERB)
