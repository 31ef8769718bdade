"""A running stack, as tests see it: the furnistream command, Airflow's REST API, PostgreSQL, processes."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import httpx
import psycopg2

from waiting import wait

CHECKOUT = Path(__file__).parents[2]

#: Seconds for what runs on two cores that others use, too.
PATIENCE = 600


class Stack:
    """One stack: its state folder and ports."""

    def __init__(self, state: Path, offset: int) -> None:
        self.state = state
        self.offset = offset

    def command(self, *arguments: str) -> str:
        """Runs a furnistream command to its end and returns what it printed.

        Raises:
            AssertionError: it failed.
        """
        java_home = os.environ.get("JAVA_HOME")
        result = subprocess.run(
            [
                str(Path(java_home, "bin", "java")) if java_home else "java",
                "-Xmx256m",
                "-XX:+UseSerialGC",
                f"-Dfurnistream.home={CHECKOUT}",
                "-cp",
                f"{CHECKOUT}/local/command/target/lib/*",
                "io.furnistream.command.Furnistream",
                *arguments,
                "--state",
                str(self.state),
                "--port-offset",
                str(self.offset),
            ],
            capture_output=True,
            text=True,
            check=False,
            timeout=600,
        )
        assert result.returncode == 0, f"furnistream {' '.join(arguments)}: {result.stdout}{result.stderr}"
        return result.stdout

    @property
    def secrets(self) -> dict[str, str]:
        lines = (self.state / "secrets.env").read_text().splitlines()
        return dict(line.split("=", 1) for line in lines if "=" in line)

    @property
    def inbox(self) -> Path:
        """Where files lie that replay_csv may read."""
        return self.state / "inbox"

    def closed_days(self) -> set[str]:
        """Every day that is closed."""
        return {path.name.removesuffix(".manifest.json") for path in (self.state / "export").glob("*.manifest.json")}

    def manifest(self, day: str) -> dict[str, Any] | None:
        """What a closed day states of itself, or None when it is not closed."""
        path = self.state / "export" / f"{day}.manifest.json"
        return json.loads(path.read_text()) if path.exists() else None

    def jobs(self, *arguments: str) -> list[int]:
        """Processes of this stack that run a job with all of these arguments."""
        return [
            pid
            for pid, line in processes()
            if "furnistream-jobs.jar" in line
            and all(argument in line.split("\0") for argument in arguments)
            and self.is_of(pid, "airflow-scheduler")
        ]

    def airflow_cli(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Runs Airflow's own command line with the environment that its scheduler has."""
        scheduler = next(pid for pid, _ in processes() if self._is_scheduler(pid))
        environment = dict(
            entry.split("=", 1) for entry in Path(f"/proc/{scheduler}/environ").read_text().split("\0") if "=" in entry
        )
        program = Path(f"/proc/{scheduler}/cmdline").read_text().split("\0")[0]
        return subprocess.run(
            [program, "-m", "airflow", *arguments],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    def _is_scheduler(self, pid: int) -> bool:
        try:
            line = Path(f"/proc/{pid}/cmdline").read_text().split("\0")
        except OSError:
            return False
        return line[1:4] == ["-m", "airflow", "scheduler"] and self.is_of(pid, "airflow-scheduler")

    def is_of(self, pid: int, service: str) -> bool:
        """Whether a service of this stack started the process, directly or indirectly."""
        try:
            return f"FURNISTREAM_SERVICE={self.state}:{service}" in Path(f"/proc/{pid}/environ").read_text()
        except OSError:
            return False


def processes() -> Iterator[tuple[int, str]]:
    """Every living process: pid and command line, its arguments separated by NUL."""
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                yield int(folder.name), (folder / "cmdline").read_text()
            except OSError:
                continue


@dataclass(frozen=True)
class Task:
    """A task of a run. ``index`` is -1 for one that is not mapped."""

    name: str
    index: int
    state: str
    tries: int
    label: str | None


class Airflow:
    """Airflow's REST API."""

    def __init__(self, stack: Stack) -> None:
        self.url = f"http://127.0.0.1:{8080 + stack.offset}"
        self.password = stack.secrets["AIRFLOW_ADMIN_PASSWORD"]
        self._http = httpx.Client(base_url=self.url, timeout=60, trust_env=False)

    def __enter__(self) -> Self:
        answer = self._http.post("/auth/token", json={"username": "admin", "password": self.password})
        answer.raise_for_status()
        self._http.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def get(self, path: str, **parameters: Any) -> dict[str, Any]:
        return self._http.get(f"/api/v2{path}", params=parameters).raise_for_status().json()

    def post(self, path: str, body: dict[str, Any]) -> httpx.Response:
        return self._http.post(f"/api/v2{path}", json=body)

    def ask(self, dag: str, conf: dict[str, Any], logical_date: str | None = None) -> httpx.Response:
        """Asks for a run; the answer may be a refusal."""
        return self.post(f"/dags/{dag}/dagRuns", {"logical_date": logical_date, "conf": conf})

    def run(self, dag: str, conf: dict[str, Any], logical_date: str | None = None) -> Run:
        """Starts a run."""
        answer = self.ask(dag, conf, logical_date)
        assert answer.status_code == 200, answer.text
        return Run(self, dag, answer.json()["dag_run_id"])

    def runs(self, dag: str) -> list[Run]:
        """All runs of a DAG, the oldest first."""
        answer = self.get(f"/dags/{dag}/dagRuns", limit=100, order_by="id")
        return [Run(self, dag, run["dag_run_id"]) for run in answer["dag_runs"]]

    def events(self) -> list[dict[str, Any]]:
        """All events of assets, the oldest first.

        Airflow cannot state an event while a run that it has started is queued (it answers 500); that passes.
        """

        def stated() -> httpx.Response | None:
            answer = self._http.get("/api/v2/assets/events", params={"limit": 100, "order_by": "timestamp"})
            return answer if answer.status_code == 200 else None

        return wait(stated, 60, "Airflow states its events", 0.5).json()["asset_events"]

    def patch(self, path: str, body: dict[str, Any]) -> None:
        self._http.patch(f"/api/v2{path}", json=body).raise_for_status()


@dataclass(frozen=True)
class Run:
    """A run of a DAG."""

    airflow: Airflow
    dag: str
    id: str

    @property
    def _path(self) -> str:
        return f"/dags/{self.dag}/dagRuns/{self.id}"

    @property
    def info(self) -> dict[str, Any]:
        return self.airflow.get(self._path)

    def tasks(self) -> list[Task]:
        """Its tasks, mapped ones by index."""
        answer = self.airflow.get(f"{self._path}/taskInstances", limit=400)
        return sorted(
            (
                Task(task["task_id"], task["map_index"], task["state"], task["try_number"], task["rendered_map_index"])
                for task in answer["task_instances"]
            ),
            key=lambda task: (task.name, task.index),
        )

    def states(self, name: str) -> list[str]:
        return [task.state for task in self.tasks() if task.name == name]

    def await_any_end(self) -> str:
        """Waits until it has ended, and returns how: ``success`` or ``failed``."""

        def end() -> str | None:
            return state if (state := self.info["state"]) in ("success", "failed") else None

        return wait(end, PATIENCE, f"{self.dag} {self.id} has ended", 0.5)

    def await_end(self, expected: str = "success") -> Run:
        """Waits until it has ended, and as expected.

        Raises:
            AssertionError: it did not; the logs of what failed are in it.
        """
        if (state := self.await_any_end()) != expected:
            logs = [
                (task, self.log(task.name, task.index, task.tries)) for task in self.tasks() if task.state == "failed"
            ]
            raise AssertionError(f"{self.dag} {self.id} is {state}: {self.tasks()} {logs}")
        return self

    def log(self, task: str, index: int = -1, attempt: int = 1) -> list[str]:
        """The lines of a task's log; errors start with ``error: ``, what the exception says follows as one line."""
        answer = self.airflow.get(
            f"{self._path}/taskInstances/{task}/logs/{attempt}", map_index=index, full_content=True
        )
        lines = []
        for entry in answer["content"]:
            lines.append(("error: " if entry.get("level") == "error" else "") + entry["event"])
            lines.extend(detail["exc_value"] for detail in entry.get("error_detail") or ())
        return lines

    def logs(self, task: str, index: int = -1, tries: int = 1) -> list[str]:
        """The lines of all tries of a task; Airflow knows no log of one that was taken away before it ran (404)."""
        lines = []
        for attempt in range(1, tries + 1):
            try:
                lines += self.log(task, index, attempt)
            except httpx.HTTPStatusError as e:
                if e.response.status_code != httpx.codes.NOT_FOUND:
                    raise
        return lines

    def mark(self, task: str, state: str, index: int = -1) -> None:
        """Marks a task as ``success`` or ``failed``, as a person does in its page."""
        suffix = f"/{index}" if index >= 0 else ""
        self.airflow.patch(f"{self._path}/taskInstances/{task}{suffix}", {"new_state": state})

    def mark_all(self, state: str) -> None:
        """Marks the run, and with it what goes on, as ``success`` or ``failed``, as a person does in its page."""
        self.airflow.patch(self._path, {"state": state})

    def clear(self, task: str, *indexes: int) -> None:
        """Clears a task, or some of its mapped ones, and all that follow; they run again."""
        ids: list[Any] = [[task, index] for index in indexes] or [task]
        answer = self.airflow.post(
            f"/dags/{self.dag}/clearTaskInstances",
            {
                "dag_run_id": self.id,
                "task_ids": ids,
                "include_downstream": True,
                "only_failed": False,
                "dry_run": False,
            },
        )
        assert answer.status_code == 200, answer.text

    def announced(self, task: str = "announce") -> dict[str, Any]:
        """The event of the asset by which a task of this run has announced days."""

        def event() -> dict[str, Any] | None:
            of_task = (self.id, task)
            events = self.airflow.events()
            return next((each for each in events if (each["source_run_id"], each["source_task_id"]) == of_task), None)

        return wait(event, 30, f"{task} of {self.id} has announced", 0.2)

    def closes(self, task: str = "announce") -> Run:
        """Waits until the days that a task has announced are closed and proved, and returns the run that did it."""
        mine = self.announced(task)
        days = mine["extra"].get("ranges", [mine["extra"]])
        start, end = days[-1]["start_date"], days[-1]["end_date"]

        def proved() -> str | None:
            return next(
                (
                    event["source_run_id"]
                    for event in self.airflow.events()
                    if event["name"] == "daily_report" and event["timestamp"] > mine["timestamp"]
                    for days in event["extra"]["ranges"]
                    if days["start_date"] <= start and end <= days["end_date"]
                ),
                None,
            )

        run = wait(proved, PATIENCE, f"{start} to {end}, which {self.id} has announced, are proved", 0.5)
        return Run(self.airflow, "day_close", run).await_end()


class Report:
    """The reporting database, as its administrator; only for tests, which plant differences there."""

    def __init__(self, stack: Stack) -> None:
        address = re.search(r"@([^/:]+):(\d+)/(\w+)", stack.secrets["REPORT_READER_URL"])
        host, port, name = address.groups()
        self._connection = psycopg2.connect(
            host=host, port=port, dbname=name, user="admin", password=stack.secrets["POSTGRES_ADMIN_PASSWORD"]
        )
        self._connection.autocommit = True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def rows(self, sql: str, *values: object) -> list[tuple]:
        with self._connection.cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.fetchall() if cursor.description else []

    def records(self, start: str, end: str) -> dict[str, int]:
        """Records by day."""
        sql = "SELECT ts_date::text, daily_records FROM daily_report.daily_pu_rev WHERE ts_date BETWEEN %s AND %s"
        return dict(self.rows(sql, start, end))
