/* Advice of an auditor, marked as such: who gave it does not verify it later (G-15; 4.17). */
FIELD(REF,  nonconformity, .label = "Nonconformity", .to = "nonconformity", .needed = true, .set_by = SET_ONCE)
FIELD(LONG, text,          .label = "Advice", .needed = true, .set_by = SET_ONCE, .flags = SEARCHED)
FIELD(REF,  by,            .label = "By", .to = "person", .set_by = SET_BY_VERB, .flags = SHOW_IN_LIST)
