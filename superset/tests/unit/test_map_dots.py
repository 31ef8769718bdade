"""The dots of the map of customers tell large places from small ones, whatever ground the map shows."""

from __future__ import annotations

import math
import unittest
from pathlib import Path
from typing import Any

import duckdb
import yaml

ASSETS = Path(__file__).parents[2] / "assets"
CHART = yaml.safe_load((ASSETS / "charts/daily_report/customer_map.yaml").read_text())["params"]
DATASET = yaml.safe_load((ASSETS / "datasets/closed_records.yaml").read_text())

#: Pixels of the map's tile, within the margin that Superset leaves, on a dashboard 1600 pixels wide.
WIDTH, HEIGHT = 795, 387
#: Meters of a degree of the equator.
DEGREE = 40_075_017 / 360

#: Latitude and longitude, the largest place first.
COUNTRIES = {
    "Germany": [(52.52, 13.41), (53.55, 9.99), (48.14, 11.58)],
    "United States": [(40.71, -74.01), (34.05, -118.24), (61.22, -149.90), (21.31, -157.86)],
    "Norway": [(59.91, 10.75), (60.39, 5.32), (69.65, 18.96)],
    "Australia": [(-33.87, 151.21), (-31.95, 115.86), (-12.46, 130.84)],
    "the world": [(35.68, 139.69), (-33.87, 151.21), (51.51, -0.13), (-22.91, -43.17), (64.15, -21.94)],
}


class MapDotsTest(unittest.TestCase):
    """Asks DuckDB for the metric, and draws as deck.gl does."""

    def test_the_largest_is_as_large_on_a_country_as_on_the_world(self) -> None:
        for name, places in COUNTRIES.items():
            with self.subTest(name):
                largest = dots(places, [400, 100, 25, 4, 1])[0]
                self.assertGreater(largest, 14)
                self.assertLess(largest, 18)

    def test_the_area_of_a_dot_grows_with_the_number_of_customers(self) -> None:
        for name, places in COUNTRIES.items():
            with self.subTest(name):
                largest, second, third, *_ = dots(places, [400, 100, 25, 4, 1])
                self.assertAlmostEqual(second / largest, 1 / 2, places=3)
                self.assertAlmostEqual(third / largest, 1 / 4, places=3)

    def test_ten_times_the_customers_everywhere_draw_the_same_map(self) -> None:
        places = COUNTRIES["Germany"]
        few, many = dots(places, [40, 10, 5]), dots(places, [400, 100, 50])
        for one, other in zip(few, many, strict=True):
            self.assertAlmostEqual(one, other)

    def test_what_is_drawn_as_large_as_asked_is_within_the_charts_bounds(self) -> None:
        self.assertLess(CHART["min_radius"], 4)
        self.assertGreater(CHART["max_radius"], 18)


def dots(places: list[tuple[float, float]], customers: list[int]) -> list[float]:
    """The radius of each place's dot, in pixels of the map as it opens."""
    scale = pixels_per_degree(places)
    radii = []
    for (latitude, _), area in zip(places, asked(places, customers), strict=False):
        # As deck.gl draws "square_km" with a multiplier.
        meters = math.sqrt(area / math.pi) * 1000 * CHART["multiplier"]
        radii.append(meters * scale / (DEGREE * math.cos(math.radians(latitude))))
    return radii


def pixels_per_degree(places: list[tuple[float, float]]) -> float:
    """Pixels of a degree of longitude, where all places just fit."""
    longitudes = [longitude for _, longitude in places]
    north = [math.degrees(math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2))) for latitude, _ in places]
    return min(WIDTH / (max(longitudes) - min(longitudes)), HEIGHT / (max(north) - min(north)))


def asked(places: list[tuple[float, float]], customers: list[int]) -> list[Any]:
    """What the chart's metric answers, in the order of the places."""
    metric = DATASET["metrics"][CHART["point_radius_fixed"]["value"]]["expression"]
    connection = duckdb.connect()
    connection.execute("CREATE TABLE records (place INTEGER, latitude DOUBLE, longitude DOUBLE, customer_id VARCHAR)")
    for place, ((latitude, longitude), count) in enumerate(zip(places, customers, strict=False)):
        connection.execute(
            "INSERT INTO records SELECT $1, $2, $3, $1 || '-' || unnest(range($4))", [place, latitude, longitude, count]
        )
    rows = connection.execute(
        f"SELECT {metric} FROM records GROUP BY place, latitude, longitude ORDER BY place"
    ).fetchall()
    return [row[0] for row in rows]


if __name__ == "__main__":
    unittest.main()
