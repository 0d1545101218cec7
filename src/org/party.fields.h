/* An interested party and what it requires (4.2). */
FIELD(TEXT, name,        .label = "Name", .needed = true, .flags = SHOW_AS_TITLE | SHOW_IN_LIST | SEARCHED)
FIELD(LONG, requirement, .label = "Requirement", .needed = true, .flags = SEARCHED)
FIELD(BOOL, addressed,   .label = "Addressed by the ISMS", .clause = "4.2 c", .flags = SHOW_IN_LIST)
FIELD(BOOL, climate,     .label = "Climate-related", .clause = "4.2, Amendment 1")
FIELD(DATE, review_on,   .label = "Next review", .flags = SHOW_IN_LIST)
