"""Checks what docker compose has started.

    check.py order|secrets|names ENV_FILE

order: each container was started after what it depends on was healthy or done. secrets: each secret of ENV_FILE is in
the containers that use it and in no other, in no image and in no file that others may read. names: containers name each
other, and not the loopback address. Exit status 1 with a line for each fault.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

#: Which services may know a secret.
AIRFLOW = {"airflow-migrate", "airflow-api-server", "airflow-scheduler", "airflow-dag-processor"}
SUPERSET = {"superset-prepare", "superset"}
MAY_KNOW = {
    "POSTGRES_SUPERUSER_PASSWORD": {"postgres", "provision", "databases"},
    "SINK_WRITER_PASSWORD": {"connect", "connect-2", "provision"},
    "REPORT_READER_PASSWORD": {"provision", "airflow-scheduler", "superset-prepare", "jobs"},
    "REGISTRY_DATABASE_PASSWORD": {"databases", "schema-registry"},
    "AIRFLOW_ADMIN_PASSWORD": {"airflow-api-server"},
    "AIRFLOW_DATABASE_PASSWORD": AIRFLOW | {"databases"},
    "AIRFLOW_FERNET_KEY": AIRFLOW,
    "AIRFLOW_API_SECRET_KEY": AIRFLOW,
    "AIRFLOW_JWT_SECRET": AIRFLOW,
    "SUPERSET_ADMIN_PASSWORD": {"superset-prepare"},
    "SUPERSET_DATABASE_PASSWORD": SUPERSET | {"databases"},
    "SUPERSET_SECRET_KEY": SUPERSET,
    "PSEUDONYM_KEY": {"connect", "connect-2", "jobs"},
}

#: What is told to those outside the containers.
MAY_NAME_LOOPBACK = {"KAFKA_ADVERTISED_LISTENERS", "AIRFLOW__API__BASE_URL"}


def run(*command: str) -> str:
    """What a command prints; it must succeed."""
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout  # noqa: S603


def containers() -> dict[str, dict[str, Any]]:
    """Docker's description of each service's container."""
    ids = run("docker", "compose", "ps", "--all", "--quiet").split()
    return {
        each["Config"]["Labels"]["com.docker.compose.service"]: each
        for each in json.loads(run("docker", "inspect", *ids))
    }


def order(found: dict[str, dict[str, Any]]) -> Iterator[str]:
    """Faults of the order in which they were started."""
    services = json.loads(run("docker", "compose", "config", "--format", "json"))["services"]
    for name, container in found.items():
        started = container["State"]["StartedAt"]
        for other, how in (services[name].get("depends_on") or {}).items():
            state = found[other]["State"]
            if how["condition"] == "service_completed_successfully":
                if state["ExitCode"] != 0 or state["FinishedAt"] > started:
                    yield f"{name} was started before {other} was done"
            elif state["StartedAt"] > started:
                yield f"{name} was started before {other}"
        health = container["State"].get("Health")
        if container["State"]["Running"] and health and health["Status"] != "healthy":
            yield f"{name} is {health['Status']}"


def secrets(found: dict[str, dict[str, Any]], file: Path) -> Iterator[str]:
    """Faults of what knows a secret."""
    if file.stat().st_mode & 0o077:
        yield f"{file} can be read by others"
    values = dict(line.split("=", 1) for line in file.read_text().splitlines() if "=" in line and line[0] != "#")
    known = {name: value for name, value in values.items() if name.endswith(("PASSWORD", "KEY", "SECRET"))}
    for name in known.keys() ^ MAY_KNOW.keys():
        yield f"{name} is in only one of {file} and check.py"
    for service, container in found.items():
        text = json.dumps([container["Config"], container["Args"], container["HostConfig"]])
        for name, value in known.items():
            if value in text and service not in MAY_KNOW.get(name, set()):
                yield f"{service} knows {name}"
    for image in {container["Config"]["Image"] for container in found.values()}:
        history = run("docker", "history", "--no-trunc", image)
        for name, value in known.items():
            if value in history:
                yield f"the image {image} holds {name}"


def names(found: dict[str, dict[str, Any]]) -> Iterator[str]:
    """Faults of how they name each other."""
    for service, container in found.items():
        for entry in container["Config"]["Env"] or []:
            name, value = entry.split("=", 1)
            if ("127.0.0.1" in value or "localhost" in value) and name not in MAY_NAME_LOOPBACK:
                yield f"{service} is told {name}={value}"
        for port, bindings in (container["HostConfig"]["PortBindings"] or {}).items():
            if any(binding["HostIp"] != "127.0.0.1" for binding in bindings):
                yield f"{service} publishes {port} beyond this machine"
        user = container["Config"]["User"]
        if user in ("0", "root") and service != "control-center-config":
            yield f"{service} runs as root"


def main(what: str, file: Path) -> int:
    """Prints the faults."""
    found = containers()
    faults = {"order": lambda: order(found), "secrets": lambda: secrets(found, file), "names": lambda: names(found)}
    lines = list(faults[what]())
    print("\n".join(lines) if lines else f"{what}: {len(found)} containers, no fault")  # noqa: T201 - a command
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2])))
