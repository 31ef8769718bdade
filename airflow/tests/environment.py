"""Makes the virtual environment of the checks and tests, unless what is there is just that.

Usage: python3 tests/environment.py FOLDER. It needs nothing but Python 3.11 or 3.12; where packages come from is
pip's own configuration. Ends with 0 when the environment is there, and otherwise says why it is not.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

LOCKED = [Path(__file__).parents[1] / name for name in ("requirements.txt", "requirements-test.txt")]
PYTHONS = ("python3", "python3.12", "python3.11")
QUESTION = """
import ensurepip, sys, venv
print(sys.version.split()[0])
sys.exit(sys.version_info[:2] not in ((3, 11), (3, 12)))
"""


def python() -> tuple[str, str]:
    """The first suitable Python on the PATH, and its version."""
    for name in PYTHONS:
        if program := shutil.which(name):
            answer = subprocess.run([program, "-c", QUESTION], capture_output=True, text=True, check=False)
            if answer.returncode == 0:
                return program, answer.stdout.strip()
    sys.exit(
        "The tests of Airflow need Python 3.11 or 3.12 with its module venv, and none was found on the PATH. Install"
        " one (Debian, Ubuntu: apt install python3 python3-venv)."
    )


def make(folder: Path) -> None:
    """Makes the environment in a folder, from the hashed requirements alone."""
    program, version = python()
    wanted = hashlib.sha256(version.encode() + b"".join(path.read_bytes() for path in LOCKED)).hexdigest()
    mark = folder / "made-from"  # written last: without it, an install was cut short
    if mark.exists() and mark.read_text() == wanted:
        return
    shutil.rmtree(folder, ignore_errors=True)
    requirements = [argument for path in LOCKED for argument in ("--requirement", str(path))]
    pip = ("install", "--quiet", "--disable-pip-version-check", "--no-input", "--no-deps", "--require-hashes")
    for command in (
        [program, "-m", "venv", str(folder)],
        [str(folder / "bin" / "python"), "-m", "pip", *pip, *requirements],
    ):
        status = subprocess.run(command, check=False).returncode
        if status != 0:
            sys.exit(f"The environment of Airflow's tests was not made: {' '.join(command)} ended with {status}.")
    mark.write_text(wanted)


if __name__ == "__main__":
    make(Path(sys.argv[1]).resolve())
