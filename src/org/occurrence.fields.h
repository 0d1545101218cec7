/* Something that happened outside: an incident, complaint, indicator or change (requirements 4.1). */
FIELD(CHOICE, kind,        .label = "Kind", .choices = &occurrence_kinds, .needed = true, .flags = SHOW_IN_LIST)
FIELD(DATE,   happened_on, .label = "Day", .needed = true, .flags = SHOW_IN_LIST)
FIELD(TEXT,   summary,     .label = "Summary", .needed = true, .max_bytes = 600, .flags = SHOW_AS_TITLE | SHOW_IN_LIST | SEARCHED)
FIELD(REF,    process,     .label = "Process", .to = "process", .flags = SHOW_IN_LIST)
FIELD(TEXT,   link,        .label = "Link", .max_bytes = 500)
