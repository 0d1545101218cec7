/* A part of the organisation (requirements 4.1). */
FIELD(TEXT, name,   .label = "Name", .needed = true, .flags = SHOW_AS_TITLE | SHOW_IN_LIST | SEARCHED)
FIELD(REF,  parent, .label = "Part of", .to = "unit", .flags = SHOW_IN_LIST)
