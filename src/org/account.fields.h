/* How a person signs in. The number of the record is the name to sign in with. */
FIELD(REF,  person,      .label = "Person", .to = "person", .needed = true, .set_by = SET_ONCE, .flags = SHOW_IN_LIST)
FIELD(TEXT, password,    .label = "Password", .max_bytes = 200, .set_by = SET_BY_VERB, .flags = SECRET)
FIELD(BOOL, must_change, .label = "Must choose a new password", .set_by = SET_BY_VERB, .flags = SHOW_IN_LIST)
FIELD(DATE, changed_on,  .label = "Password of", .set_by = SET_BY_VERB)
