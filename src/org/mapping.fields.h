/* How a reference of one edition relates to one of another. */
FIELD(REF,    source,   .label = "From", .to = "requirement", .needed = true, .set_by = SET_ONCE, .flags = SHOW_IN_LIST)
FIELD(REF,    target,   .label = "To", .to = "requirement", .needed = true, .set_by = SET_ONCE, .flags = SHOW_IN_LIST)
FIELD(CHOICE, relation, .label = "Relation", .choices = &mapping_relations, .needed = true, .flags = SHOW_IN_LIST)
FIELD(TEXT,   origin,   .label = "Source of the mapping")
