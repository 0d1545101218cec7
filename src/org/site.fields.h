/* A place where people work or things stand (requirements 4.1); its zone and holidays decide when a day there is over. */
FIELD(TEXT,   name,     .label = "Name", .needed = true, .flags = SHOW_AS_TITLE | SHOW_IN_LIST | SEARCHED)
FIELD(CHOICE, kind,     .label = "Kind", .choices = &site_kinds, .needed = true, .flags = SHOW_IN_LIST)
FIELD(TEXT,   country,  .label = "Country", .max_bytes = 60, .flags = SHOW_IN_LIST)
FIELD(TEXT,   zone,     .label = "Time zone", .needed = true, .flags = SHOW_IN_LIST)
FIELD(LONG,   holidays, .label = "Days off", .help = "Days that are no working days besides Saturday and Sunday: YYYY-MM-DD, one per line.", .max_bytes = 20000)
