/* A set of criteria: a standard, or own rules (requirements 4.2). */
FIELD(TEXT, name,         .label = "Name", .needed = true, .flags = SHOW_AS_TITLE | SHOW_IN_LIST | SEARCHED)
FIELD(TEXT, edition,      .label = "Edition", .needed = true, .flags = SHOW_IN_LIST)
FIELD(TEXT, amendment,    .label = "Amendment", .flags = SHOW_IN_LIST)
FIELD(TEXT, owner,        .label = "Who publishes it")
FIELD(TEXT, licence_note, .label = "Licence note", .max_bytes = 600)
FIELD(TEXT, version,      .label = "Version of the built-in outline", .max_bytes = 40)
