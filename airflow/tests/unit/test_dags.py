"""What Airflow makes of the DAG files: structure, form, and what plan hands to the jobs."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from airflow.dag_processing.dagbag import DagBag
from airflow.sdk import DAG, Asset, timezone
from airflow.sdk.exceptions import AirflowFailException, ParamValidationError
from airflow.serialization.serialized_objects import DagSerialization
from airflow.timetables.base import DataInterval, TimeRestriction

from furnistream_jobs.assets import DAILY_RECORDS, DAILY_REPORT
from furnistream_jobs.days import DayRange, requested
from furnistream_jobs.live import KNOWN
from furnistream_jobs.presets import filled_in

DAGS = Path(__file__).parents[2] / "dags"
FAULTS = ("late", "duplicates", "corrections", "poison")
DEFAULTS = {
    "preset": None,
    "start_date": None,
    "end_date": None,
    "records_per_day": 500,
    "demand": False,
    "seed": 1,
    "returns": None,
    **dict.fromkeys(FAULTS, 0),
    "drift": False,
}

LIVE = {"rate": 50, "demand": False, "records_per_day": 10_000, "seed": 1, "minutes": None}


@pytest.fixture(scope="module")
def bag() -> DagBag:
    return DagBag(DAGS)


@pytest.fixture
def fake_data(bag: DagBag) -> DAG:
    return bag.dags["fake_data"]


@pytest.fixture
def live_sales(bag: DagBag) -> DAG:
    return bag.dags["live_sales"]


@pytest.fixture
def day_close(bag: DagBag) -> DAG:
    return bag.dags["day_close"]


def test_the_dags_load_and_nothing_else_is_taken_for_one(bag: DagBag) -> None:
    assert bag.import_errors == {}
    assert sorted(bag.dags) == ["day_close", "fake_data", "live_sales", "replay_csv"]
    assert {Path(stat.file).name for stat in bag.dagbag_stats} == {
        *("day_close.py", "fake_data.py", "live_sales.py", "replay_csv.py")
    }


def edges(dag: DAG) -> dict[str, set[str]]:
    return {task.task_id: set(task.downstream_task_ids) for task in dag.tasks}


def test_fake_data_generates_in_tasks_between_its_plan_and_its_announcement(fake_data: DAG) -> None:
    assert edges(fake_data) == {
        "plan": {"generate", "announce"},
        "generate": {"announce"},
        "announce": {"day"},
        "day": set(),
    }
    assert fake_data.get_task("generate").is_mapped
    assert fake_data.get_task("day").is_mapped
    assert {task.task_id: list(task.outlets) for task in fake_data.tasks if task.outlets} == {
        "announce": [DAILY_RECORDS],
        "day": [DAILY_RECORDS],
    }


def test_day_close_waits_then_closes_then_proves_then_announces(day_close: DAG) -> None:
    assert edges(day_close) == {
        "plan": {"caught_up", "rollup", "verify", "announce"},
        "caught_up": {"rollup"},
        "rollup": {"verify"},
        "verify": {"announce"},
        "announce": set(),
    }
    assert {task.task_id: list(task.outlets) for task in day_close.tasks if task.outlets} == {
        "announce": [DAILY_REPORT]
    }


def test_live_sales_is_one_task_that_only_a_person_starts(live_sales: DAG) -> None:
    assert edges(live_sales) == {"follow": set()}
    scheduled = DagSerialization.from_dict(DagSerialization.to_dict(live_sales))
    assert not scheduled.timetable.can_be_scheduled


def test_every_task_is_bounded_but_the_one_that_goes_on_until_it_is_stopped(bag: DagBag) -> None:
    for dag in bag.dags.values():
        for task in dag.tasks:
            if task.task_id == "follow":
                assert task.execution_timeout is None
                assert task.retries >= 1_000
                assert task.retry_delay <= timedelta(seconds=10)
                continue
            assert 0 < task.retries <= 3
            if task.task_type == "JobOperator":
                assert task.execution_timeout <= timedelta(hours=6)
    assert bag.dags["day_close"].max_active_runs == 1
    assert bag.dags["live_sales"].max_active_runs == 1
    for of_generate in ("generate", "day"):
        assert bag.dags["fake_data"].get_task(of_generate).max_active_tis_per_dag == 2


def test_a_new_stack_waits_for_its_first_midnight(fake_data: DAG) -> None:
    scheduled = DagSerialization.from_dict(DagSerialization.to_dict(fake_data))
    assert not scheduled.catchup
    info = scheduled.timetable.next_dagrun_info(
        last_automated_data_interval=None, restriction=TimeRestriction(None, None, catchup=False)
    )
    local = info.run_after.in_timezone("America/New_York")
    now = datetime.now(UTC)
    assert now - timedelta(minutes=1) < info.run_after <= now + timedelta(hours=25)
    assert (local.hour, local.minute) == (0, 0)


@pytest.mark.parametrize(
    ("ended", "next_end", "day"),
    [
        ("2024-02-29T05:00Z", "2024-03-01T05:00Z", "2024-02-29"),
        # A day of 23 hours, and one of 25.
        ("2024-03-10T05:00Z", "2024-03-11T04:00Z", "2024-03-10"),
        ("2024-11-03T04:00Z", "2024-11-04T05:00Z", "2024-11-03"),
    ],
)
def test_a_run_starts_when_a_day_of_the_store_ends_and_is_for_that_day(
    fake_data: DAG, ended: str, next_end: str, day: str
) -> None:
    scheduled = DagSerialization.from_dict(DagSerialization.to_dict(fake_data))
    info = scheduled.timetable.next_dagrun_info(
        last_automated_data_interval=DataInterval.exact(timezone.parse(ended)),
        restriction=TimeRestriction(None, None, catchup=True),
    )
    assert info.run_after == timezone.parse(next_end)
    assert requested({}, info.logical_date) == DayRange(date.fromisoformat(day), date.fromisoformat(day))


def test_the_form_explains_itself_and_works_untouched(bag: DagBag) -> None:
    for dag in bag.dags.values():
        assert dag.doc_md
        for name in dag.params:
            param = dag.params.get_param(name)
            assert param.description
            if dag.dag_id != "replay_csv":  # which cannot guess the file
                param.resolve()
    assert bag.dags["fake_data"].params.dump() == DEFAULTS
    assert bag.dags["live_sales"].params.dump() == LIVE
    assert set(KNOWN) == set(LIVE)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *((day, value) for day in ("start_date", "end_date") for value in (None, "2023-12-01", "2024-02-29")),
        ("records_per_day", 1),
        ("records_per_day", 5_000_000),
        ("seed", 0),
        ("seed", -(2**53 - 1)),
        ("seed", 2**53 - 1),
        *(("preset", value) for value in (None, "quiet month", "December rush", "everything goes wrong")),
        *((flag, value) for flag in ("demand", "drift") for value in (True, False)),
        *(("returns", value) for value in (None, 0, 0.5, 20)),
        *((fault, value) for fault in FAULTS for value in (0, 0.1, 50)),
    ],
)
def test_the_form_takes(fake_data: DAG, name: str, value: object) -> None:
    assert fake_data.params.get_param(name).__copy__().resolve(value) == value


HOSTILE = [
    "$(touch x)",
    "`touch x`",
    "'; touch x; '",
    '"',
    "2023-12-01\n",
    "\n",
    "--force",
    "",
    "{{ 1 }}",
    ["x"],
    {"x": 1},
]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *((name, value) for name in DEFAULTS for value in HOSTILE),
        *(
            (day, value)
            for day in ("start_date", "end_date")
            for value in ("2023-02-30", "2023-2-3", "20231201", 1, True)
        ),
        *(("records_per_day", value) for value in (None, 0, -1, 5_000_001, 10**30, 1.5, "500", True, float("inf"))),
        *(("seed", value) for value in (None, 2**53, -(2**53), 10**30, 0.5, "1", False, float("inf"))),
        *((flag, value) for flag in ("demand", "drift") for value in (None, 1, "true")),
        *(("returns", value) for value in (-1, 20.1, "2%", True, float("inf"))),
        *((fault, value) for fault in FAULTS for value in (None, -0.1, 51, "2%", True, float("inf"))),
    ],
)
def test_the_form_refuses(fake_data: DAG, name: str, value: object) -> None:
    with pytest.raises(ParamValidationError):
        fake_data.params.get_param(name).__copy__().resolve(value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("rate", value) for value in (1, 50, 1_000)),
        *(("records_per_day", value) for value in (1, 5_000_000)),
        *(("minutes", value) for value in (None, 1, 1_440)),
        *(("seed", value) for value in (0, -(2**53 - 1), 2**53 - 1)),
        *(("demand", value) for value in (True, False)),
    ],
)
def test_the_form_of_live_sales_takes(live_sales: DAG, name: str, value: object) -> None:
    assert live_sales.params.get_param(name).__copy__().resolve(value) == value


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *((name, value) for name in LIVE for value in HOSTILE),
        *(("rate", value) for value in (None, 0, -1, 1_001, 1.5, "50", True)),
        *(("records_per_day", value) for value in (None, 0, 5_000_001, 1.5, "500", True)),
        *(("minutes", value) for value in (0, -1, 1_441, 1.5, "5", True)),
        *(("seed", value) for value in (None, 2**53, 0.5, "1", False)),
        *(("demand", value) for value in (None, 1, "true")),
    ],
)
def test_the_form_of_live_sales_refuses(live_sales: DAG, name: str, value: object) -> None:
    with pytest.raises(ParamValidationError):
        live_sales.params.get_param(name).__copy__().resolve(value)


def planned(dag: DAG, conf: dict[str, Any], **context: Any) -> list[dict[str, Any]]:
    params = {**dag.params.dump(), **conf}
    plan = dag.get_task("plan").python_callable
    return plan(params=params, dag_run=SimpleNamespace(conf=conf), **context)


def test_fake_data_plans_small_days_together(fake_data: DAG) -> None:
    assert planned(
        fake_data, {"start_date": "2024-02-28", "end_date": "2024-03-01", "records_per_day": 7, "seed": -3}
    ) == [{"from": "2024-02-28", "to": "2024-03-01", "records": 7, "seed": -3}]


def test_fake_data_plans_large_days_alone_and_others_in_parts(fake_data: DAG) -> None:
    days = {"start_date": "2024-02-27", "end_date": "2024-03-01"}
    assert [(part["from"], part["to"]) for part in planned(fake_data, {**days, "records_per_day": 5_000_000})] == [
        ("2024-02-27", "2024-02-27"),
        ("2024-02-28", "2024-02-28"),
        ("2024-02-29", "2024-02-29"),
        ("2024-03-01", "2024-03-01"),
    ]
    assert [(part["from"], part["to"]) for part in planned(fake_data, {**days, "records_per_day": 16_000})] == [
        ("2024-02-27", "2024-02-29"),
        ("2024-03-01", "2024-03-01"),
    ]


def announced(dag: DAG, parts: list[dict[str, Any]], cleared: int = 0) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """What announce says of tasks of generate, and what it returns."""
    event = SimpleNamespace(extra=None)
    announce = dag.get_task("announce").python_callable
    days = announce(parts, dag_run=SimpleNamespace(clear_number=cleared), outlet_events={DAILY_RECORDS: event})
    return event.extra, days


def test_each_day_that_shares_a_task_has_one_in_addition_and_a_day_alone_has_none(fake_data: DAG) -> None:
    days = {"start_date": "2024-02-27", "end_date": "2024-03-01", "late": 0.5}
    shared = planned(fake_data, {**days, "records_per_day": 16_000})
    alone = {"records": 16_000, "seed": 1, "late": 0.5}
    said = {"start_date": "2024-02-27", "end_date": "2024-03-01", "records_per_day": 16_000, "demand": False}
    assert announced(fake_data, shared, cleared=3) == (
        said | {"seed": 1, "late": 0.5},
        [
            {"options": {"from": day, "to": day, **alone}, "cleared_before": 3}
            for day in ("2024-02-27", "2024-02-28", "2024-02-29")
        ],
    )
    assert announced(fake_data, planned(fake_data, {**days, "records_per_day": 50_000}))[1] == []


def test_what_the_form_says_becomes_the_jobs_options(fake_data: DAG) -> None:
    day = {"start_date": "2024-02-28"}
    assert planned(fake_data, {**day, "demand": True, "records_per_day": 900, "returns": 0, "late": 0.5}) == [
        {"from": "2024-02-28", "to": "2024-02-28", "demand": 900, "seed": 1, "returns": 0, "late": 0.5}
    ]
    assert planned(fake_data, {**day, "poison": 1, "duplicates": 2, "corrections": 3, "drift": True}) == [
        {
            "from": "2024-02-28",
            "to": "2024-02-28",
            "records": 500,
            "seed": 1,
            "duplicates": 2,
            "corrections": 3,
            "poison": 1,
            "drift": True,
        }
    ]


def test_a_preset_fills_in_what_was_left(fake_data: DAG) -> None:
    (quiet,) = planned(fake_data, {"preset": "quiet month", "seed": 4})
    assert quiet["from"].endswith("-02-01")
    assert quiet["to"][:7] == quiet["from"][:7]
    assert (quiet["demand"], quiet["seed"]) == (200, 4)
    (wrong,) = planned(fake_data, {"preset": "everything goes wrong", "poison": 5, "start_date": "2024-02-28"} | TO)
    assert wrong == {
        "from": "2024-02-28",
        "to": "2024-02-29",
        "records": 2_000,
        "seed": 1,
        "returns": 2,
        "late": 2,
        "duplicates": 2,
        "corrections": 2,
        "poison": 5,
        "drift": True,
    }


TO = {"end_date": "2024-02-29"}


@pytest.mark.parametrize(
    ("preset", "ended", "days"),
    [
        ("quiet month", date(2024, 2, 28), ("2023-02-01", "2023-02-28")),
        ("quiet month", date(2024, 2, 29), ("2024-02-01", "2024-02-29")),
        ("quiet month", date(2024, 3, 1), ("2024-02-01", "2024-02-29")),
        ("December rush", date(2024, 12, 30), ("2023-12-01", "2023-12-31")),
        ("December rush", date(2024, 12, 31), ("2024-12-01", "2024-12-31")),
        ("December rush", date(2025, 1, 1), ("2024-12-01", "2024-12-31")),
        ("everything goes wrong", date(2025, 1, 3), ("2024-12-28", "2025-01-03")),
    ],
)
def test_a_preset_means_the_latest_days_that_have_ended(preset: str, ended: date, days: tuple[str, str]) -> None:
    filled = filled_in({**DEFAULTS, "preset": preset}, DEFAULTS, ended)
    assert (filled["start_date"], filled["end_date"]) == days


def test_a_scheduled_run_is_for_the_day_that_ends_at_its_logical_date(fake_data: DAG) -> None:
    midnight = datetime(2023, 12, 2, 5, 0, tzinfo=UTC)
    assert planned(fake_data, {}, logical_date=midnight) == [
        {"from": "2023-12-01", "to": "2023-12-01", "records": 500, "seed": 1}
    ]


def test_a_number_that_json_spells_with_a_point_stays_whole(fake_data: DAG) -> None:
    (day,) = planned(fake_data, {"start_date": "2023-12-01", "records_per_day": 500.0, "seed": 2.0})
    assert (repr(day["records"]), repr(day["seed"])) == ("500", "2")


def test_a_misspelt_parameter_is_named(bag: DagBag) -> None:
    for dag in (bag.dags["fake_data"], bag.dags["day_close"]):
        with pytest.raises(AirflowFailException, match=r"Unknown parameters: 'start'\. Known: .*start_date, end_date"):
            planned(dag, {"start": "2023-12-01"})


class InletEvents:
    """Events of daily_records by time, as a task asks for them."""

    def __init__(self, events: list[SimpleNamespace]) -> None:
        self._events = events

    def __getitem__(self, asset: Asset) -> InletEvents:
        assert asset == DAILY_RECORDS
        return self

    def after(self, after: str) -> InletEvents:
        return InletEvents([event for event in self._events if event.timestamp.isoformat() > after])

    def ascending(self) -> InletEvents:
        return InletEvents(sorted(self._events, key=lambda event: event.timestamp))

    def limit(self, limit: int) -> list[SimpleNamespace]:
        return self._events[:limit]


def events(*extras: dict[str, Any], earlier: tuple = (), later: tuple = ()) -> dict[str, Any]:
    """What a run of day_close is started by, and what was announced before and since."""
    noon = datetime(2024, 1, 2, 17, 0, tzinfo=UTC)
    every = [
        SimpleNamespace(extra=extra, timestamp=noon + timedelta(minutes=minutes, seconds=second))
        for minutes, group in ((-10, earlier), (0, extras), (10, later))
        for second, extra in enumerate(group)
    ]
    started_by = every[len(earlier) : len(earlier) + len(extras)]
    return {
        "triggering_asset_events": {DAILY_RECORDS: started_by} if started_by else {},
        "inlet_events": InletEvents(every),
    }


def test_day_close_joins_the_days_of_all_events(day_close: DAG) -> None:
    assert planned(
        day_close,
        {},
        **events(
            {"start_date": "2023-12-04", "end_date": "2023-12-05", "seed": 1},
            {"start_date": "2023-12-01", "end_date": "2023-12-03"},
            {"start_date": "2024-01-01", "end_date": "2024-01-01"},
        ),
    ) == [[{"from": "2023-12-01", "to": "2023-12-05"}], [{"from": "2024-01-01", "to": "2024-01-01"}]]


def test_day_close_by_hand_takes_any_range(day_close: DAG) -> None:
    by_hand = {"start_date": "2023-12-01", "end_date": "2023-12-31"}
    assert planned(day_close, by_hand, **events()) == [[{"from": "2023-12-01", "to": "2023-12-31"}]]


def test_day_close_takes_up_what_was_announced_since_it_was_started(day_close: DAG) -> None:
    def day(of: str) -> dict[str, str]:
        return {"start_date": of, "end_date": of}

    assert planned(
        day_close,
        {},
        **events(
            day("2023-12-05"),
            earlier=(day("2023-12-01"),),
            later=(day("2023-12-06"), {"start_date": "no"}, {}, None, day("2023-12-09")),
        ),
    ) == [[{"from": "2023-12-05", "to": "2023-12-06"}], [{"from": "2023-12-09", "to": "2023-12-09"}]]


def test_day_close_closes_many_ranges_by_few_jobs_and_no_day_between_them(day_close: DAG, bag: DagBag) -> None:
    """A shop that is closed on Sundays for four years, and sold something once before."""
    sundays = [date(2016, 1, 3) + timedelta(weeks=n) for n in range(208)]
    weeks = [{"start_date": str(day + timedelta(days=1)), "end_date": str(day + timedelta(days=6))} for day in sundays]
    once = {"start_date": "1999-05-05", "end_date": "1999-05-05"}
    groups = planned(day_close, {}, **events({"ranges": [*weeks, once], "dataset": "shop"}))
    assert [{"start_date": of["from"], "end_date": of["to"]} for group in groups for of in group] == [once, *weeks]
    assert [len(group) for group in groups] == [1, 100, 100, 8]
    module = sys.modules[day_close.get_task("plan").python_callable.__module__]
    assert module.to_close(groups[3]) == {"ranges": groups[3]}
    assert module.to_prove(groups[3]) == {"from": groups[3][0]["from"], "to": groups[3][-1]["to"]}


def test_day_close_proves_although_so_many_records_are_refused_as_its_form_allows(day_close: DAG) -> None:
    days = {"start_date": "2023-12-01", "end_date": "2023-12-02"}
    (group,) = planned(day_close, {**days, "allow_refused": "0.5%"}, triggering_asset_events={})
    module = sys.modules[day_close.get_task("plan").python_callable.__module__]
    assert module.to_close(group) == {"ranges": [{"from": "2023-12-01", "to": "2023-12-02"}]}
    assert module.to_prove(group) == {"from": "2023-12-01", "to": "2023-12-02", "allow-refused": "0.5%"}


@pytest.mark.parametrize("value", [None, "0", "20", "0.5%", "100%"])
def test_the_form_of_day_close_takes(day_close: DAG, value: object) -> None:
    assert day_close.params.get_param("allow_refused").__copy__().resolve(value) == value


@pytest.mark.parametrize("value", [*HOSTILE, "all", "-1", "5 %", "", "20 ", 20, 0.5, True])
def test_the_form_of_day_close_refuses(day_close: DAG, value: object) -> None:
    with pytest.raises(ParamValidationError):
        day_close.params.get_param("allow_refused").__copy__().resolve(value)


@pytest.mark.parametrize(
    "extra",
    [
        {},
        {"start_date": "2023-12-01"},
        {"start_date": "$(x)", "end_date": "2023-12-01"},
        {"ranges": [{"start_date": "2023-12-01"}]},
        {"ranges": [{"start_date": "2023-12-01", "end_date": "x"}]},
    ],
)
def test_an_event_that_states_no_days_is_refused(day_close: DAG, extra: dict[str, Any]) -> None:
    with pytest.raises(AirflowFailException, match="is not a date"):
        planned(day_close, {}, **events(extra))
