"""The dashboards as an analyst opens them: every chart answers, the numbers are right, and no other host is asked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from expected import FILLED, LARGEST, QUERIES, SPREAD
from running_stack import Stack
from running_superset import PATIENCE, Dashboard, Report, Superset, dollars

expect.set_options(timeout=PATIENCE * 1000)


def test_the_three_are_there(superset: Superset) -> None:
    assert {each["slug"]: each["published"] for each in superset.all("dashboard")} == dict.fromkeys(QUERIES, True)


@pytest.mark.parametrize("slug", list(QUERIES))
def test_a_dashboard_shows_what_sql_says(
    slug: str, page: Page, superset: Superset, stack: Stack, report: Report, request: pytest.FixtureRequest
) -> None:
    dashboard = Dashboard(page, superset, slug)

    assert dashboard.answered == QUERIES[slug].keys(), "each chart is compared"
    for title, sql in QUERIES[slug].items():
        answer = dashboard.answer(title)
        assert answer["rowcount"] > 0, f"{title} is empty"
        assert_same(answer, sql, stack, report, title)
    assert dashboard.strangers == []
    for fault in ("Unexpected error", "Data error", "No results", "No data"):
        expect(page.get_by_text(fault)).to_have_count(0)
    folder: Path | None = request.config.getoption("--screenshots")
    if folder:
        page.wait_for_timeout(5_000)  # maps fade in
        page.screenshot(path=folder / f"superset-{slug}.png")


@pytest.mark.parametrize("slug", list(QUERIES))
def test_a_chart_answers_those_who_ask_by_rest(slug: str, superset: Superset, stack: Stack, report: Report) -> None:
    for number, chart in superset.charts(slug).items():
        answer = superset.chart_data(number)
        assert answer["error"] is None, chart["slice_name"]
        assert answer["rowcount"] > 0, chart["slice_name"]
        assert_same(answer, QUERIES[slug][chart["slice_name"]], stack, report, chart["slice_name"])


def test_the_latest_day_is_written_out(page: Page, superset: Superset, report: Report) -> None:
    dashboard = Dashboard(page, superset, "daily-report")
    ((customers, revenue, profit, day), (before, *_)) = report.rows(
        """SELECT daily_pu, daily_rev, daily_profit, to_char(ts_date, 'FMDay, DD FMMonth YYYY')
             FROM daily_report.daily_pu_rev ORDER BY ts_date DESC LIMIT 2"""
    )
    tile = dashboard.tile("Paying customers, latest day")
    expect(tile).to_contain_text(f"{customers:,}")
    expect(tile).to_contain_text(day)
    expect(tile).to_contain_text(re.compile(rf"{change(customers, before)} against the day with sales before"))
    expect(dashboard.tile("Revenue, latest day")).to_contain_text(dollars(revenue))
    expect(dashboard.tile("Profit, latest day")).to_contain_text(dollars(profit))


def test_a_filter_narrows_every_chart_and_counts_each_customer_once(
    page: Page, superset: Superset, stack: Stack, report: Report
) -> None:
    dashboard = Dashboard(page, superset, "daily-report")
    # The state whose customers come back most: a sum of each day's customers would be furthest off.
    ((state, category),) = report.rows(
        """SELECT state, category FROM daily_report.daily_customer GROUP BY state, category
            ORDER BY count(*) - count(DISTINCT customer_id) DESC LIMIT 1"""
    )

    dashboard.choose("Area", state)
    dashboard.await_drawn()
    dashboard.choose("Category", category)
    dashboard.await_drawn()

    rows = """FROM daily_report.daily_customer WHERE state = %s AND category = %s"""
    values = (state, category)
    once = f"SELECT count(*) AS customers FROM (SELECT DISTINCT customer_id {rows}) AS each"
    ((customers,),) = report.rows(once, *values)
    ((counted_each_day,),) = report.rows(f"SELECT count(*) {rows}", *values)
    assert counted_each_day > customers, "the data tell the two apart"
    assert dashboard.answer("Customers by area, the first 15")["data"] == [{"state": state, "customers": customers}]
    assert dashboard.answer("Revenue by category")["data"] == [
        {
            "category": category,
            "total_revenue": float(report.rows(f"SELECT sum(revenue) {rows}", *values)[0][0]),
        }
    ]
    ((latest, latest_revenue),) = report.rows(
        f"SELECT count(DISTINCT customer_id), sum(revenue) {rows} GROUP BY ts_date ORDER BY ts_date DESC LIMIT 1",
        *values,
    )
    expect(dashboard.tile("Paying customers, latest day")).to_contain_text(f"{latest:,}")
    expect(dashboard.tile("Revenue, latest day")).to_contain_text(dollars(latest_revenue))

    closed = f"{rows} AND ts_date = ANY(%s::date[])"
    values = (state, category, closed_days(stack))
    places = dashboard.answer("Where customers live")["data"]
    assert {place["state"] for place in places} == {state}
    # A customer of this store lives in one place.
    assert (
        sum(place["customers"] for place in places)
        == report.rows(f"SELECT count(*) FROM (SELECT DISTINCT customer_id {closed}) AS each", *values)[0][0]
    )
    products = dashboard.answer("Products by revenue")["data"]
    assert money(sum(Decimal(str(product["total_revenue"])) for product in products)) == money(
        report.rows(f"SELECT sum(revenue) {closed}", *values)[0][0]
    )


def test_a_click_filters_the_other_charts(page: Page, superset: Superset, stack: Stack, report: Report) -> None:
    dashboard = Dashboard(page, superset, "daily-report")
    ((product, revenue),) = report.rows(
        QUERIES["daily-report"]["Products by revenue"] + " ORDER BY 2 DESC LIMIT 1", closed_days(stack)
    )
    all_places = len(dashboard.answer("Where customers live")["data"])

    dashboard.forget()
    dashboard.tile("Products by revenue").locator("tbody tr").first.locator("td").first.click()
    dashboard.await_drawn({"Products by quantity", "Where customers live"})

    row = dashboard.tile("Products by revenue").locator("tbody tr").first
    expect(row).to_contain_text(product)
    expect(row).to_contain_text(dollars(revenue))
    assert [each["product_name"] for each in dashboard.answer("Products by quantity")["data"]] == [product]
    assert 0 < len(dashboard.answer("Where customers live")["data"]) <= all_places


def test_a_table_is_searched(page: Page, superset: Superset, report: Report) -> None:
    dashboard = Dashboard(page, superset, "store-live")
    ((order, count),) = report.rows(
        "SELECT order_id, count(*) FROM daily_report.recent_records GROUP BY order_id ORDER BY 2 DESC LIMIT 1"
    )
    table = dashboard.tile("The last 100 records")
    table.get_by_placeholder(re.compile("records")).fill(order)
    rows = table.locator("tbody tr")
    expect(rows).to_have_count(count)
    expect(rows.filter(has_text=order)).to_have_count(count)


def test_every_dataset_has_the_columns_and_metrics_that_it_names(superset: Superset) -> None:
    datasets = superset.all("dataset")
    assert datasets
    for each in datasets:
        dataset = superset.get(f"dataset/{each['id']}")["result"]
        columns = [column["column_name"] for column in dataset["columns"]]
        metrics = [metric["metric_name"] for metric in dataset["metrics"]]
        for part, names in {"columns": columns, "metrics": metrics}.items():
            if names:
                answer = superset.ask(each["id"], {part: names, "row_limit": 5})
                assert answer["error"] is None, f"{dataset['table_name']}: {answer['error']}"
                assert answer["colnames"] == names


def test_every_column_has_the_type_that_its_table_has(superset: Superset, report: Report) -> None:
    seen = 0
    for each in superset.all("dataset"):
        dataset = superset.get(f"dataset/{each['id']}")["result"]
        if dataset["database"]["backend"] != "postgresql":
            continue
        rows = dataset["sql"] or f"SELECT * FROM {dataset['schema']}.{dataset['table_name']}"
        types = report.types(rows)
        for column in dataset["columns"]:
            assert types[column["column_name"]] == column["type"].lower(), (
                f"{dataset['table_name']}.{column['column_name']}"
            )
            seen += 1
    assert seen


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


def change(now: int, before: int) -> str:
    return re.escape(f"{(now - before) / before:+.1%}").replace(r"\-", "[-\u2212]")


def closed_days(stack: Stack) -> list[str]:
    return [path.name.split(".")[0] for path in (stack.state / "export").glob("*.manifest.json")]
