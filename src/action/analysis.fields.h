/* An analysis of causes (10.2 b 2; requirements 4.12): one per cycle and try. */
FIELD(REF,    nonconformity,   .label = "Nonconformity", .to = "nonconformity", .needed = true, .set_by = SET_ONCE)
FIELD(INT,    cycle,           .label = "Cycle", .set_by = SET_BY_VERB)
FIELD(CHOICE, method,          .label = "Method", .choices = &cause_methods, .needed = true, .flags = SHOW_IN_LIST)
FIELD(REFS,   team,            .label = "Who took part", .to = "person")
FIELD(LONG,   problem,         .label = "The problem in one sentence", .needed = true, .flags = SEARCHED)
FIELD(LONG,   detection_gap,   .label = "Why it was not found earlier")
FIELD(LONG,   depth_reason,    .label = "Why fewer than three levels")
