/* Evidence of one audit that serves another (requirements 4.9): a link, not a copy. */
FIELD(REF,  audit,    .label = "Used in", .to = "audit", .needed = true, .set_by = SET_ONCE, .flags = SHOW_IN_LIST | INDEXED)
FIELD(REF,  evidence, .label = "Evidence", .to = "evidence", .needed = true, .set_by = SET_ONCE, .flags = SHOW_IN_LIST | INDEXED)
FIELD(LONG, reason,   .label = "Why it can be relied on here", .help = "Needed when it is older than the period of the audit, or than a year.", .set_by = SET_ONCE)
FIELD(REF,  used_by,  .label = "Taken by", .to = "person", .set_by = SET_BY_VERB, .flags = SHOW_IN_LIST)
FIELD(DATE, used_on,  .label = "Taken on", .set_by = SET_BY_VERB, .flags = SHOW_IN_LIST)
FIELD(INT,  age_days, .label = "Days old then", .set_by = SET_BY_VERB, .flags = SHOW_IN_LIST)
