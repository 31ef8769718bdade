"""The DAG live_sales on the real stack: how it is started, how it goes on, and how it is stopped."""

from __future__ import annotations

import json
import os
import signal
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
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
    run: str
    records: int
    until: datetime
    spans: list[list[str]]


class Live:
    """A dataset of live sales that the stack has not had before, and the run that produces it."""

    def __init__(self, stack: Stack, airflow: Airflow, report: Report) -> None:
        self._stack = stack
        self._report = report
        self._seed = time.time_ns() // 1_000_000
        self.run: Run = airflow.run("live_sales", {"rate": RATE, "seed": self._seed})

    def jobs(self) -> list[int]:
        return self._stack.jobs("generate", "--live", f"--rate={RATE}", f"--seed={self._seed}")

    def day(self) -> Day | None:
        rows = self._report.rows(
            "SELECT ts_date::text, status, run_id, records, until, spans FROM daily_report.run_ledger"
            " WHERE arguments = %s ORDER BY ts_date DESC LIMIT 1",
            f"--store furniture --live --rate {RATE} --seed {self._seed}",
        )
        return Day(*rows[0][:-1], json.loads(rows[0][-1])) if rows else None

    def landed(self) -> int:
        """Records of its day, of all datasets."""
        day = self.day()
        return self._report.records(day.date, day.date).get(day.date, 0) if day else 0

    def await_sales(self) -> None:
        """Waits until its sales land."""
        wait(self.day, PATIENCE, "the ledger has its day", 0.2)
        before = self.landed()
        wait(lambda: self.landed() >= before + RATE, PATIENCE, "sales of now are in PostgreSQL", 0.2)

    def await_complete(self) -> Day:
        wait(lambda: self.day().status == "COMPLETE", 30, "the ledger says that the day is complete", 0.2)
        return self.day()


@pytest.fixture(scope="module")
def first(stack: Stack, airflow: Airflow, report: Report) -> Live:
    return Live(stack, airflow, report)


@pytest.fixture(scope="module")
def second(stack: Stack, airflow: Airflow, report: Report, first: Live) -> Live:
    """A run that is triggered while the first goes on."""
    first.await_sales()
    return Live(stack, airflow, report)


def task_of(job: int) -> int:
    """The process of the task that has started a job."""
    return int(Path(f"/proc/{job}/stat").read_text().rsplit(")", 1)[1].split()[1])


def test_a_task_that_is_killed_goes_on_without_a_gap_until_its_run_is_marked(first: Live, second: Live) -> None:
    first.await_sales()
    (job,) = first.jobs()
    killed = first.day().run
    os.kill(task_of(job), signal.SIGKILL)
    wait(lambda: job not in first.jobs(), 5, "the job is gone with its task", 0.1)
    wait(lambda: first.day().run != killed, PATIENCE, "the next try goes on", 0.5)
    first.await_sales()
    assert first.day().status == "STARTED"
    assert second.run.info["state"] == "queued", "one run at a time"
    assert second.jobs() == []

    first.run.mark_all("failed")
    wait(lambda: first.jobs() == [], STOPPED_WITHIN, "the job is gone", 0.1)
    day = first.await_complete()
    assert len(day.spans) == 1, "no gap"
    began, until = (datetime.fromisoformat(instant) for instant in day.spans[0])
    expected = (until - began) / timedelta(seconds=1) * RATE
    # An order of some lines comes in at any time of its part of the minute.
    assert abs(day.records - expected) <= RATE, (day.records, expected)
    first.run.await_end("failed")
    (follow,) = first.run.tasks()
    assert (follow.state, follow.tries) == ("failed", 2)


def test_a_run_that_waited_is_stopped_by_marking_its_task(second: Live) -> None:
    wait(second.jobs, PATIENCE, "the run that waited has started", 0.2)
    second.await_sales()
    assert second.day().status == "STARTED"
    second.run.mark("follow", "success")
    wait(lambda: second.jobs() == [], STOPPED_WITHIN, "the job is gone", 0.1)
    assert second.await_complete().records > 0
    second.run.await_end("success")
    (follow,) = second.run.tasks()
    assert (follow.state, follow.tries) == ("success", 1)
    assert any(line.startswith("Records ") for line in second.run.log("follow")), "it has summed up"
