"""Stopping, apart from the tests on a stack: afterwards nothing is up."""

from __future__ import annotations

from running_stack import PATIENCE, Airflow, Stack
from waiting import wait


def test_stopping_the_stack_ends_the_job_that_runs(stack: Stack, airflow: Airflow) -> None:
    airflow.run("fake_data", {"start_date": "2023-05-01", "records_per_day": 5_000_000, "seed": 31})
    wait(lambda: stack.jobs("generate", "--seed=31"), PATIENCE, "the job runs", 0.1)
    stack.command("down")
    wait(lambda: not stack.jobs(), 10, "no job is left", 0.1)
