"""Where the map's tiles come from, by setting."""

from __future__ import annotations

import io
import tempfile
import unittest
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from furnistream_superset.base_map import BaseMap


class BaseMapTest(unittest.TestCase):
    """Asks a server that serves only the map."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.tiles = Path(folder.name) / "tiles"
        (Path(folder.name) / "secrets.png").write_bytes(b"known")
        for zoom, column, row, colour in ((0, 0, 0, "red"), (5, 7, 11, "blue")):
            file = self.tiles / str(zoom) / str(column) / f"{row}.png"
            file.parent.mkdir(parents=True)
            picture = Image.new("RGB", (256, 256), colour)
            picture.paste("yellow", (128, 0, 256, 128))
            picture.quantize(8).save(file)

    def client(self, source: str = "offline", token: str = "") -> FlaskClient:
        app = Flask(__name__)
        BaseMap(source, self.tiles, token).add_to(app)
        return app.test_client()

    def colours(self, path: str) -> list[tuple[int, int, int]]:
        answer = self.client().get(path)
        self.assertEqual((answer.status_code, answer.mimetype), (200, "image/png"))
        self.assertIn("max-age=86400", answer.headers["Cache-Control"])
        picture = Image.open(io.BytesIO(answer.data)).convert("RGB")
        self.assertEqual(picture.size, (256, 256))
        return [colour for _, colour in sorted(picture.getcolors(), reverse=True)]

    def test_a_tile_is_what_was_drawn(self) -> None:
        self.assertEqual(self.colours("/basemap/0/0/0.png"), [(255, 0, 0), (255, 255, 0)])

    def test_below_the_deepest_zoom_its_part_is_enlarged(self) -> None:
        self.assertEqual(self.colours("/basemap/6/14/22.png"), [(0, 0, 255)])
        self.assertEqual(self.colours("/basemap/6/15/22.png"), [(255, 255, 0)])
        self.assertEqual(self.colours("/basemap/12/1023/1408.png"), [(255, 255, 0)])
        self.assertEqual(self.colours("/basemap/12/1023/1535.png"), [(0, 0, 255)])

    def test_what_is_no_tile_is_not_found(self) -> None:
        for path in (
            "1/0/0",
            "0/1/0",
            "0/0/1",
            "13/0/0",
            "23/0/0",
            "-1/0/0",
            "0/0/../../secrets",
            "a/0/0",
            "9" * 5000 + "/0/0",
        ):
            with self.subTest(path):
                self.assertEqual(self.client().get(f"/basemap/{path}.png").status_code, 404)

    def test_one_setting_leads_to_another_host_and_lets_that_one_pass(self) -> None:
        answer = self.client("openstreetmap").get("/basemap/3/2/1.png")
        self.assertEqual(answer.headers["Location"], "https://tile.openstreetmap.org/3/2/1.png")
        self.assertEqual(BaseMap("openstreetmap", self.tiles, "").hosts, ["https://tile.openstreetmap.org"])

        answer = self.client("mapbox", "pk.mine").get("/basemap/3/2/1.png")
        self.assertEqual(
            answer.headers["Location"],
            "https://api.mapbox.com/styles/v1/mapbox/light-v11/tiles/256/3/2/1?access_token=pk.mine",
        )
        self.assertEqual(BaseMap("mapbox", self.tiles, "pk.mine").hosts, ["https://api.mapbox.com"])
        self.assertEqual(BaseMap("offline", self.tiles, "pk.mine").hosts, [])

    def test_a_setting_that_cannot_work_says_what_to_do(self) -> None:
        with self.assertRaisesRegex(ValueError, "offline, openstreetmap or mapbox"):
            BaseMap("google", self.tiles, "")
        with self.assertRaisesRegex(ValueError, "MAPBOX_API_KEY"):
            BaseMap("mapbox", self.tiles, "")

    def test_each_page_credits_the_source(self) -> None:
        for source, credit in (
            ("offline", "Natural Earth"),
            ("openstreetmap", "© OpenStreetMap contributors"),
            ("mapbox", "© Mapbox"),
        ):
            app = Flask(__name__)
            BaseMap(source, self.tiles, "pk.mine").add_to(app)
            page = app.jinja_env.get_template("head_custom_extra.html").render()
            self.assertIn(credit, page)
            self.assertIn('[data-test-viz-type^="deck_"]::after {', page)


if __name__ == "__main__":
    unittest.main()
