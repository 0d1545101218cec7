/* What the organisation is called and where its days begin and end. One record per store. */
FIELD(TEXT, name,         .label = "Name", .needed = true, .flags = SHOW_AS_TITLE | SHOW_IN_LIST | SEARCHED)
FIELD(TEXT, about,        .label = "What it does", .max_bytes = 400)
FIELD(INT,  staff,        .label = "People working under its control", .max = 10000000)
FIELD(TEXT, zone,         .label = "Time zone", .help = "A name of the tz database, for example Europe/Amsterdam.", .needed = true)
FIELD(REF,  site,         .label = "Main site", .to = "site", .help = "Its working days are the organisation's where nobody's own site counts.")
FIELD(DATE, in_use_since, .label = "In use since", .help = "Audits finished before this day are recorded as held before.")
FIELD(TEXT, edition,      .label = "Edition of the standard", .max_bytes = 120)
FIELD(INT,  override_months, .label = "Months that count for independence", .clause = "G-01", .min = 1, .max = 60)
