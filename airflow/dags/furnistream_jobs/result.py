"""How a job says that it ended: the JSON document of its option --result."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

#: Lines of an error message; the report of a job may name thousands.
_MAX_LINES = 40


@dataclass
class Result:
    """The result of a job.

    Attributes:
        outcome: done, answer_is_no, wrong_usage, wrong_input, cannot_run or failed; empty when the job has written no
            result.
        error: why it did not get an answer, in its own words.
        report: what the job prints with --json: counts, differences, problems.
    """

    outcome: str = ""
    error: str | None = None
    report: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def read(cls, file: Path) -> Result:
        """The result in a file; an empty one where the job was ended before it could write one."""
        try:
            document = json.loads(file.read_text(encoding="utf-8"))
        except (FileNotFoundError, json.JSONDecodeError):
            return cls()
        return cls(document["outcome"], document["error"], document["report"] or {})

    def lines(self) -> list[str]:
        """What is wrong, a line each: the error, the problems, the differences; the first of many."""
        said = [self.error] if self.error else []
        said += [p["message"] for p in self.report.get("problems", []) if p["severity"] == "error"]
        said += [_difference(d) for d in self.report.get("differences", [])]
        if len(said) > _MAX_LINES:
            said[_MAX_LINES:] = [f"and {len(said) - _MAX_LINES} more"]
        return said


def _difference(difference: dict[str, Any]) -> str:
    place = " ".join(difference[name] for name in ("ts_date", "store", "row", "column") if difference[name])
    return f"{place}: expected {difference['expected']}, found {difference['found']}"
