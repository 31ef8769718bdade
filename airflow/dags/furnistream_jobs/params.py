"""What a run was asked for, beyond what Airflow itself checks."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from airflow.sdk import Param
from airflow.sdk.exceptions import AirflowFailException


def require_known(conf: Mapping[str, Any] | None, known: Collection[str]) -> None:
    """Makes sure that a run's conf has no parameter that its DAG does not: Airflow would pass over a misspelt one.

    Raises:
        AirflowFailException: it has; the message names those that are known.
    """
    if unknown := sorted(set(conf or {}) - set(known)):
        raise AirflowFailException(f"Unknown parameters: {', '.join(map(repr, unknown))}. Known: {', '.join(known)}.")


def seed(description: str) -> Param:
    """The seed of a dataset, which is kept in addition to those of other seeds."""
    return Param(
        1,
        type="integer",
        # The range of exact integers in a browser.
        minimum=-(2**53 - 1),
        maximum=2**53 - 1,
        description=description,
    )
