/* That a report was sent to somebody, opened and acknowledged (9.2.2 c; R-922-10). */
FIELD(REF,  audit,           .label = "Audit", .to = "audit", .needed = true, .set_by = SET_ONCE)
FIELD(REF,  report,          .label = "Report", .to = "report", .needed = true, .set_by = SET_ONCE)
FIELD(REF,  receiver,        .label = "Receiver", .to = "person", .needed = true, .set_by = SET_ONCE, .flags = SHOW_IN_LIST)
FIELD(TEXT, channel,         .label = "How", .set_by = SET_ONCE)
FIELD(DATE, sent_on,         .label = "Sent on", .set_by = SET_BY_VERB, .flags = SHOW_IN_LIST)
FIELD(DATE, opened_on,       .label = "Opened on", .set_by = SET_BY_VERB, .flags = SHOW_IN_LIST)
FIELD(DATE, acknowledged_on, .label = "Acknowledged on", .set_by = SET_BY_VERB, .flags = SHOW_IN_LIST)
