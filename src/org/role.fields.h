/* Who holds which role, over what and from when to when (requirements 4.1, 4.17). */
FIELD(REF,    person,  .label = "Person", .to = "person", .needed = true, .set_by = SET_ONCE, .flags = SHOW_IN_LIST)
FIELD(CHOICE, role,    .label = "Role", .choices = &roles, .needed = true, .set_by = SET_ONCE, .flags = SHOW_IN_LIST | INDEXED)
FIELD(REFS,   scope,   .label = "Only for these processes", .to = "process", .help = "Empty: everything.")
FIELD(TEXT,   up_to,   .label = "Up to significance", .help = "For owners of risks: low, medium, high or critical.", .clause = "G-12")
FIELD(DATE,   since,   .label = "From", .needed = true, .flags = SHOW_IN_LIST)
FIELD(DATE,   until,   .label = "To", .flags = SHOW_IN_LIST)
