/* What shows that a person is competent (7.2 d). */
FIELD(REF,    qualification, .label = "Qualification", .to = "qualification", .needed = true, .set_by = SET_ONCE)
FIELD(CHOICE, kind,          .label = "Kind", .choices = &competence_kinds, .needed = true, .flags = SHOW_IN_LIST)
FIELD(TEXT,   title,         .label = "Title", .needed = true, .flags = SHOW_AS_TITLE | SHOW_IN_LIST)
FIELD(DATE,   dated,         .label = "Day", .needed = true, .flags = SHOW_IN_LIST)
FIELD(DATE,   filed_on,      .label = "Put on file")
FIELD(DATE,   valid_to,      .label = "Valid to", .flags = SHOW_IN_LIST)
FIELD(FILE,   file,          .label = "File")
