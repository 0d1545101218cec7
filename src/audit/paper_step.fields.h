/* One step of a working paper, with its result. */
FIELD(REF,    paper,    .label = "Working paper", .to = "paper", .needed = true, .set_by = SET_ONCE)
FIELD(INT,    position, .label = "Step", .needed = true, .set_by = SET_ONCE, .min = 1, .max = 999, .flags = SHOW_IN_LIST)
FIELD(LONG,   text,     .label = "What is done", .max_bytes = 2000, .flags = SHOW_AS_TITLE | SHOW_IN_LIST)
FIELD(CHOICE, result,   .label = "Result", .choices = &step_results, .flags = SHOW_IN_LIST)
FIELD(LONG,   note,     .label = "What was seen")
FIELD(REFS,   evidence, .label = "Evidence", .to = "evidence")
