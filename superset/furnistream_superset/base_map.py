"""The map under the map charts: tiles of this server, or those of one other host when a setting says so."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from flask import Blueprint, Flask, Response, abort, redirect, send_file
from jinja2 import ChoiceLoader, DictLoader
from PIL import Image

#: What charts name as their map, whichever it is: raster tiles of the page's own host, as a browser reads ``http:/``.
#: Superset's editor of charts refuses ``tile:///``.
STYLE = "tile://http:/basemap/{z}/{x}/{y}.png"

OFFLINE = "offline"
OPEN_STREET_MAP = "openstreetmap"
MAPBOX = "mapbox"

#: The deepest zoom that tiles are made for; below, they are enlarged.
DEEPEST = 5
#: What is shown deeper is a few pixels, enlarged.
DEEPEST_ENLARGED = 12
TILE = 256

_A_DAY = 24 * 60 * 60
_CREDITS = {
    OFFLINE: "Natural Earth",
    OPEN_STREET_MAP: "© OpenStreetMap contributors, openstreetmap.org/copyright",
    MAPBOX: "© Mapbox, © OpenStreetMap contributors, mapbox.com/about/maps",
}
#: Superset names no source of raster tiles: its pages get a line below each map from us.
_CREDIT = """
<style>
  [data-test-viz-type^="deck_"] {{ position: relative; }}
  [data-test-viz-type^="deck_"]::after {{
    content: "{credit}"; position: absolute; right: 4px; bottom: 4px; padding: 0 4px; z-index: 1;
    font-size: 10px; color: #565f66; background: rgba(255, 255, 255, 0.7); pointer-events: none;
  }}
</style>
"""
_HOSTS = {OPEN_STREET_MAP: "https://tile.openstreetmap.org", MAPBOX: "https://api.mapbox.com"}


class BaseMap:
    """Where tiles come from.

    Args:
        source: ``offline``, ``openstreetmap`` or ``mapbox``
        tiles: folder of the tiles that the build has made, ``z/x/y.png``
        token: Mapbox' access token

    Raises:
        ValueError: no such source, or Mapbox without a token
    """

    def __init__(self, source: str, tiles: Path, token: str) -> None:
        if source not in (OFFLINE, *_HOSTS):
            raise ValueError(f"FURNISTREAM_BASE_MAP is {source!r}; it takes {OFFLINE}, {OPEN_STREET_MAP} or {MAPBOX}.")
        if source == MAPBOX and not token:
            raise ValueError("FURNISTREAM_BASE_MAP=mapbox needs an access token: set MAPBOX_API_KEY.")
        self._source = source
        self._tiles = tiles
        self._token = token

    @property
    def hosts(self) -> list[str]:
        """The other hosts that a browser must be allowed to ask."""
        return [_HOSTS[self._source]] if self._source in _HOSTS else []

    def add_to(self, app: Flask) -> None:
        """Serves it to everyone who reaches the server: it contains nothing of the store. Credits it below the maps."""
        blueprint = Blueprint("basemap", __name__, url_prefix="/basemap")
        blueprint.add_url_rule("/<int:z>/<int:x>/<int:y>.png", view_func=self.tile)
        app.register_blueprint(blueprint)
        credit = _CREDIT.format(credit=_CREDITS[self._source])
        app.jinja_loader = ChoiceLoader([DictLoader({"head_custom_extra.html": credit}), app.jinja_loader])

    def tile(self, z: int, x: int, y: int) -> Response:
        """One tile, or a redirect to it."""
        if z > 22 or x >= 1 << z or y >= 1 << z:
            abort(404)
        if self._source == OPEN_STREET_MAP:
            return redirect(f"{_HOSTS[OPEN_STREET_MAP]}/{z}/{x}/{y}.png")
        if self._source == MAPBOX:
            return redirect(
                f"{_HOSTS[MAPBOX]}/styles/v1/mapbox/light-v11/tiles/256/{z}/{x}/{y}?access_token={self._token}"
            )
        return self._own(z, x, y)

    def _own(self, z: int, x: int, y: int) -> Response:
        # The path is made only of numbers: it cannot lead out of the folder.
        above = max(z - DEEPEST, 0)
        file = self._tiles / str(z - above) / str(x >> above) / f"{y >> above}.png"
        if not file.is_file() or z > DEEPEST_ENLARGED:
            abort(404)
        if above == 0:
            return send_file(file, mimetype="image/png", max_age=_A_DAY)
        return send_file(_enlarged(file, above, x, y), mimetype="image/png", max_age=_A_DAY)


def _enlarged(file: Path, above: int, x: int, y: int) -> BytesIO:
    side = TILE >> above
    left = (x % (1 << above)) * side
    top = (y % (1 << above)) * side
    out = BytesIO()
    with Image.open(file) as tile:
        part = tile.convert("RGB").crop((left, top, left + side, top + side))
        part.resize((TILE, TILE), Image.Resampling.BICUBIC).save(out, "PNG")
    out.seek(0)
    return out
