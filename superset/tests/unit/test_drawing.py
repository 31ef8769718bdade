"""What is drawn of the base map: places where they belong, and no name over another."""

from __future__ import annotations

import sys
import tempfile
import unittest
from pathlib import Path

from PIL import Image

SUPERSET = Path(__file__).parents[2]
sys.path.insert(0, str(SUPERSET / "base_map"))

import draw  # noqa: E402
import natural_earth  # noqa: E402
from labels import Label, Labels, Style  # noqa: E402

CITIES = SUPERSET.parent / "datagen/src/main/resources/store/furniture.yaml"


class DrawingTest(unittest.TestCase):
    """Draws with what the packages hold."""

    @classmethod
    def setUpClass(cls) -> None:
        cls.countries = natural_earth.countries()
        cls.states = natural_earth.american_states()
        cls.store = draw.store_cities(CITIES)

    def test_a_point_is_where_web_mercator_has_it(self) -> None:
        self.assertEqual(draw.World(0).point(0, 0), (128, 128))
        self.assertEqual(draw.World(1).point(-180, 0), (0, 256))
        # 40.7143 N, 74.0060 W at zoom 5, worked out by hand: (lon + 180) / 360, and ln(tan + sec) of the latitude.
        x, y = draw.World(5).point(-74.0060, 40.7143)
        self.assertAlmostEqual(x, 8192 * 0.294428, delta=0.1)
        self.assertAlmostEqual(y, 8192 * 0.375976, delta=0.1)

    def test_all_that_is_wanted_is_there(self) -> None:
        names = {country.about["NAME"] for country in self.countries}
        self.assertLessEqual({"United States", "Lesotho", "Ireland", "Iraq"}, names)
        self.assertGreater(len(names), 240)
        self.assertEqual(len(self.states), 49, "of 50 and the capital's district, without the two that are moved")
        self.assertIn("Tokyo", [city.name for city in natural_earth.cities()])
        self.assertEqual(self.store[0].name, "New York City")

    def test_no_name_is_over_another_or_cut_off(self) -> None:
        for zoom in range(draw.DEEPEST + 1):
            world = draw.World(zoom)
            placed = draw.place_labels(world, self.countries, self.states, self.store).within(
                0, 0, world.size, world.size
            )
            with self.subTest(zoom=zoom):
                for index, one in enumerate(placed):
                    self.assertTrue(0 <= one.box[0] < one.box[2] <= world.size)
                    for other in placed[index + 1 :]:
                        apart = (
                            one.box[2] <= other.box[0]
                            or other.box[2] <= one.box[0]
                            or one.box[3] <= other.box[1]
                            or other.box[3] <= one.box[1]
                        )
                        self.assertTrue(apart, f"{one.label.text} and {other.label.text}")
            names = {each.label.text for each in placed}
            if zoom >= 3:
                self.assertLessEqual({"New York City", "Los Angeles", "Canada"}, names)
            if zoom == draw.DEEPEST:
                self.assertGreater(len(names), 400)

    def test_the_more_important_name_stays(self) -> None:
        style = Style(12, "#000000", dot=2)
        placed = Labels(1000)
        placed.add(Label(f"name {index}", 500, 500, style) for index in range(9))
        shown = [each.label.text for each in placed.within(0, 0, 1000, 1000)]
        self.assertEqual(shown, ["name 0"], "its dot is on the same spot as those of the others")

    def test_land_is_land_and_an_enclosed_country_is_no_lake(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            world = draw.World(3)
            draw.draw_zoom(world, self.countries, self.states, Labels(world.size), Path(folder))
            self.assertEqual(len(list(Path(folder).rglob("*.png"))), 64)
            for place, longitude, latitude, expected in (
                ("Kansas", -98.6, 38.4, draw.LAND),
                ("Lesotho", 28.3, -29.5, draw.LAND),
                ("the Atlantic", -40, 30, draw.WATER),
                ("the Caspian Sea", 51, 41.5, draw.WATER),
            ):
                x, y = (int(pixel) for pixel in world.point(longitude, latitude))
                tile = Image.open(Path(folder, "3", str(x // 256), f"{y // 256}.png")).convert("RGB")
                red, green, blue = tile.getpixel((x % 256, y % 256))
                wanted = tuple(int(expected[at : at + 2], 16) for at in (1, 3, 5))
                distance = max(abs(a - b) for a, b in zip((red, green, blue), wanted, strict=True))
                self.assertLess(distance, 8, place)


if __name__ == "__main__":
    unittest.main()
