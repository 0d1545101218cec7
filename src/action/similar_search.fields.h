/* Where similar cases were looked for (10.2 b 3; requirements 4.12). */
FIELD(REF,    nonconformity, .label = "Nonconformity", .to = "nonconformity", .needed = true, .set_by = SET_ONCE)
FIELD(INT,    cycle,         .label = "Cycle", .set_by = SET_BY_VERB)
FIELD(CHOICE, dimension,     .label = "Where", .choices = &similar_dimensions, .needed = true, .set_by = SET_ONCE, .flags = SHOW_IN_LIST)
FIELD(LONG,   searched,      .label = "What was searched", .needed = true, .set_by = SET_ONCE)
FIELD(INT,    found,         .label = "Found", .needed = true, .set_by = SET_ONCE, .flags = SHOW_IN_LIST)
FIELD(REF,    by,            .label = "By", .to = "person", .set_by = SET_ONCE)
