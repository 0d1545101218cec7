/* What a member of the team declares about independence before an audit (4.6, 9.2.2 c). Signed once per scope version. */
FIELD(REF,    audit,         .label = "Audit", .to = "audit", .needed = true, .set_by = SET_ONCE)
FIELD(REF,    person,        .label = "Person", .to = "person", .needed = true, .set_by = SET_ONCE, .flags = SHOW_IN_LIST)
FIELD(CHOICE, result,        .label = "Result", .choices = &declaration_results, .needed = true, .set_by = SET_ONCE, .flags = SHOW_IN_LIST)
FIELD(LONG,   disclosed,     .label = "Disclosed", .help = "Work, relations, interests, advice that others should know of.", .set_by = SET_ONCE)
FIELD(LONG,   facts,         .label = "Facts found", .set_by = SET_BY_VERB)
FIELD(LONG,   measure,       .label = "How the conflict is managed", .set_by = SET_ONCE)
FIELD(REF,    answered_by,   .label = "Answered by", .to = "person", .set_by = SET_ONCE)
FIELD(INT,    scope_version, .label = "For version of the scope", .set_by = SET_BY_VERB, .flags = SHOW_IN_LIST)
