"""Airflow without a database, and a fake Java whose behaviour a test chooses."""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

# Read when airflow is first imported, which is after this file.
os.environ["AIRFLOW_HOME"] = tempfile.mkdtemp(prefix="furnistream-airflow-unit-")
atexit.register(shutil.rmtree, os.environ["AIRFLOW_HOME"], ignore_errors=True)
os.environ["AIRFLOW__CORE__LOAD_EXAMPLES"] = "False"
os.environ["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"] = "sqlite:////nonexistent/no-test-here-needs-a-database"
os.environ["FURNISTREAM_STORE_ZONE"] = "America/New_York"


@pytest.fixture
def java(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Makes a program that FURNISTREAM_JAVA names, and a jar; returns the folder in which the program runs.

    The program leaves its arguments and environment in that folder, then does what the test gave it to do.
    """

    def make(body: str) -> Path:
        program = tmp_path / "java"
        program.write_text(
            f"#!{sys.executable} -IS\n"
            + textwrap.dedent(
                """\
                import json, os, signal, sys, time
                folder = os.path.dirname(os.path.abspath(sys.argv[0]))
                with open(os.path.join(folder, "started.part"), "w") as f:
                    json.dump({"pid": os.getpid(), "argv": sys.argv[1:], "environment": dict(os.environ)}, f)
                def ready():
                    os.rename(os.path.join(folder, "started.part"), os.path.join(folder, "started"))
                def result(outcome, error=None, report=None):
                    file = next(a.partition("=")[2] for a in sys.argv if a.startswith("--result="))
                    with open(file, "w") as f:
                        json.dump({"outcome": outcome, "error": error, "report": report}, f)
                """
            )
            + textwrap.dedent(body)
        )
        program.chmod(0o755)
        jar = tmp_path / "furnistream-jobs.jar"
        jar.write_bytes(b"")
        monkeypatch.setenv("FURNISTREAM_JAVA", str(program))
        monkeypatch.setenv("FURNISTREAM_JOBS_JAR", str(jar))
        return tmp_path

    return make
