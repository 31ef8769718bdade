"""Compares what a chart answers with a query of our own."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from playwright.sync_api import expect

from expected import FILLED, LARGEST, QUERIES, SPREAD
from running_stack import Stack
from running_superset import Dashboard, Report


def assert_shows_what_sql_says(dashboard: Dashboard, stack: Stack, report: Report) -> None:
    """Every chart of a dashboard has the rows that SQL has, no other host was asked, and no fault is shown."""
    queries = QUERIES[dashboard.slug]
    assert dashboard.answered == queries.keys(), "each chart is compared"
    for title, sql in queries.items():
        answer = dashboard.answer(title)
        assert answer["rowcount"] > 0, f"{title} is empty"
        assert_same(answer, sql, stack, report, title)
    assert dashboard.strangers == []
    for fault in ("Unexpected error", "Data error", "No results", "No data"):
        expect(dashboard.page.get_by_text(fault)).to_have_count(0)


def assert_same(answer: dict[str, Any], sql: str, stack: Stack, report: Report, title: str) -> None:
    """Compares an answer with a query, whose columns are some of the answer's."""
    rows = report.dicts(sql, *([closed_days(stack)] if "%s" in sql else []))
    assert rows, f"{title}: the query finds nothing to compare with"
    names = rows[0].keys()
    data = answer["data"]
    if title in SPREAD and SPREAD[title][1] not in data[0]:
        data = gathered(data, *SPREAD[title])
    if title in FILLED:
        data = [row for row in data if row[FILLED[title]]]
    answered = [{name: plain(row[name]) for name in names} for row in data]
    wanted = [{name: plain(value) for name, value in row.items()} for row in rows]
    if title in LARGEST:
        count, figure = LARGEST[title]
        assert all(row in wanted for row in answered), title
        answered = sorted((Decimal(row[figure]) for row in answered), reverse=True)
        assert answered == sorted((Decimal(row[figure]) for row in wanted), reverse=True)[:count], title
    else:
        assert in_order(answered) == in_order(wanted), title


def gathered(rows: list[dict[str, Any]], axis: str, column: str, figure: str) -> list[dict[str, Any]]:
    """A row for each cell that is filled."""
    return [
        {axis: row[axis], column: name, figure: value}
        for row in rows
        for name, value in row.items()
        if name != axis and value is not None
    ]


def in_order(rows: Iterable[dict[str, Any]]) -> list[str]:
    return sorted(str(sorted(row.items())) for row in rows)


def plain(value: Any) -> Any:
    """Numbers with four decimals, however they come."""
    return str(money(value)) if isinstance(value, int | float | Decimal) else value


def money(value: float | Decimal) -> Decimal:
    return Decimal(str(value)).quantize(Decimal("0.0001"))


def closed_days(stack: Stack) -> list[str]:
    return [path.name.split(".")[0] for path in (stack.state / "export").glob("*.manifest.json")]
