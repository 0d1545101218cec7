/* One line of the custody log of an item of evidence (requirements 4.9): who was given its content, how, and when. */
FIELD(REF,    audit,    .label = "Audit", .to = "audit", .set_by = SET_ONCE)
FIELD(REF,    evidence, .label = "Evidence", .to = "evidence", .needed = true, .set_by = SET_ONCE, .flags = INDEXED)
FIELD(TIME,   at,       .label = "When", .needed = true, .set_by = SET_ONCE, .flags = SHOW_IN_LIST | INDEXED)
FIELD(REF,    person,   .label = "Given to", .to = "person", .needed = true, .set_by = SET_ONCE, .flags = SHOW_IN_LIST | INDEXED)
FIELD(CHOICE, use,      .label = "How", .choices = &custody_uses, .needed = true, .set_by = SET_ONCE, .flags = SHOW_IN_LIST)
FIELD(TEXT,   door,     .label = "Through", .max_bytes = 20, .set_by = SET_ONCE, .flags = SHOW_IN_LIST)
FIELD(TEXT,   sha256,   .label = "Hash of the file", .max_bytes = 64, .set_by = SET_ONCE)
