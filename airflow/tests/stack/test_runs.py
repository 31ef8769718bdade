"""Each DAG from end to end, on the real stack, through Airflow's REST API and command line.

Each test has days of its own. What a day must hold is what was asked for: records_per_day of each dataset.
"""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from running_stack import PATIENCE, Airflow, Report, Run, Stack
from waiting import wait

TOUCHED = Path("/tmp/furnistream-was-here")  # noqa: S108 - must never be created
TOUCH = f"touch {TOUCHED}"

BAD = [
    {"start_date": f"$({TOUCH})"},
    {"start_date": f"2023-12-01; {TOUCH}"},
    {"start_date": f"2023-12-01' '; {TOUCH}; '"},
    {"start_date": f"2023-12-01\n{TOUCH}"},
    {"start_date": "2023-12-01\n"},
    {"start_date": "{{ 1 }}"},
    {"start_date": ""},
    {"start_date": "2023-02-30"},
    {"end_date": "2023-13-01"},
    {"start_date": 20231201},
    {"records_per_day": f"500; {TOUCH}"},
    {"records_per_day": -1},
    {"records_per_day": 0},
    {"records_per_day": 5_000_001},
    {"records_per_day": 10**40},
    {"records_per_day": 1.5},
    {"records_per_day": None},
    {"seed": f"`{TOUCH}`"},
    {"seed": 2**53},
    {"seed": True},
]

#: The conf of runs for the same day.
TWICE = {"start_date": "2024-03-12", "records_per_day": 300, "seed": 11}

#: The conf of a backfill by REST.
BY_REST = {"records_per_day": 50, "seed": 19}

#: Records of a day whose job takes some seconds.
INTERRUPTED = 40_000

STATUS = "SELECT status FROM daily_report.run_ledger WHERE ts_date = '2024-03-13'"

REFUSED_IN_THE_FIRST_TASK = [
    ({"start_date": "2023-12-02", "end_date": "2023-12-01"}, "start_date 2023-12-02 lies after end_date 2023-12-01."),
    ({"start_date": "2022-01-01", "end_date": "2023-12-31"}, "730 days in one run, at most 366"),
    ({"start_date": "2199-01-01"}, "2199-01-01 has not ended in the store's zone, America/New_York"),
    ({"start": "2023-12-01", "--force": f"$({TOUCH})"}, "Unknown parameters: '--force', 'start'. Known: preset"),
]


@pytest.fixture(scope="module")
def asked(airflow: Airflow) -> dict[str, Run]:
    """Runs that go on while other tests do theirs.

    Each has days of its own. They adjoin, so that one rollup and one verify take those of several runs.
    """
    # A clock change is in between.
    days = {"start_date": "2024-03-09", "end_date": "2024-03-11", "records_per_day": 200, "seed": 7}
    with ThreadPoolExecutor(2) as pool:
        once, again = pool.map(lambda _: airflow.run("fake_data", TWICE), range(2))
    return {
        "once": once,
        "again": again,
        "two minutes": airflow.run("live_sales", {"rate": 20, "seed": 31, "minutes": 2}),
        "days": airflow.run("fake_data", days),
        "untouched": airflow.run("fake_data", {}),
    }


@pytest.fixture(scope="module")
def interrupted(airflow: Airflow, asked: dict[str, Run]) -> Run:
    """A run whose job takes some seconds, in which its task can be marked."""
    return airflow.run("fake_data", {"start_date": "2024-03-13", "records_per_day": INTERRUPTED, "seed": 13})


@pytest.fixture(scope="module")
def once_more(airflow: Airflow, asked: dict[str, Run]) -> Run:
    """A run for a day that was generated twice at once, when all is closed: a verify of it would fail meanwhile."""
    for name in ("once", "again"):
        asked[name].await_end().closes()
    for run in airflow.runs("day_close"):
        run.await_any_end()
    return airflow.run("fake_data", TWICE)


@pytest.fixture(scope="module")
def backfill(airflow: Airflow, asked: dict[str, Run]) -> int:
    """A backfill of two days that goes on while other tests do theirs."""
    answer = airflow.post(
        "/backfills",
        {
            "dag_id": "fake_data",
            # From the midnight that ends the first day to the one that ends the last, in New York; a clock change is
            # in between.
            "from_date": "2023-11-05T04:00:00Z",
            "to_date": "2023-11-06T05:00:00Z",
            "dag_run_conf": BY_REST,
        },
    )
    assert answer.status_code == 200, answer.text
    return answer.json()["id"]


def by_hand(airflow: Airflow, dag: str) -> list[str]:
    """The runs that someone has asked for."""
    return [run.id for run in airflow.runs(dag) if run.id.startswith("manual__")]


def test_bad_parameters_are_refused_before_a_run_is_made(airflow: Airflow, asked: dict[str, Run]) -> None:
    before = {dag: by_hand(airflow, dag) for dag in ("fake_data", "day_close")}
    for conf in BAD:
        days = {"start_date": "2023-01-01", **conf}
        answer = airflow.ask("fake_data", days)
        assert answer.status_code == 400, (conf, answer.text)
        assert f"Invalid input for param {next(iter(conf))}" in answer.json()["detail"], conf
        if next(iter(conf)) in ("start_date", "end_date"):
            assert airflow.ask("day_close", days).status_code == 400, conf
    assert {dag: by_hand(airflow, dag) for dag in before} == before
    assert not TOUCHED.exists()


def test_a_task_marked_failed_ends_its_job(interrupted: Run, stack: Stack, report: Report) -> None:
    wait(lambda: report.rows(STATUS), PATIENCE, "the ledger says that the day was started", 0.05)
    interrupted.mark("generate", "failed", 0)
    wait(lambda: not stack.jobs("generate", "--seed=13"), 10, "the job is gone", 0.1)
    interrupted.await_end("failed")
    assert report.rows(STATUS) == [("STARTED",)]
    interrupted.clear("generate", 0)


def test_what_no_schema_can_say_is_refused_by_the_first_task(airflow: Airflow, report: Report) -> None:
    runs = [(airflow.run("fake_data", conf), message) for conf, message in REFUSED_IN_THE_FIRST_TASK]
    runs.append((airflow.run("day_close", REFUSED_IN_THE_FIRST_TASK[0][0]), REFUSED_IN_THE_FIRST_TASK[0][1]))
    for run, message in runs:
        run.await_end("failed")
        assert [(task.state, task.tries) for task in run.tasks() if task.name == "plan"] == [("failed", 1)]
        assert any(line.startswith(message) for line in run.log("plan")), run.log("plan")
        assert not {"success", "running"} & {task.state for task in run.tasks()}
    assert (
        report.rows(
            "SELECT 1 FROM daily_report.run_ledger"
            " WHERE ts_date BETWEEN '2022-01-01' AND '2022-12-31' OR ts_date > '2100-01-01'"
        )
        == []
    )
    assert not TOUCHED.exists()


def test_small_days_are_generated_by_one_task_then_closed_and_proved(
    asked: dict[str, Run], backfill: int, stack: Stack, airflow: Airflow, report: Report
) -> None:
    run = asked["days"].await_end()
    (generated,) = (task for task in run.tasks() if task.name == "generate")
    assert generated.label == "2024-03-09 to 2024-03-11"
    log = run.log("generate", generated.index)
    assert any(line.startswith("Generating: 600 of 600 records") for line in log), log
    complete = [line for line in log if " complete: " in line]
    assert complete == [f"2024-03-{day:02} complete: 200 records" for day in (9, 10, 11)], log
    days = {"start_date": "2024-03-09", "end_date": "2024-03-11"}
    assert run.announced()["extra"] == {**days, "records_per_day": 200, "demand": False, "seed": 7}
    assert len([event for event in airflow.events() if event["source_run_id"] == run.id]) == 1

    close = run.closes()
    logs = "\n".join(
        line for task in close.tasks() if task.name == "verify" for line in close.log("verify", task.index)
    )
    assert "Every store agrees with the ledger: " in logs
    for day in ("2024-03-09", "2024-03-10", "2024-03-11"):
        assert stack.manifest(day)["figures"]["records"] == "200"
    assert report.records("2024-03-09", "2024-03-11") == {"2024-03-09": 200, "2024-03-10": 200, "2024-03-11": 200}


def test_the_next_try_of_a_task_that_was_marked_failed_replaces_the_day(interrupted: Run, report: Report) -> None:
    interrupted.await_end().closes()
    assert report.rows(STATUS) == [("COMPLETE",)]
    assert report.records("2024-03-13", "2024-03-13") == {"2024-03-13": INTERRUPTED}


def test_a_day_that_shared_a_task_is_cleared_and_generated_again_by_itself(
    asked: dict[str, Run], once_more: Run, report: Report
) -> None:
    run = asked["days"].await_end()
    run.closes()
    assert [(task.label, task.state) for task in run.tasks() if task.name == "day"] == [
        (f"2024-03-{day:02}", "skipped") for day in (9, 10, 11)
    ]
    made_by = "SELECT ts_date::text, run_id FROM daily_report.run_ledger WHERE ts_date BETWEEN %s AND %s"
    before = dict(report.rows(made_by, "2024-03-09", "2024-03-11"))
    assert len(before) == 3

    run.clear("day", 1)
    run.await_end().closes("day")
    assert run.states("day") == ["skipped", "success", "skipped"]
    assert run.announced("day")["extra"] == {
        "start_date": "2024-03-10",
        "end_date": "2024-03-10",
        "records_per_day": 200,
        "demand": False,
        "seed": 7,
    }
    after = dict(report.rows(made_by, "2024-03-09", "2024-03-11"))
    assert {day for day in before if after[day] != before[day]} == {"2024-03-10"}
    assert report.records("2024-03-09", "2024-03-11") == {"2024-03-09": 200, "2024-03-10": 200, "2024-03-11": 200}


def test_the_same_day_twice_at_once_and_again_changes_no_total(once_more: Run, report: Report) -> None:
    once_more.await_end().closes()
    assert report.records("2024-03-12", "2024-03-12") == {"2024-03-12": 300}


def test_an_untouched_form_is_for_the_day_that_has_just_ended(asked: dict[str, Run], report: Report) -> None:
    run = asked["untouched"].await_end()
    began = datetime.fromisoformat(run.info["start_date"]).astimezone(ZoneInfo("America/New_York")).date()
    (generated,) = [task for task in run.tasks() if task.name == "generate"]
    assert generated.label == str(began - timedelta(days=1))
    run.closes()
    assert report.records(generated.label, generated.label) == {generated.label: 500}


def test_a_difference_fails_the_run_and_names_itself(asked: dict[str, Run], airflow: Airflow, report: Report) -> None:
    asked["days"].await_end().closes()
    change = "UPDATE daily_report.daily_pu_rev SET daily_records = daily_records + %s WHERE ts_date = '2024-03-11'"
    report.rows(change, 1)
    run = airflow.run("day_close", {"start_date": "2024-03-11"}).await_end("failed")
    assert [(task.state, task.tries) for task in run.tasks() if task.name == "verify"] == [("failed", 1)]
    log = run.log("verify", 0)
    first = next(line for line in log if line.startswith("error: "))
    assert "2024-03-11" in first
    assert "postgres" in first
    assert "201" in first
    assert any(line.split()[:2] == ["ledger", "200"] for line in log), log

    report.rows(change, -1)
    run.clear("verify", 0)
    wait(lambda: run.info["state"] == "success", PATIENCE, "the healed day is proved", 0.5)


def test_sales_of_now_end_as_success_when_their_time_is_over(asked: dict[str, Run], report: Report) -> None:
    run = asked["two minutes"].await_end()
    (follow,) = run.tasks()
    assert follow.state == "success"
    log = run.logs("follow", tries=follow.tries)
    assert any(re.fullmatch(r"Until [^ ]+: [0-9,]+ records in this minute, .*", line) for line in log), log
    complete = (
        "SELECT status FROM daily_report.run_ledger WHERE arguments = '--store furniture --live --rate 20 --seed 31'"
    )
    wait(
        lambda: {status for (status,) in report.rows(complete)} == {"COMPLETE"}, 30, "the ledger's day is complete", 0.2
    )


def backfilled(airflow: Airflow, conf: dict[str, Any], count: int) -> list[Run]:
    """Waits for the runs of a backfill, by their conf."""

    def found() -> list[Run]:
        return [
            run for run in airflow.runs("fake_data") if run.info["run_type"] == "backfill" and run.info["conf"] == conf
        ]

    wait(lambda: len(found()) == count, PATIENCE, f"{count} runs", 0.5)
    return [run.await_end() for run in found()]


def test_a_backfill_by_rest_and_one_by_command_line_make_the_days_of_their_range(
    backfill: int, stack: Stack, airflow: Airflow, report: Report
) -> None:
    backfilled(airflow, BY_REST, 2)
    # Airflow takes one backfill of a DAG at a time, and sees some seconds later that one has ended.
    path = f"/backfills/{backfill}"
    wait(lambda: airflow.get(path)["completed_at"], PATIENCE, "the first backfill is complete", 0.5)
    result = stack.airflow_cli(
        *("backfill", "create", "--dag-id", "fake_data", "--dag-run-conf", '{"records_per_day": 60, "seed": 23}'),
        *("--from-date", "2023-11-07T00:00:00-05:00", "--to-date", "2023-11-07T00:00:00-05:00"),
    )
    assert result.returncode == 0, result.stdout + result.stderr
    backfilled(airflow, {"records_per_day": 60, "seed": 23}, 1)
    days = {"2023-11-04": 50, "2023-11-05": 50, "2023-11-06": 60}
    wait(lambda: report.records("2023-11-01", "2023-11-30") == days, PATIENCE, "exactly these days have landed", 0.5)


@pytest.mark.parametrize("dag", ["fake_data", "day_close", "replay_csv", "live_sales"])
def test_nothing_secret_is_in_what_airflow_shows(stack: Stack, airflow: Airflow, dag: str) -> None:
    secrets = [value for name, value in stack.secrets.items() if name.endswith(("PASSWORD", "KEY", "SECRET"))]
    logs = [file.read_text() for file in (stack.state / "airflow" / "logs" / f"dag_id={dag}").rglob("*.log")]
    assert logs
    shown = "\n".join([str(airflow.get(f"/dags/{dag}/details")), *logs])
    assert len(secrets) > 5
    assert [name for name in secrets if name in shown] == []
