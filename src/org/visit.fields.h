/* A visit of the certification body. */
FIELD(REF,    certificate, .label = "Certificate", .to = "certificate", .needed = true, .set_by = SET_ONCE, .flags = SHOW_IN_LIST)
FIELD(REF,    audit,       .label = "Audit", .to = "audit", .flags = SHOW_IN_LIST)
FIELD(CHOICE, stage,       .label = "Stage", .choices = &visit_stages, .needed = true, .flags = SHOW_IN_LIST)
