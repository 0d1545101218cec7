/* An objective of the programme, with its measure (ISO 19011 5.2). */
FIELD(REF,  programme, .label = "Programme", .to = "programme", .needed = true, .set_by = SET_ONCE)
FIELD(TEXT, text,      .label = "Objective", .needed = true, .max_bytes = 600, .flags = SHOW_AS_TITLE | SHOW_IN_LIST)
FIELD(TEXT, measure,   .label = "Measure", .max_bytes = 600, .flags = SHOW_IN_LIST)
