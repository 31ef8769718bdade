"""The DAG live_sales on the real stack: how it is started, how it goes on, and how it is stopped."""

from __future__ import annotations

import json
import os
import signal
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from running_stack import PATIENCE, Airflow, Report, Run, Stack
from waiting import wait

RATE = 20

#: Seconds until a job is gone whose task is marked: Airflow notices within one, and leaves it five.
STOPPED_WITHIN = 10


@dataclass(frozen=True)
class Day:
    """What PostgreSQL has of the ledger's latest day of a dataset."""

    date: str
    status: str
    records: int
    until: datetime
    spans: list[list[str]]


class Live:
    """A dataset of live sales, and the run that produces it."""

    def __init__(self, stack: Stack, airflow: Airflow, report: Report, seed: int, minutes: int | None) -> None:
        self._stack = stack
        self._report = report
        self._seed = seed
        self.run: Run = airflow.run("live_sales", {"rate": RATE, "seed": seed, "minutes": minutes})

    def jobs(self) -> list[int]:
        return self._stack.jobs("generate", "--live", f"--rate={RATE}", f"--seed={self._seed}")

    def day(self) -> Day | None:
        rows = self._report.rows(
            "SELECT ts_date::text, status, records, until, spans FROM daily_report.run_ledger"
            " WHERE arguments = %s ORDER BY ts_date DESC LIMIT 1",
            f"--live --rate {RATE} --seed {self._seed}",
        )
        return Day(*rows[0][:4], json.loads(rows[0][4])) if rows else None

    def landed(self) -> int:
        """Records of its day, of all datasets."""
        day = self.day()
        return self._report.records(day.date, day.date).get(day.date, 0) if day else 0

    def await_sales(self, after: int = 0) -> int:
        """Waits until more records have landed; how many there are then."""
        wait(lambda: self.landed() >= after + RATE, PATIENCE, "sales of now are in PostgreSQL", 0.2)
        return self.landed()

    def await_complete(self) -> Day:
        wait(lambda: self.day().status == "COMPLETE", 30, "the ledger says that the day is complete", 0.2)
        return self.day()


@pytest.fixture(scope="module")
def timed(stack: Stack, airflow: Airflow, report: Report) -> Live:
    """A run that ends by itself."""
    return Live(stack, airflow, report, seed=101, minutes=1)


@pytest.fixture(scope="module")
def endless(stack: Stack, airflow: Airflow, report: Report, timed: Live) -> Live:
    """A run that is triggered while the other one goes on."""
    timed.await_sales()
    return Live(stack, airflow, report, seed=102, minutes=None)


def task_of(job: int) -> int:
    """The process of the task that has started a job."""
    return int(Path(f"/proc/{job}/stat").read_text().rsplit(")", 1)[1].split()[1])


def test_a_task_that_is_killed_goes_on_without_a_gap_and_ends_when_its_time_is_over(timed: Live, endless: Live) -> None:
    landed = timed.await_sales()
    (first,) = timed.jobs()
    os.kill(task_of(first), signal.SIGKILL)
    wait(lambda: first not in timed.jobs(), 5, "the job is gone with its task", 0.1)
    wait(timed.jobs, PATIENCE, "the next try has started", 0.5)
    timed.await_sales(landed)
    assert endless.run.info["state"] == "queued", "one run at a time"
    assert endless.jobs() == []

    timed.run.await_end("success")
    (follow,) = timed.run.tasks()
    assert (follow.state, follow.tries) == ("success", 2)
    assert timed.jobs() == []
    day = timed.await_complete()
    assert len(day.spans) == 1, "no gap"
    began, until = (datetime.fromisoformat(instant) for instant in day.spans[0])
    assert timedelta(seconds=30) < until - began < timedelta(minutes=3)
    expected = Decimal((until - began) / timedelta(seconds=1)) * RATE
    # An order of some lines comes in at any time of its part of the minute.
    assert abs(day.records - expected) <= RATE, (day.records, expected)
    assert any(
        line.startswith("Until ") and " records in this minute, " in line for line in timed.run.log("follow", attempt=2)
    )


def test_a_run_that_waited_is_stopped_by_marking_its_task(endless: Live) -> None:
    wait(endless.jobs, PATIENCE, "the run that waited has started", 0.2)
    endless.await_sales(endless.landed())
    assert endless.day().status == "STARTED"
    endless.run.mark("follow", "success")
    wait(lambda: endless.jobs() == [], STOPPED_WITHIN, "the job is gone", 0.1)
    assert endless.await_complete().records > 0
    endless.run.await_end("success")
    (follow,) = endless.run.tasks()
    assert (follow.state, follow.tries) == ("success", 1)
    assert any(line.startswith("Records ") for line in endless.run.log("follow")), "it has summed up"
