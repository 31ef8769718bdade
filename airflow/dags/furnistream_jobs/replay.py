"""Runs the job replay on files of the inbox."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from airflow.sdk.exceptions import AirflowFailException

from furnistream_jobs.days import joined, single
from furnistream_jobs.inbox import REJECTED, BadFileError, Inbox
from furnistream_jobs.operator import JobOperator
from furnistream_jobs.result import Result

_DATASET = re.compile(r"[a-z0-9][a-z0-9-]{0,99}", re.ASCII)


class BadRequestError(ValueError):
    """What cannot be replayed as it was asked for; the message says why and what to do."""


def requested(params: Mapping[str, Any], inbox: Inbox, since: datetime) -> dict[str, Any]:
    """The options of a run of replay.

    Args:
        params: the run's parameters files, mapping, dataset, replace and strict.
        inbox: the folder of the files.
        since: when the run was asked for; days that it has completed from then on are its own.

    Raises:
        BadFileError: a file is not one of the inbox.
        BadRequestError: files or options do not go together.
    """
    files, mapping = params["files"], params["mapping"]
    for name in files:
        inbox.file(name)
    inbox.mapping(mapping)
    _require_distinct(files)
    if params["replace"] and (rejected := [name for name in files if name.lower().endswith(REJECTED)]):
        raise BadRequestError(
            f"{rejected[0]!r} holds the rejected rows of another file: with replace, all others would be taken back."
            " Replay it without replace."
        )
    return {
        "files": list(files),
        "mapping": mapping,
        "dataset": _dataset(params["dataset"], mapping),
        "replace": bool(params["replace"]),
        "strict": bool(params["strict"]),
        "since": since.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
    }


def _require_distinct(files: Sequence[str]) -> None:
    if twice := [name for n, name in enumerate(files) if name in files[:n]]:
        raise BadRequestError(f"{twice[0]!r} is named twice.")
    for name in files:
        if f"{name}{REJECTED}" in files:
            raise BadRequestError(
                f"{name!r} and its rejected rows cannot be replayed at once, for a replay of the first writes over"
                " the second: replay one after the other."
            )


def _dataset(dataset: object, mapping: str) -> str:
    name = mapping.lower() if dataset is None else dataset
    if not isinstance(name, str) or not _DATASET.fullmatch(name):
        raise BadRequestError(
            f"dataset {name!r} cannot be one: write lower-case letters, digits and hyphens, at most 100."
            + (" It is the mapping's name unless you give one." if dataset is None else "")
        )
    return name


class ReplayOperator(JobOperator):
    """Runs replay, and returns which days it has changed.

    The options name files of the inbox, which are looked up again when the job starts; the job gets their paths.
    """

    def _arguments(self) -> list[str]:
        inbox = Inbox.from_environment()
        try:
            options = requested(self.options, inbox, datetime.fromisoformat(self.options["since"]))
            mapping = inbox.mapping(options["mapping"])
            files = [str(inbox.file(name)) for name in options["files"]]
        except (BadFileError, BadRequestError) as e:
            raise AirflowFailException(str(e)) from e
        flags = [f"--{name}" for name in ("replace", "strict") if options[name]]
        return [
            f"--mapping={mapping}",
            f"--dataset={options['dataset']}",
            f"--since={options['since']}",
            *flags,
            "--",
            *files,
        ]

    def _answer(self, result: Result) -> dict[str, Any]:
        """The dataset, and the changed days as few ranges."""
        report = result.report
        if rejected := report.get("rejected", 0):
            self.log.warning(
                f"Rows that are no sales: {rejected}. They are in the inbox, in a file whose name has {REJECTED} added:"
                " correct them there, and replay that file by the same mapping."
            )
        changed = joined(single(date.fromisoformat(day)) for day in report.get("changed_days", []))
        return {"dataset": report["dataset"], "ranges": [days.mapping() for days in changed]}
