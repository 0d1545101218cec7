/* SPDX-License-Identifier: Apache-2.0
 * job/job.h: what is done without anybody asking, in one thread: checkpoints, sweeping, files
 * of reports, nightly verification. A job
 * that fails is told in the log and comes again at its time; none of them is needed for a verb to be done. */
#pragma once

#include "record/call.h"

typedef struct Jobs Jobs;

/* Starts the thread. `app` outlives it. */
MUST_USE bool jobs_start(App *app, Jobs **out, Err *err);
/* Lets the job in hand end, signs a last checkpoint, and ends the thread. NULL is allowed. */
void jobs_stop(Jobs *jobs);

/* One round at `now` (monotonic seconds since the start): runs what is due. The thread's own body, for tests. */
typedef struct JobRound JobRound;
JobRound *job_round_open(Arena *arena, App *app);
void job_round_close(JobRound *round);
void job_round(JobRound *round, int64_t now_s);
/* How often the job of that name has run; for tests. */
int64_t job_round_count(const JobRound *round, const char *name);
