/* Who works in an audit, in which part, and which references he takes (ISO 19011 5.5.4; requirements 4.6). */
FIELD(REF,    audit,      .label = "Audit", .to = "audit", .needed = true, .set_by = SET_ONCE)
FIELD(REF,    person,     .label = "Person", .to = "person", .needed = true, .set_by = SET_ONCE, .flags = SHOW_IN_LIST)
FIELD(CHOICE, part,       .label = "Part", .choices = &team_parts, .needed = true, .flags = SHOW_IN_LIST)
FIELD(REF,    supervisor, .label = "Under", .clause = "G-16", .to = "person", .help = "The auditor who guides somebody in training.")
FIELD(REFS,   refs,       .label = "Takes", .clause = "G-01", .to = "requirement", .help = "Clauses and controls of the scope.")
FIELD(INT,    days,       .label = "Days", .max = 1000)
FIELD(LONG,   facts,      .label = "Facts found", .help = "What the search for conflicts found when this was saved.", .set_by = SET_BY_VERB)
