/* A cause that the actions are against (10.2 b 2; requirements 4.12). */
FIELD(REF,    nonconformity, .label = "Nonconformity", .to = "nonconformity", .needed = true, .set_by = SET_ONCE)
FIELD(INT,    cycle,         .label = "Cycle", .set_by = SET_BY_VERB)
FIELD(TEXT,   text,          .label = "Root cause", .needed = true, .max_bytes = 1000, .flags = SHOW_AS_TITLE | SHOW_IN_LIST | SEARCHED)
FIELD(CHOICE, category,      .label = "Category", .clause = "K-12", .choices = &cause_categories, .needed = true, .flags = SHOW_IN_LIST | INDEXED)
FIELD(CHOICE, level,         .label = "Level", .choices = &cause_levels, .needed = true, .flags = SHOW_IN_LIST)
FIELD(BOOL,   confirmed,     .label = "Confirmed by evidence", .clause = "R-102-5")
FIELD(LONG,   evidence_text, .label = "What shows it")
