"""The demo through Airflow's REST API, as a person does it in its pages.

    python demo.py FROM TO RECORDS SEED

Starts fake_data, and follows it and the day_close that it starts. Runs in the container of the API server, which has
the admin's password.

Days as YYYY-MM-DD, TO included; records a day. Exit status 0 when both runs succeeded, 1 when one did not.
"""

from __future__ import annotations

import json
import os
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any

BASE = "http://127.0.0.1:8080"
REQUEST_SECONDS = 30
FOUND_WITHIN = 180
STARTED_WITHIN = 600
ENDED_WITHIN = 7200
POLL_SECONDS = 2

#: Requests to a server that is busy or being restarted are repeated for so long.
BUSY_SECONDS = 90


class Airflow:
    """Airflow's API, signed in as admin."""

    def __init__(self) -> None:
        passwords = json.loads(Path(os.environ["AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE"]).read_text())
        credentials = {"username": "admin", "password": passwords["admin"]}
        self._token = self._send("/auth/token", credentials, {})["access_token"]

    def get(self, path: str) -> Any:
        """What is at a path of the API; None when nothing is."""
        deadline = time.monotonic() + BUSY_SECONDS
        while True:
            try:
                return self._send(path, None, {"Authorization": f"Bearer {self._token}"})
            except urllib.error.HTTPError as e:
                if e.code == 404:
                    return None
                if e.code < 500 or time.monotonic() > deadline:
                    raise
            except OSError:
                if time.monotonic() > deadline:
                    raise
            time.sleep(POLL_SECONDS)

    def trigger(self, dag: str, conf: dict[str, Any]) -> str:
        """Starts a run and returns its id."""
        body = {"logical_date": None, "conf": conf}
        try:
            run = self._send(f"/api/v2/dags/{dag}/dagRuns", body, {"Authorization": f"Bearer {self._token}"})
        except urllib.error.HTTPError as e:
            sys.exit(f"Airflow refuses to run {dag} with {conf}: {e.read().decode()}")
        return run["dag_run_id"]

    @staticmethod
    def _send(path: str, body: Any, headers: dict[str, str]) -> Any:
        data = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json", **headers}
        request = urllib.request.Request(BASE + path, data, headers)  # noqa: S310 - BASE says http
        with urllib.request.urlopen(request, timeout=REQUEST_SECONDS) as answer:  # noqa: S310
            return json.load(answer)


def until(seconds: float, what: str, ask: Any) -> Any:
    """Asks until there is an answer; ends the program when there is none within the limit."""
    deadline = time.monotonic() + seconds
    while (answer := ask()) is None:
        if time.monotonic() > deadline:
            sys.exit(f"{what} within {seconds} s; see Airflow's pages, and docker compose logs airflow-scheduler.")
        time.sleep(POLL_SECONDS)
    return answer


def started_by(airflow: Airflow, sender: str) -> str | None:
    """The run of day_close that was started by an event of a run of fake_data."""
    runs = airflow.get("/api/v2/dags/day_close/dagRuns?run_type=asset_triggered&order_by=-run_after&limit=100")
    for run in runs["dag_runs"]:
        name = run["dag_run_id"]
        events = airflow.get(f"/api/v2/dags/day_close/dagRuns/{urllib.parse.quote(name)}/upstreamAssetEvents")
        if any(event.get("source_run_id") == sender for event in (events or {}).get("asset_events", [])):
            return name
    return None


def follow(airflow: Airflow, dag: str, run: str) -> bool:
    """Prints the state of a run, each time that it changes, until it has ended; whether it succeeded."""
    printed = ""

    def ended() -> str | None:
        nonlocal printed
        path = f"/api/v2/dags/{dag}/dagRuns/{urllib.parse.quote(run)}"
        state = airflow.get(path)["state"]
        tasks = airflow.get(f"{path}/taskInstances?limit=100")
        done = sum(task["state"] in ("success", "skipped") for task in tasks["task_instances"])
        failed = sorted({task["task_id"] for task in tasks["task_instances"] if task["state"] == "failed"})
        line = f"Airflow: {dag:9}  {state:7}  {done} of {tasks['total_entries']} tasks done"
        line += f"; failed: {', '.join(failed)}" if failed else ""
        if line != printed:
            print(line, flush=True)  # noqa: T201 - what it is for
            printed = line
        return state if state in ("success", "failed") else None

    return until(ENDED_WITHIN, f"The run {run} of {dag} has not ended", ended) == "success"


def main(first: str, last: str, records: str, seed: str) -> int:
    """Generates the days and closes them."""
    airflow = Airflow()
    for dag in ("fake_data", "day_close"):
        until(FOUND_WITHIN, f"Airflow has not found {dag}", lambda dag=dag: airflow.get(f"/api/v2/dags/{dag}"))
    conf = {"start_date": first, "end_date": last, "records_per_day": int(records), "seed": int(seed)}
    run = airflow.trigger("fake_data", conf)
    if not follow(airflow, "fake_data", run):
        return 1
    closing = until(
        STARTED_WITHIN, f"The run {run} of fake_data has not started day_close", lambda: started_by(airflow, run)
    )
    return 0 if follow(airflow, "day_close", closing) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:5]))
