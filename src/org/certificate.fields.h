/* A certificate and its dates (requirements 8). */
FIELD(TEXT, body,        .label = "Certification body", .needed = true, .flags = SHOW_AS_TITLE | SHOW_IN_LIST | SEARCHED)
FIELD(DATE, decision,    .label = "Decision", .flags = SHOW_IN_LIST)
FIELD(DATE, issued,      .label = "Issued", .flags = SHOW_IN_LIST)
FIELD(DATE, expires,     .label = "Expires", .flags = SHOW_IN_LIST)
FIELD(TEXT, standard,    .label = "Standard")
FIELD(TEXT, scope,       .label = "Scope", .max_bytes = 1000)
FIELD(TEXT, soa_version, .label = "Version of the SoA", .max_bytes = 40)
