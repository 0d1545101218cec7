/* A key for programs: acts as its person, limited by scopes and an end. */
FIELD(REF,  person,  .label = "Acts as", .to = "person", .needed = true, .set_by = SET_ONCE, .flags = SHOW_IN_LIST)
FIELD(TEXT, name,    .label = "What it is for", .needed = true, .set_by = SET_ONCE, .flags = SHOW_AS_TITLE | SHOW_IN_LIST)
FIELD(TEXT, scopes,  .label = "Scopes", .help = "Separated by commas: read, write, TYPE:read, TYPE:write. \"read\" alone changes nothing.", .needed = true, .set_by = SET_ONCE, .max_bytes = 500, .flags = SHOW_IN_LIST)
FIELD(DATE, expires, .label = "Last day", .help = "At most a year from today.", .needed = true, .set_by = SET_ONCE, .flags = SHOW_IN_LIST)
FIELD(TEXT, hash,    .label = "Hash", .set_by = SET_BY_VERB, .max_bytes = 64, .flags = SECRET | INDEXED)
