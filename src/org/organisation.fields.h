/* What the organisation is called and where its days begin and end. One record per store. */
FIELD(TEXT, name,         .label = "Name", .needed = true, .flags = SHOW_AS_TITLE | SHOW_IN_LIST | SEARCHED)
FIELD(TEXT, about,        .label = "What it does", .max_bytes = 400)
FIELD(INT,  staff,        .label = "People working under its control", .max = 10000000)
FIELD(TEXT, zone,         .label = "Time zone", .help = "A name of the tz database, for example Europe/Amsterdam.", .needed = true)
FIELD(REF,  site,         .label = "Main site", .to = "site", .help = "Its working days are the organisation's where nobody's own site counts.")
FIELD(DATE, in_use_since, .label = "In use since", .help = "Audits finished before this day are recorded as held before.")
FIELD(TEXT, edition,      .label = "Edition of the standard", .max_bytes = 120)
FIELD(INT,  override_months, .label = "Months that count for independence", .clause = "G-01", .min = 1, .max = 60)
/* How documents look that leave the system (4.16). */
FIELD(FILE, logo,         .label = "Logo on documents", .help = "A PNG file of at most 512 KB, 3000 pixels wide and high.")
FIELD(TEXT, colour,       .label = "Colour of documents", .max_bytes = 7, .help = "Of rules and grounds, never of text: #17508f.")
FIELD(TEXT, confidentiality, .label = "Confidentiality class of documents", .max_bytes = 40, .help = "Where an audit names none. Empty: confidential.")
FIELD(TEXT, language,     .label = "Language of documents", .max_bytes = 35, .help = "A tag such as en-GB, de or ja. Empty: en-GB.")
