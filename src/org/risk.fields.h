/* A risk, light: the register itself may live elsewhere. */
FIELD(TEXT,   title,        .label = "Title", .needed = true, .flags = SHOW_AS_TITLE | SHOW_IN_LIST | SEARCHED)
FIELD(REF,    owner,        .label = "Owner", .to = "person", .flags = SHOW_IN_LIST)
FIELD(CHOICE, level_before, .label = "Level before treatment", .choices = &risk_levels, .flags = SHOW_IN_LIST)
FIELD(CHOICE, level_after,  .label = "Level after treatment", .choices = &risk_levels, .flags = SHOW_IN_LIST)
FIELD(LONG,   treatment,    .label = "Treatment")
FIELD(REF,    process,      .label = "Process", .to = "process")
FIELD(TEXT,   link,         .label = "Link to the register", .max_bytes = 500)
