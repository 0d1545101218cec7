/* One control in the Statement of Applicability (ISO/IEC 27001 6.1.3 d). */
FIELD(REF,    requirement,    .label = "Control", .to = "requirement", .needed = true, .set_by = SET_ONCE, .flags = SHOW_IN_LIST)
FIELD(BOOL,   applicable,     .label = "Applicable", .clause = "6.1.3 d", .needed = true, .flags = SHOW_IN_LIST)
FIELD(LONG,   justification,  .label = "Why, or why not", .clause = "6.1.3 d")
FIELD(CHOICE, implementation, .label = "Implementation", .choices = &implementations, .needed = true, .flags = SHOW_IN_LIST)
FIELD(REF,    owner,          .label = "Owner", .to = "person")
FIELD(REFS,   operators,      .label = "Operators", .to = "person")
FIELD(LONG,   note,           .label = "Note")
