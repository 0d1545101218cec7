/* A correction (10.2 a 1; requirements 4.12): puts the situation right, does not touch the cause. */
FIELD(REF,    nonconformity, .label = "Nonconformity", .to = "nonconformity", .needed = true, .set_by = SET_ONCE)
FIELD(CHOICE, kind,          .label = "Kind", .choices = &correction_kinds, .needed = true, .set_by = SET_ONCE, .flags = SHOW_IN_LIST)
FIELD(LONG,   text,          .label = "What was done", .needed = true, .set_by = SET_ONCE, .flags = SEARCHED)
FIELD(DATE,   done_on,       .label = "Done on", .set_by = SET_ONCE, .flags = SHOW_IN_LIST)
FIELD(LONG,   planned,       .label = "What is still planned, with dates", .set_by = SET_ONCE)
FIELD(REF,    by,            .label = "By", .to = "person", .set_by = SET_ONCE, .flags = SHOW_IN_LIST)
