/* An internal or external issue of the context (4.1). */
FIELD(CHOICE, kind,       .label = "Kind", .choices = &issue_kinds, .needed = true, .flags = SHOW_IN_LIST)
FIELD(TEXT,   title,      .label = "Issue", .needed = true, .flags = SHOW_AS_TITLE | SHOW_IN_LIST | SEARCHED)
FIELD(LONG,   text,       .label = "Reasons", .flags = SEARCHED)
FIELD(BOOL,   climate,    .label = "Climate change decided here", .clause = "4.1, Amendment 1")
FIELD(REF,    decided_by, .label = "Decided by", .to = "person")
FIELD(DATE,   review_on,  .label = "Next review", .flags = SHOW_IN_LIST)
