/* One item of a sample with its results. */
FIELD(REF,    sample,          .label = "Sample", .to = "sample", .needed = true, .set_by = SET_ONCE)
FIELD(TEXT,   item,            .label = "Item", .needed = true, .set_by = SET_ONCE, .flags = SHOW_AS_TITLE | SHOW_IN_LIST)
FIELD(TEXT,   stratum,         .label = "Stratum", .set_by = SET_ONCE, .flags = SHOW_IN_LIST)
FIELD(LONG,   facts,           .label = "Facts", .help = "One per line: name: value")
FIELD(LONG,   results,         .label = "Results", .help = "One per line: name: pass")
FIELD(CHOICE, result,          .label = "Result", .choices = &item_results, .flags = SHOW_IN_LIST)
FIELD(TEXT,   replaced_by,     .label = "Replaced by", .set_by = SET_BY_VERB)
FIELD(LONG,   replaced_reason, .label = "Why it was replaced", .set_by = SET_BY_VERB)
