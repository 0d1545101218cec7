/* Who worked in a process from when to when: operators, and owners and deputies of the past (G-01). */
FIELD(REF,    process, .label = "Process", .to = "process", .needed = true, .set_by = SET_ONCE, .flags = SHOW_IN_LIST)
FIELD(REF,    person,  .label = "Person", .to = "person", .needed = true, .set_by = SET_ONCE, .flags = SHOW_IN_LIST)
FIELD(CHOICE, part,    .label = "Part", .choices = &process_parts, .needed = true, .flags = SHOW_IN_LIST)
FIELD(DATE,   since,   .label = "From", .flags = SHOW_IN_LIST)
FIELD(DATE,   until,   .label = "To", .flags = SHOW_IN_LIST)
FIELD(REFS,   refs,    .label = "Only these references", .to = "requirement", .help = "Empty: all that the process carries.")
