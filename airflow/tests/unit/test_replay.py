"""What replay_csv asks of the job, what it refuses, and which days it announces."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from airflow.dag_processing.dagbag import DagBag
from airflow.sdk import DAG
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException, ParamValidationError
from structlog.testing import capture_logs

from furnistream_jobs.assets import DAILY_RECORDS
from furnistream_jobs.inbox import VARIABLE, Inbox
from furnistream_jobs.replay import ReplayOperator

DAGS = Path(__file__).parents[2] / "dags"
ASKED_AT = datetime(2026, 11, 29, 14, 0, 0, 500_000, tzinfo=UTC)
DEFAULTS = {"dataset": None, "replace": False, "strict": False}
Java = Callable[[str], Path]


@pytest.fixture
def inbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "in box"
    folder.mkdir()
    for name in ("shop.csv", "--help.csv", "shop.csv.rejected.csv", "my-shop.yaml", "My Shop.yaml"):
        (folder / name).write_text("x")
    (tmp_path / "outside.csv").write_text("x")
    monkeypatch.setenv(VARIABLE, str(folder))
    return folder


@pytest.fixture(scope="module")
def dag() -> DAG:
    return DagBag(DAGS / "replay_csv.py").dags["replay_csv"]


@pytest.fixture(scope="module")
def module(dag: DAG) -> ModuleType:
    return sys.modules[dag.get_task("plan").python_callable.__module__]


def planned(dag: DAG, conf: dict[str, Any]) -> list[dict[str, Any]]:
    plan = dag.get_task("plan").python_callable
    return plan(params={**DEFAULTS, **conf}, dag_run=SimpleNamespace(conf=conf, run_after=ASKED_AT))


def test_one_task_replays_and_one_announces_and_runs_do_not_meet(dag: DAG) -> None:
    assert {task.task_id: set(task.downstream_task_ids) for task in dag.tasks} == {
        "plan": {"replay", "announce"},
        "replay": {"announce"},
        "announce": set(),
    }
    assert {task.task_id: list(task.outlets) for task in dag.tasks if task.outlets} == {"announce": [DAILY_RECORDS]}
    assert dag.max_active_runs == 1


def test_the_form_lists_the_inbox_and_takes_what_it_does_not_list(module: ModuleType, inbox: Path) -> None:
    form = module.form(Inbox(inbox))
    assert form["files"].schema["examples"] == ["--help.csv", "shop.csv", "shop.csv.rejected.csv"]
    assert form["mapping"].schema["examples"] == ["superstore", "kaggle-sales", "My Shop", "my-shop"]
    form["files"].resolve(["just-put-there.csv"])
    form["mapping"].resolve("just-put-there")
    for name, value in [
        *(("files", value) for value in ([], "shop.csv", None, [1], ["x"] * 101)),
        *(("mapping", value) for value in (None, "", 1)),
        *(("dataset", value) for value in (1, [])),
        *((flag, value) for flag in ("replace", "strict") for value in (None, "true", 1)),
    ]:
        with pytest.raises(ParamValidationError):
            form[name].__copy__().resolve(value)


def test_the_form_says_what_to_do_when_there_is_no_file(module: ModuleType, tmp_path: Path) -> None:
    assert f"There is no file yet: put one into {tmp_path}" in module.form(Inbox(tmp_path))["files"].description
    assert VARIABLE in module.form(Inbox(None))["files"].description


def test_the_request_names_files_and_its_dataset(dag: DAG, inbox: Path) -> None:
    assert planned(dag, {"files": ["shop.csv"], "mapping": "my-shop", "replace": True}) == [
        {
            "files": ["shop.csv"],
            "mapping": "my-shop",
            "dataset": "my-shop",
            "replace": True,
            "strict": False,
            "since": "2026-11-29T14:00:00.500000Z",
        }
    ]


@pytest.mark.parametrize(
    ("conf", "message"),
    [
        ({"files": ["../outside.csv"]}, "'../outside.csv' is not the name of a file in the inbox"),
        ({"files": ["/etc/passwd"]}, "'/etc/passwd' is not the name of a file in the inbox"),
        ({"files": ["shop.csv", "gone.csv"]}, "There is no file 'gone.csv' in the inbox"),
        ({"files": ["shop.csv", "shop.csv"]}, "'shop.csv' is named twice"),
        (
            {"files": ["shop.csv", "shop.csv.rejected.csv"]},
            "'shop.csv' and its rejected rows cannot be replayed at once",
        ),
        ({"files": ["shop.csv.rejected.csv"], "replace": True}, "Replay it without replace"),
        ({"mapping": "../my-shop"}, "mapping '../my-shop' is not the name of a mapping"),
        ({"mapping": "gone"}, "There is no mapping 'gone'"),
        ({"mapping": "My Shop"}, r"dataset 'my shop' cannot be one.* It is the mapping's name unless you give one"),
        *(
            ({"dataset": name}, "cannot be one: write lower-case")
            for name in ("", "A", "a b", "-a", "a\n", "ä", "a" * 101)
        ),
        ({"file": "shop.csv"}, "Unknown parameters: 'file'. Known: files, mapping"),
    ],
)
def test_what_cannot_be_replayed_is_refused_in_words(dag: DAG, inbox: Path, conf: dict[str, Any], message: str) -> None:
    with pytest.raises(AirflowFailException, match=message):
        planned(dag, {"files": ["shop.csv"], "mapping": "my-shop", **conf})


REPORT = '{"dataset": "my-shop", "rejected": 0, "changed_days": ["2016-02-29", "2016-02-28", "2019-07-01"]}'


def run(dag: DAG, conf: dict[str, Any]) -> tuple[Any, list[dict]]:
    (options,) = planned(dag, conf)
    with capture_logs() as entries:
        return ReplayOperator(task_id="replay", job="replay", options=options).execute({}), entries


def test_the_job_gets_paths_behind_its_options(dag: DAG, java: Java, inbox: Path) -> None:
    folder = java(f"ready()\nresult('done', None, json.loads({REPORT!r}))")
    replayed, _ = run(dag, {"files": ["--help.csv", "shop.csv"], "mapping": "my-shop", "dataset": "a", "strict": True})
    started = json.loads((folder / "started").read_text())
    assert started["argv"][started["argv"].index("replay") + 2 :] == [
        f"--mapping={inbox / 'my-shop.yaml'}",
        "--dataset=a",
        "--since=2026-11-29T14:00:00.500000Z",
        "--strict",
        "--",
        str(inbox / "--help.csv"),
        str(inbox / "shop.csv"),
    ]
    assert replayed == {
        "dataset": "my-shop",
        "ranges": [
            {"start_date": "2016-02-28", "end_date": "2016-02-29"},
            {"start_date": "2019-07-01", "end_date": "2019-07-01"},
        ],
    }


def test_rejected_rows_are_spoken_of_and_no_changed_day_is_none(dag: DAG, java: Java, inbox: Path) -> None:
    java("result('done', None, {'dataset': 'my-shop', 'rejected': 3})")
    replayed, entries = run(dag, {"files": ["shop.csv"], "mapping": "my-shop"})
    assert replayed == {"dataset": "my-shop", "ranges": []}
    assert [e["event"] for e in entries if e["log_level"] == "warning" and "no sales: 3" in e["event"]]


def test_wrong_input_is_not_tried_again(dag: DAG, java: Java, inbox: Path) -> None:
    java("result('wrong_input', 'shop.csv has no column Day')\nsys.exit(2)")
    with pytest.raises(AirflowFailException, match="has no column Day"):
        run(dag, {"files": ["shop.csv"], "mapping": "my-shop"})


def test_a_file_that_became_a_link_meanwhile_is_not_read(dag: DAG, java: Java, inbox: Path) -> None:
    folder = java("ready()")
    (options,) = planned(dag, {"files": ["shop.csv"], "mapping": "my-shop"})
    (inbox / "shop.csv").unlink()
    (inbox / "shop.csv").symlink_to(inbox.parent / "outside.csv")
    with pytest.raises(AirflowFailException, match=r"'shop.csv' is a link"):
        ReplayOperator(task_id="replay", job="replay", options=options).execute({})
    assert not list(folder.glob("started*"))


def announced(dag: DAG, *days: tuple[date, date]) -> dict[str, Any] | None:
    event = SimpleNamespace(extra=None)
    ranges = [{"start_date": str(start), "end_date": str(end)} for start, end in days]
    dag.get_task("announce").python_callable(
        [{"dataset": "shop", "files": ["shop.csv"]}],
        [{"dataset": "shop", "ranges": ranges}],
        outlet_events={DAILY_RECORDS: event},
    )
    return event.extra


def test_days_that_have_ended_are_announced_and_others_named(dag: DAG, caplog: pytest.LogCaptureFixture) -> None:
    today = datetime.now(UTC).date()
    past = date(2016, 1, 1)
    extra = announced(dag, (past, past), (today - timedelta(days=3), today + timedelta(days=400)))
    first, last = extra["ranges"]
    assert first == {"start_date": "2016-01-01", "end_date": "2016-01-01"}
    assert last["start_date"] == str(today - timedelta(days=3))
    # In the store's zone, New York's.
    assert last["end_date"] in (str(today - timedelta(days=1)), str(today - timedelta(days=2)))
    assert (extra["dataset"], extra["files"]) == ("shop", ["shop.csv"])
    assert f"to {today + timedelta(days=400)} has not ended in the store's zone" in caplog.text


def test_nothing_is_announced_where_no_day_is_to_be_closed(dag: DAG) -> None:
    tomorrow = datetime.now(UTC).date() + timedelta(days=1)
    for days in ((), ((tomorrow, tomorrow),)):
        with pytest.raises(AirflowSkipException, match="nothing to close"):
            announced(dag, *days)
