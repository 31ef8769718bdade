"""The operator against a fake Java: what it starts, what it shows, and that nothing outlives it."""

from __future__ import annotations

import json
import signal
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from airflow.sdk.exceptions import AirflowException, AirflowFailException, AirflowSkipException
from structlog.testing import capture_logs

from furnistream_jobs import operator
from furnistream_jobs.again import DayOperator
from furnistream_jobs.assets import DAILY_RECORDS
from furnistream_jobs.live import LiveOperator
from furnistream_jobs.operator import JobOperator
from waiting import wait

DAY = {"from": "2023-12-01", "to": "2023-12-31", "records": 500, "seed": -1}
Java = Callable[[str], Path]


def run(options: Mapping[str, object] = DAY, job: str = "generate") -> list[tuple[str, str]]:
    """Executes the operator as a task would; its log as levels and lines, which an error carries as a note."""
    with capture_logs() as entries:
        try:
            JobOperator(task_id="job", job=job, options=options).execute({})
        except AirflowException as e:
            e.add_note(repr(lines(entries)))
            raise
    return lines(entries)


def lines(entries: list[dict]) -> list[tuple[str, str]]:
    """The log from the line on that says what is run."""
    logged = [(entry["log_level"], entry["event"]) for entry in entries]
    return [line for line in logged if "outside of the Task Runner" not in line[1]]


def started(folder: Path) -> dict:
    return json.loads((folder / "started").read_text())


def test_arguments_are_a_list_that_no_shell_sees(java: Java, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FURNISTREAM_BOOTSTRAP_SERVERS", "127.0.0.1:9")
    monkeypatch.setenv("AIRFLOW__CORE__FERNET_KEY", "a secret")
    monkeypatch.setenv("FURNISTREAM_JVM_OPTS", "-Xint  -Done=1")
    folder = java("ready()")
    run()
    child = started(folder)
    result = Path(child["argv"].pop(10).removeprefix("--result="))
    assert result.is_absolute()
    assert not result.parent.exists(), "it goes with the task"
    assert child["argv"] == [
        "-Xmx256m",
        "-XX:+UseSerialGC",
        "-XX:+ExitOnOutOfMemoryError",
        "-Duser.timezone=UTC",
        f"-Djava.io.tmpdir={tempfile.gettempdir()}",
        "-Xint",
        "-Done=1",
        "-jar",
        str(folder / "furnistream-jobs.jar"),
        "generate",
        "--from=2023-12-01",
        "--records=500",
        "--seed=-1",
        "--to=2023-12-31",
    ]
    assert child["environment"]["FURNISTREAM_BOOTSTRAP_SERVERS"] == "127.0.0.1:9"
    assert not [name for name in child["environment"] if "AIRFLOW" in name]
    assert child["environment"]["LC_ALL"] == "C.UTF-8", "else Java opens no file with an umlaut in its name"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("from", "$(touch x)"),
        ("from", "2023-12-01 --force"),
        ("from", "2023-12-01\n"),
        ("from", 20231201),
        ("records", "500"),
        ("records", "500; touch x"),
        ("records", 1.5),
        ("records", True),
        ("seed", None),
        ("late", "2%"),
        ("allow-refused", "2% --json"),
        ("allow-refused", "2\n"),
        ("allow-refused", 2),
        ("late", "2% --force"),
        ("late", True),
        ("poison", float("nan")),
        ("returns", None),
        ("rate", "50"),
        ("rate", 0.5),
        ("live", "yes"),
        ("live", False),
        ("drift", "yes"),
        ("drift", False),
        ("force", 1),
        ("export", "/tmp"),  # noqa: S108
        ("ranges", [{"from": "2023-12-01", "to": "$(touch x)"}]),
        ("ranges", [{"from": "2023-12-01", "export": "/tmp"}]),  # noqa: S108
    ],
)
def test_nothing_but_days_numbers_and_flags_becomes_an_argument(java: Java, name: str, value: object) -> None:
    folder = java("ready()")
    with pytest.raises(AirflowFailException):
        run({**DAY, name: value})
    assert not list(folder.glob("started*"))


def test_shares_are_plain_decimals_and_flags_have_no_value(java: Java) -> None:
    folder = java("ready()")
    run(
        {
            "demand": 500,
            "returns": 0,
            "late": 2,
            "duplicates": 0.5,
            "poison": 1e-05,
            "drift": True,
            "allow-refused": "1%",
        }
    )
    assert started(folder)["argv"][-7:] == [
        *(
            "--allow-refused=1%",
            "--demand=500",
            "--drift",
            "--duplicates=0.5%",
            "--late=2%",
            "--poison=0.00001%",
            "--returns=0%",
        )
    ]


def test_ranges_become_a_from_and_to_each(java: Java) -> None:
    folder = java("ready()")
    run({"ranges": [{"from": "2016-02-28", "to": "2016-02-29"}, {"from": "2019-07-04", "to": "2019-07-04"}]}, "rollup")
    assert started(folder)["argv"][-4:] == [
        *("--from=2016-02-28", "--to=2016-02-29", "--from=2019-07-04", "--to=2019-07-04")
    ]


def test_lines_come_as_they_are_written(java: Java) -> None:
    folder = java(
        """
        print("Generating: 1 of 2 records", file=sys.stderr, flush=True)
        while not os.path.exists(os.path.join(folder, "seen")): time.sleep(0.01)
        print("summary", flush=True)
        """
    )

    with capture_logs() as entries:
        operator = JobOperator(task_id="job", job="generate", options=DAY)
        seen = threading.Thread(
            target=lambda: (
                wait(lambda: ("info", "Generating: 1 of 2 records") in lines(entries), 20, "the line is there"),
                (folder / "seen").touch(),
            )
        )
        seen.start()
        operator.execute({})
        seen.join()
    assert lines(entries)[1:] == [("info", "Generating: 1 of 2 records"), ("info", "summary")]


def test_what_cannot_run_is_retried_and_reported_in_the_jobs_words(java: Java) -> None:
    java(
        """
        print("Generating: 5 of 10 records", file=sys.stderr)
        print("2026-11-22T16:46:02.716Z WARN  OffsetFetcherUtils [Consumer] Not updating", file=sys.stderr)
        result("cannot_run", "Kafka does not answer at 127.0.0.1:9. Run furnistream up.")
        sys.exit(2)
        """
    )
    with pytest.raises(AirflowException) as error:
        run()
    assert not isinstance(error.value, AirflowFailException)
    assert str(error.value) == (
        "Kafka does not answer at 127.0.0.1:9. Run furnistream up.\ngenerate ended with exit status 2."
    )
    assert repr(("error", str(error.value))) in error.value.__notes__[0]


def test_a_difference_is_not_tried_again(java: Java) -> None:
    java(
        """
        print("store  records")
        result("answer_is_no", None, {
            "problems": [
                {"severity": "error", "message": "2023-12-02 was started and not completed"},
                {"severity": "warning", "message": "Days not closed into Parquet: 1"},
            ],
            "differences": [
                {"ts_date": "2023-12-01", "store": "cassandra", "row": None, "column": "records",
                 "expected": "500", "found": "499", "difference": "-1"},
                {"ts_date": "2023-12-01", "store": "postgres.daily_state", "row": "Ohio", "column": "row",
                 "expected": "1", "found": "0", "difference": "-1"},
            ],
        })
        sys.exit(1)
        """
    )
    with pytest.raises(AirflowFailException) as error:
        run(job="verify")
    assert str(error.value).splitlines() == [
        "2023-12-02 was started and not completed",
        "2023-12-01 cassandra records: expected 500, found 499",
        "2023-12-01 postgres.daily_state Ohio row: expected 1, found 0",
        "verify ended with exit status 1.",
    ]
    assert "('info', 'store  records')" in error.value.__notes__[0]


@pytest.mark.parametrize("job", ["caught-up", "rollup", "generate"])
def test_what_has_not_caught_up_or_broke_is_tried_again(java: Java, job: str) -> None:
    java(
        """
        result("answer_is_no", None, {"problems": [{"severity": "error", "message": "Not caught up within 600 s"}]})
        sys.exit(1)
        """
    )
    with pytest.raises(AirflowException) as error:
        run(job=job)
    assert not isinstance(error.value, AirflowFailException)
    assert str(error.value).splitlines()[0] == "Not caught up within 600 s"


def test_wrong_usage_is_not_tried_again(java: Java) -> None:
    java(
        """
        print("--records is 1 to 5000000, not 0\\nUsage: generate [--json]\\n  --from=DAY   First day", file=sys.stderr)
        result("wrong_usage", "--records is 1 to 5000000, not 0")
        sys.exit(2)
        """
    )
    with pytest.raises(AirflowFailException) as error:
        run()
    assert str(error.value) == "--records is 1 to 5000000, not 0\ngenerate ended with exit status 2."


def test_a_job_that_is_killed_from_outside_is_tried_again(java: Java) -> None:
    java("os.kill(os.getpid(), signal.SIGKILL)")
    with pytest.raises(AirflowException, match="generate was ended by SIGKILL") as error:
        run()
    assert not isinstance(error.value, AirflowFailException)


def test_a_job_without_a_result_is_reported_by_its_last_lines(java: Java) -> None:
    java("for n in range(100_000): print('line', n, file=sys.stderr)\nsys.exit(2)")
    with pytest.raises(AirflowException) as error:
        run()
    assert str(error.value).splitlines()[-2:] == ["line 99999", "generate ended with exit status 2."]
    assert len(str(error.value).splitlines()) < 50
    assert error.value.__notes__[0].count("('info', 'line ") == 100_000


def test_of_very_many_differences_the_first_are_in_the_error(java: Java) -> None:
    java(
        """
        one = {"ts_date": "2023-12-01", "store": "s", "row": None, "column": "c", "expected": "1", "found": "0"}
        result("answer_is_no", None, {"differences": [one] * 1000})
        sys.exit(1)
        """
    )
    with pytest.raises(AirflowFailException) as error:
        run(job="verify")
    assert str(error.value).splitlines()[-2:] == ["and 960 more", "verify ended with exit status 1."]


def test_a_truncated_result_counts_as_none(java: Java) -> None:
    java(
        """
        result("done")
        with open(next(a.partition("=")[2] for a in sys.argv if a.startswith("--result=")), "w") as f:
            f.write('{"outcome": "wrong_us')
        print("No space left on device", file=sys.stderr)
        sys.exit(2)
        """
    )
    with pytest.raises(AirflowException) as error:
        run()
    assert str(error.value) == "No space left on device\ngenerate ended with exit status 2."


@pytest.mark.parametrize("variable", ["FURNISTREAM_JOBS_JAR", "FURNISTREAM_JAVA"])
def test_what_is_missing_is_named(java: Java, monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    java("")
    monkeypatch.setenv(variable, "/nonexistent")
    if variable == "FURNISTREAM_JAVA":  # setpriv says it, with status 127
        with pytest.raises(AirflowException, match="/nonexistent"):
            run()
    else:
        with pytest.raises(AirflowFailException, match="FURNISTREAM_JOBS_JAR is '/nonexistent', which is not a file"):
            run()


# As generate --live: it ends with 0 when it is asked to, and says then what it has done.
LIVE = """
def stop(*_):
    result("done")
    print("Records  42", flush=True)
    sys.exit(0)
signal.signal(signal.SIGTERM, stop)
ready()
time.sleep(30)
sys.exit("It was not stopped.")
"""
FORM = {"rate": 20, "demand": False, "records_per_day": 900, "seed": 7, "minutes": None}


def live(
    java: Java, *, began: timedelta = timedelta(0), attempt: int = 1, conf: dict[str, Any] | None = None, **params: Any
) -> dict:
    """What LiveOperator gets of a run that began so long ago."""
    java(LIVE)
    run = SimpleNamespace(conf=conf, start_date=datetime.now(UTC) - began)
    return {"params": {**FORM, **params, **(conf or {})}, "dag_run": run, "ti": SimpleNamespace(try_number=attempt)}


@contextmanager
def asked_to_end(task: JobOperator, folder: Path) -> Iterator[None]:
    """Ends the task as Airflow does, by a signal, once its job has started."""
    before = signal.signal(signal.SIGTERM, lambda *_: task.on_kill())
    ask = threading.Thread(
        target=lambda: (
            wait(lambda: (folder / "started").exists(), 20, "the job has started"),
            signal.pthread_kill(threading.main_thread().ident, signal.SIGTERM),
        )
    )
    ask.start()
    try:
        yield
    finally:
        ask.join()
        signal.signal(signal.SIGTERM, before)


def test_live_sales_end_as_success_when_their_time_is_over(
    java: Java, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(operator, "LEAST_SECONDS", 1.0)
    context = live(java, began=timedelta(seconds=58.5), minutes=1)
    with capture_logs() as entries:
        LiveOperator(task_id="follow").execute(context)
    assert ("info", "Records  42") in lines(entries)
    assert started(tmp_path)["argv"][-3:] == ["--live", "--rate=20", "--seed=7"]


def test_a_try_that_starts_when_the_time_is_over_still_completes_the_day(
    java: Java, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(operator, "LEAST_SECONDS", 0.5)
    context = live(java, began=timedelta(hours=2), minutes=1)
    with capture_logs() as entries:
        LiveOperator(task_id="follow").execute(context)
    assert ("info", "Records  42") in lines(entries)


@pytest.mark.parametrize(("attempt", "seconds"), [(1, 60), (2, 120), (10, 600), (500, 600)])
def test_each_try_has_longer_when_the_time_is_over(java: Java, attempt: int, seconds: float) -> None:
    """What one try cannot do on a busy machine, a later one can."""
    context = live(java, began=timedelta(hours=2), attempt=attempt)
    task = LiveOperator(task_id="follow", stop_after=timedelta(minutes=1))
    assert task._seconds_left(context) == seconds


def test_live_sales_that_airflow_ends_are_tried_again_unless_airflow_knows_better(java: Java, tmp_path: Path) -> None:
    """Their own end was clean, and still it was not the task's: Airflow is being restarted, or a user has marked it."""
    context = live(java)
    task = LiveOperator(task_id="follow")
    with asked_to_end(task, tmp_path), pytest.raises(AirflowException, match="generate has ended in order") as error:
        task.execute(context)
    assert not isinstance(error.value, AirflowFailException)


def test_live_sales_by_demand_have_no_rate(java: Java, tmp_path: Path) -> None:
    context = live(java, demand=True)
    task = LiveOperator(task_id="follow")
    with asked_to_end(task, tmp_path), pytest.raises(AirflowException):
        task.execute(context)
    assert started(tmp_path)["argv"][-3:] == ["--demand=900", "--live", "--seed=7"]


def test_a_misspelt_parameter_of_live_sales_is_named(java: Java, tmp_path: Path) -> None:
    with pytest.raises(AirflowFailException, match=r"Unknown parameters: 'minute'\. Known: .*minutes"):
        LiveOperator(task_id="follow").execute(live(java, conf={"minute": 5}))
    assert not (tmp_path / "started").exists()


def day(cleared: int) -> tuple[DayOperator, dict[str, Any], SimpleNamespace]:
    """The task of a day that was generated with others when its run had been cleared once; what Airflow hands it."""
    event = SimpleNamespace(extra={})
    options = {"from": "2023-12-01", "to": "2023-12-01", "demand": 500, "seed": 7, "late": 2}
    task = DayOperator(task_id="day", job="generate", options=options, cleared_before=1)
    return task, {"dag_run": SimpleNamespace(clear_number=cleared), "outlet_events": {DAILY_RECORDS: event}}, event


def test_a_day_that_was_not_cleared_starts_nothing_and_announces_nothing(java: Java, tmp_path: Path) -> None:
    java("ready()")
    task, context, event = day(cleared=1)
    with pytest.raises(AirflowSkipException, match=r"2023-12-01 was generated with other days.* Clear this task"):
        task.execute(context)
    assert not (tmp_path / "started.part").exists()
    assert not (tmp_path / "started").exists()
    assert event.extra == {}


def test_a_day_that_was_cleared_is_generated_and_announced_by_itself(java: Java, tmp_path: Path) -> None:
    java("ready()")
    task, context, event = day(cleared=2)
    task.execute(context)
    child = started(tmp_path)
    assert child["argv"][-5:] == ["--demand=500", "--from=2023-12-01", "--late=2%", "--seed=7", "--to=2023-12-01"]
    assert event.extra == {
        "start_date": "2023-12-01",
        "end_date": "2023-12-01",
        "records_per_day": 500,
        "demand": True,
        "seed": 7,
        "late": 2,
    }


def test_a_day_that_fails_is_tried_again_and_is_not_announced(java: Java) -> None:
    java("sys.exit(1)")
    task, context, event = day(cleared=2)
    with pytest.raises(AirflowException, match="generate ended with exit status 1") as error:
        task.execute(context)
    assert not isinstance(error.value, AirflowFailException | AirflowSkipException)
    assert event.extra == {}
