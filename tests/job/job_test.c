/* SPDX-License-Identifier: Apache-2.0
 * Jobs: what comes when, and that nothing is done without need. */
#include "job/job.h"

#include "../support/house.h"
#include "org/site.h"
#include "record/proof.h"

static int64_t signed_events(House *h)
{
    StoredCheckpoint last;
    Db *db;

    must(h->t, store_read(h->app->store, h->t->arena, &db, &h->t->err));
    must(h->t, ledger_checkpoint_last(db, h->t->arena, INT64_MAX, &last, &h->t->err));
    db_end(db);
    return last.size;
}

static void a_site(House *h)
{
    house_must(h, h->ada, &site_type, "create", "", "{\"name\":\"HQ\",\"kind\":\"office\",\"zone\":\"UTC\"}");
}

static void a_grown_record_is_signed_within_a_second(void **state)
{
    House *h = *state;
    must(h->t, proof_key_make(h->app, h->arena, &h->t->err));
    JobRound *round = job_round_open(h->arena, h->app);

    job_round(round, 0);
    int64_t before = signed_events(h);
    a_site(h);
    assert_int_equal(signed_events(h), before);
    job_round(round, 1);
    assert_int_equal(signed_events(h), before + 1);
    job_round(round, 2);

    assert_int_equal(signed_events(h), before + 1);
    assert_int_equal(job_round_count(round, "checkpoint"), 3);
    job_round_close(round);
}

static void sweeping_comes_once_an_hour(void **state)
{
    House *h        = *state;
    JobRound *round = job_round_open(h->arena, h->app);

    for (int64_t second = 0; second <= 7200; second += 600)
        job_round(round, second);
    assert_int_equal(job_round_count(round, "sweep"), 3);
    job_round_close(round);
}

static void verification_comes_once_a_night(void **state)
{
    House *h        = *state;
    JobRound *round = job_round_open(h->arena, h->app); /* 16 November, nine o'clock */

    job_round(round, 0);
    assert_int_equal(job_round_count(round, "verify"), 0);
    h->t->world.fixed_now = instant("2026-11-17T01:59:00Z");
    job_round(round, 10);
    assert_int_equal(job_round_count(round, "verify"), 0);
    h->t->world.fixed_now = instant("2026-11-17T02:00:00Z");
    job_round(round, 20);
    job_round(round, 30);
    assert_int_equal(job_round_count(round, "verify"), 1);
    h->t->world.fixed_now = instant("2026-11-18T05:00:00Z");
    job_round(round, 40);
    assert_int_equal(job_round_count(round, "verify"), 2);
    job_round_close(round);
}

static void a_record_that_must_not_be_written_is_left_alone(void **state)
{
    House *h = *state;
    must(h->t, proof_key_make(h->app, h->arena, &h->t->err));
    JobRound *round   = job_round_open(h->arena, h->app);
    h->app->read_only = true;

    job_round(round, 0);

    assert_int_equal(signed_events(h), 0);
    job_round_close(round);
}

static void the_thread_starts_and_stops(void **state)
{
    House *h = *state;
    Jobs *jobs;

    must(h->t, proof_key_make(h->app, h->arena, &h->t->err));
    must(h->t, jobs_start(h->app, &jobs, &h->t->err));
    a_site(h);
    jobs_stop(jobs);
    jobs_stop(NULL);

    assert_true(signed_events(h) > 0); /* the last round signs what came meanwhile */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_HOUSE(a_grown_record_is_signed_within_a_second),
        IN_HOUSE(sweeping_comes_once_an_hour),
        IN_HOUSE(verification_comes_once_a_night),
        IN_HOUSE(a_record_that_must_not_be_written_is_left_alone),
        IN_HOUSE(the_thread_starts_and_stops),
    };
    return cmocka_run_group_tests(tests, engines_start, engines_stop);
}
