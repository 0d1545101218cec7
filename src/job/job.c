/* SPDX-License-Identifier: Apache-2.0
 * Jobs. A round once a second asks each row of the table whether its time has come. */
#include "job/job.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "exchange/audit_report.h"
#include "org/session.h"
#include "record/answer.h"
#include "record/proof.h"
#include "store/file_part.h"

enum { ROUND_S = 1, MINUTE_S = 60, HOUR_S = 3600, NIGHT_HOUR = 2, JOB_BYTES_MAX = 256 << 20 };

typedef bool JobRun(JobRound *round, Arena *arena, Err *err);

typedef struct {
    const char *name;
    JobRun *run;
    int64_t every_s; /* 0: each night */
} Job;

static JobRun run_checkpoint, run_sweep, run_reports, run_verify;

static const Job jobs[] = {
    { "checkpoint", run_checkpoint, ROUND_S },
    { "sweep", run_sweep, HOUR_S },
    { "reports", run_reports, INT64_C(10) * MINUTE_S },
    { "verify", run_verify, 0 },
};

struct JobRound {
    App *app;
    Arena *arena;                  /* of one job at a time */
    int64_t next_s[countof(jobs)]; /* monotonic; not of nightly ones */
    int64_t runs[countof(jobs)];
    Date night;          /* the last one that nightly jobs ran in */
    int64_t signed_size; /* events that a checkpoint of ours covers */
};

/* ------------------------------------------------------------------------------------------------------- the jobs */

static bool head_size(App *app, Arena *arena, int64_t *size, Err *err)
{
    LedgerHead head;
    Db *db;

    if (!store_read(app->store, arena, &db, err)) return false;
    bool done = ledger_head(db, arena, &head, err);
    db_end(db);
    *size = head.size;
    return done;
}

/* At most one a second, and only when the record grew. */
static bool run_checkpoint(JobRound *round, Arena *arena, Err *err)
{
    int64_t size;

    if (round->app->signer == NULL || round->app->read_only) return true;
    if (!head_size(round->app, arena, &size, err)) return false;
    if (size == round->signed_size) return true;
    if (!ledger_checkpoint_make(round->app->store, arena, round->app->signer, err)) return false;
    round->signed_size = size;
    return true;
}

static bool sweep_answers(App *app, Arena *arena, Err *err)
{
    Caller caller = { .app = app, .arena = arena, .is_system = true, .door = "job" };
    Call *call;

    if (!call_open(&caller, CALL_WRITE, &call, err)) return false;
    bool done = answers_sweep(call, err) && db_commit(call->db, err);
    call_end(call);
    return done;
}

static bool run_sweep(JobRound *round, Arena *arena, Err *err)
{
    App *app = round->app;

    if (app->read_only) return true;
    return sessions_sweep(app, arena, err) && sweep_answers(app, arena, err) && files_sweep(app->store, arena, err) &&
           file_parts_sweep(app->store, arena, world_now(app->world), err);
}

/* Reports that were issued and have no file yet: a crash came between, the disk was full, or a history was loaded. */
static bool run_reports(JobRound *round, Arena *arena, Err *err)
{
    Caller caller = { .app = round->app, .arena = arena, .is_system = true, .door = "job" };
    size_t attached;

    return round->app->read_only || reports_attach_missing(&caller, &attached, err);
}

static bool run_verify(JobRound *round, Arena *arena, Err *err)
{
    VerifyReport report;

    if (!proof_verify(round->app, arena, VERIFY_FULL, &report, err)) return false;
    if (verify_exit(&report) != VERIFY_TAMPERED) {
        log_line(LOG_INFO, "verify", "the record is what was recorded, %lld events", (long long)report.size);
        return true;
    }
    for (size_t i = 0; i < report.len; i++)
        log_line(LOG_ERROR, "verify", "%s: event %lld, %.*s: %.*s", verify_found_name(report.at[i].found),
                 (long long)report.at[i].number, STR_ARG(report.at[i].entity), STR_ARG(report.at[i].detail));
    return err_set(err, ERR_TAMPERED, 0, .what = STR("the record is not what was recorded"),
                   .detail = str_fmt(arena, "There are %zu differences; the last checkpoint before has %lld events.",
                                     report.failures, (long long)report.good.size),
                   .hint   = STR("Stop the server and keep a copy of the store before anything else is done."));
}

/* ------------------------------------------------------------------------------------------------------- rounds */

JobRound *job_round_open(Arena *arena, App *app)
{
    JobRound *round = arena_new(arena, JobRound);
    LocalTime local = zone_local(app->zone, world_now(app->world));

    round->app         = app;
    round->arena       = arena_open(JOB_BYTES_MAX);
    round->signed_size = -1;
    /* who starts in the night has verified just now */
    round->night = local.hour >= NIGHT_HOUR ? local.date : date_add_days(local.date, -1);
    return round;
}

void job_round_close(JobRound *round)
{
    arena_close(round->arena);
    round->arena = NULL;
}

static bool is_due(JobRound *round, size_t index, int64_t now_s)
{
    if (jobs[index].every_s > 0) return now_s >= round->next_s[index];
    LocalTime local = zone_local(round->app->zone, world_now(round->app->world));
    return local.hour >= NIGHT_HOUR && date_before(round->night, local.date);
}

static void job_run(JobRound *round, size_t index)
{
    Err err = { 0 };

    if (!ARENA_TRY(round->arena)) {
        log_line(LOG_ERROR, jobs[index].name, "there was no memory; it comes again at its time");
    } else if (!jobs[index].run(round, round->arena, &err)) {
        log_err(jobs[index].name, &err);
    }
    arena_forget_recovery(round->arena);
    arena_reset(round->arena);
}

void job_round(JobRound *round, int64_t now_s)
{
    if (round->arena == NULL) return;
    for (size_t i = 0; i < countof(jobs); i++) {
        if (!is_due(round, i, now_s)) continue;
        job_run(round, i);
        round->runs[i]++;
        round->next_s[i] = now_s + jobs[i].every_s;
        if (jobs[i].every_s == 0) round->night = zone_date(round->app->zone, world_now(round->app->world));
    }
}

int64_t job_round_count(const JobRound *round, const char *name)
{
    for (size_t i = 0; i < countof(jobs); i++) {
        if (strcmp(jobs[i].name, name) == 0) return round->runs[i];
    }
    return 0;
}

/* ------------------------------------------------------------------------------------------------------- the thread */

struct Jobs {
    App *app;
    Arena *arena;
    pthread_t thread;
    pthread_mutex_t mutex; /* protects is_stopping */
    pthread_cond_t stop;
    bool is_stopping;
};

/* True when it is to stop; else after a second. */
static bool jobs_wait(Jobs *self)
{
    struct timespec until;
    bool stop;

    (void)clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += ROUND_S;
    pthread_mutex_lock(&self->mutex);
    while (!self->is_stopping && pthread_cond_timedwait(&self->stop, &self->mutex, &until) != ETIMEDOUT)
        continue;
    stop = self->is_stopping;
    pthread_mutex_unlock(&self->mutex);
    return stop;
}

static void *jobs_live(void *jobs_)
{
    Jobs *self      = jobs_;
    JobRound *round = job_round_open(self->arena, self->app);
    int64_t begin   = world_monotonic_us(self->app->world), now_s;

    do {
        now_s = (world_monotonic_us(self->app->world) - begin) / 1000000;
        job_round(round, now_s);
    } while (!jobs_wait(self));
    job_round(round, now_s + ROUND_S); /* the last checkpoint */
    job_round_close(round);
    return NULL;
}

static bool jobs_fail(Err *err, Arena *arena, int native)
{
    arena_close(arena);
    return err_set(err, ERR_LIMIT, native, .what = STR("could not start the thread of the jobs"),
                   .hint = STR("Give the service more memory and tasks."));
}

bool jobs_start(App *app, Jobs **out, Err *err)
{
    Arena *arena = arena_open(1 << 16);
    pthread_condattr_t clock;

    if (arena == NULL) return jobs_fail(err, arena, 0);
    Jobs *self  = arena_new(arena, Jobs);
    self->app   = app;
    self->arena = arena;
    pthread_condattr_init(&clock);
    pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
    pthread_cond_init(&self->stop, &clock);
    pthread_condattr_destroy(&clock);
    pthread_mutex_init(&self->mutex, NULL);
    int native = pthread_create(&self->thread, NULL, jobs_live, self);
    if (native != 0) return jobs_fail(err, arena, native);
    *out = self;
    return true;
}

void jobs_stop(Jobs *self)
{
    if (self == NULL) return;
    pthread_mutex_lock(&self->mutex);
    self->is_stopping = true;
    pthread_cond_signal(&self->stop);
    pthread_mutex_unlock(&self->mutex);
    pthread_join(self->thread, NULL);
    pthread_cond_destroy(&self->stop);
    pthread_mutex_destroy(&self->mutex);
    arena_close(self->arena);
}
