/* How many days each step may take (4.11); where there is no record the defaults of the catalogue hold. */
FIELD(CHOICE, grade, .label = "Grade", .choices = &policy_grades, .needed = true, .set_by = SET_ONCE, .flags = SHOW_IN_LIST)
FIELD(CHOICE, step,  .label = "Step", .choices = &policy_steps, .needed = true, .set_by = SET_ONCE, .flags = SHOW_IN_LIST)
FIELD(INT,    days,  .label = "Days", .needed = true, .min = 1, .max = 1000, .flags = SHOW_IN_LIST)
FIELD(CHOICE, unit,  .label = "Counted in", .choices = &policy_units, .needed = true, .flags = SHOW_IN_LIST)
