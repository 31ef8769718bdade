"""The dashboard Sales and profit, with days that a replay brought: years before today, and all over the world."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from playwright.sync_api import Page

import abroad
from comparing import assert_shows_what_sql_says
from running_stack import Stack
from running_superset import PATIENCE, Dashboard, Pictures, Report, Superset
from waiting import wait

SLUG = "sales-and-profit"

#: 20 sales of 100.25, 200.25, ... 2000.25.
REVENUE = Decimal(21005)
#: Of a city with 1 to 9 customers.
FEW = (253, 174, 107)
CITIES = "Customers by city, closed days"


def test_it_shows_what_sql_says(dashboard: Dashboard, stack: Stack, report: Report, pictures: Pictures) -> None:
    assert_shows_what_sql_says(dashboard, stack, report)
    pictures.take(dashboard)


def test_days_of_years_before_show_by_default(dashboard: Dashboard) -> None:
    (year,) = rows(dashboard, "Sales and profit by year", year="2011")
    assert Decimal(str(year["total_revenue"])) == REVENUE
    (month,) = rows(dashboard, "Sales and profit by month", month="2011-03")
    assert Decimal(str(month["total_revenue"])) == REVENUE
    assert rows(dashboard, "Top ten products of each month", month="2011-03", product_name="Chair")
    assert rows(dashboard, "Revenue by weekday and month, closed days", month="2011-03", weekday="4 Thursday")
    assert abroad.PLACES.keys() <= {row["city"] for row in dashboard.answer(CITIES)["data"]}


def test_a_map_of_the_whole_world_shows_every_place(page: Page, superset: Superset) -> None:
    dashboard = Dashboard(page, superset, SLUG, f"{abroad.FIRST} : 2011-03-05")

    assert {row["city"] for row in dashboard.answer(CITIES)["data"]} == abroad.PLACES.keys()
    # Its first class is shown in the same colour.
    dashboard.tile(CITIES).get_by_text("1 - 9").evaluate("each => each.closest('ul').remove()")

    def drawn() -> bool:
        page.wait_for_timeout(200)
        return dashboard.spots(CITIES, FEW) == len(abroad.PLACES)

    wait(drawn, PATIENCE, f"a dot for each of the {len(abroad.PLACES)} places")


def rows(dashboard: Dashboard, title: str, **wanted: str) -> list[dict[str, Any]]:
    """The rows of an answer that have these values."""
    return [row for row in dashboard.answer(title)["data"] if wanted.items() <= row.items()]
