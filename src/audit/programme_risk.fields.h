/* A risk or an opportunity of the programme itself (ISO 19011 5.3). */
FIELD(REF,    programme, .label = "Programme", .to = "programme", .needed = true, .set_by = SET_ONCE)
FIELD(TEXT,   text,      .label = "What may happen", .needed = true, .max_bytes = 600, .flags = SHOW_AS_TITLE | SHOW_IN_LIST)
FIELD(CHOICE, kind,      .label = "Kind", .choices = &programme_risk_kinds, .needed = true, .flags = SHOW_IN_LIST)
FIELD(CHOICE, rating,    .label = "Rating", .choices = &four_levels, .flags = SHOW_IN_LIST)
FIELD(TEXT,   treatment, .label = "What is done about it", .max_bytes = 600, .flags = SHOW_IN_LIST)
FIELD(REF,    owner,     .label = "Owner", .to = "person", .flags = SHOW_IN_LIST)
