"""The dashboard Daily report: its numbers, its filters, and its clicks."""

from __future__ import annotations

import re
from decimal import Decimal

from playwright.sync_api import Page, expect

from comparing import assert_shows_what_sql_says, closed_days, money
from expected import QUERIES
from running_stack import Stack
from running_superset import Dashboard, Pictures, Report, Superset, dollars

SLUG = "daily-report"


def test_it_shows_what_sql_says(dashboard: Dashboard, stack: Stack, report: Report, pictures: Pictures) -> None:
    assert_shows_what_sql_says(dashboard, stack, report)
    pictures.take(dashboard)


def test_the_latest_day_is_written_out(dashboard: Dashboard, report: Report) -> None:
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
    dashboard = Dashboard(page, superset, SLUG)
    # The state whose customers come back most: a sum of each day's customers would be furthest off.
    ((state, category),) = report.rows(
        """SELECT state, category FROM daily_report.daily_customer GROUP BY state, category
            ORDER BY count(*) - count(DISTINCT customer_id) DESC LIMIT 1"""
    )

    dashboard.choose(area=state, category=category)
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


def test_a_click_filters_the_other_charts(dashboard: Dashboard, stack: Stack, report: Report) -> None:
    # Last of those that share the page: it changes what is shown.
    ((product, revenue),) = report.rows(
        QUERIES[SLUG]["Products by revenue"] + " ORDER BY 2 DESC LIMIT 1", closed_days(stack)
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


def change(now: int, before: int) -> str:
    return re.escape(f"{(now - before) / before:+.1%}").replace(r"\-", "[-\u2212]")
