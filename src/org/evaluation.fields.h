/* An evaluation of an auditor (ISO 19011 7.4 to 7.6). */
FIELD(REF,     qualification, .label = "Qualification", .to = "qualification", .needed = true, .set_by = SET_ONCE, .flags = SHOW_IN_LIST)
FIELD(REF,     audit,         .label = "After audit", .to = "audit", .flags = SHOW_IN_LIST)
FIELD(DATE,    dated,         .label = "Day", .needed = true, .flags = SHOW_IN_LIST)
FIELD(CHOICES, methods,       .label = "Methods", .choices = &evaluation_methods, .needed = true, .help = "At least two are a good basis.")
FIELD(CHOICE,  result,        .label = "Result", .choices = &evaluation_results, .needed = true, .flags = SHOW_IN_LIST)
FIELD(LONG,    note,          .label = "Note")
