"""Draws the base map: raster tiles of the world, zoom 0 to 5, in Web Mercator, from Natural Earth.

    python draw.py CITIES OUT

CITIES is the store's file, whose part `cities` has them by country and state; the heavier are named first. OUT is an
empty folder, which gets z/x/y.png. It takes about half a minute of one core.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml
from PIL import Image, ImageDraw

import natural_earth
from fonts import font
from labels import Label, Labels, Style
from natural_earth import Area, Place

DEEPEST = 5
TILE = 256
#: Several tiles are drawn as one picture, so that lines and names continue across tiles.
SHEET = 2048
#: Lines and areas are drawn this much larger, and reduced: Pillow does not smooth edges.
FINER = 2

WATER = "#d5e1e8"
LAND = "#f4f2ec"
BORDER = "#aab2b5"
STATE_BORDER = "#d3d2cc"
HALO = "#fbfaf7"
COUNTRY = "#7f8689"
STATE = "#a3a5a2"
CITY = "#565f66"

#: By zoom: from which weight on a city of the store is named (its people, in thousands), how many others, and sizes.
NOBODY = 1_000_000
STORE_CITIES = {0: NOBODY, 1: NOBODY, 2: 3000, 3: 900, 4: 350, 5: 0}
OTHER_CITIES = {0: 0, 1: 0, 2: 24, 3: 90, 4: 243, 5: 243}
COUNTRY_SIZE = {0: 10, 1: 11, 2: 12, 3: 13, 4: 15, 5: 17}
CITY_SIZE = {0: 11, 1: 11, 2: 11, 3: 11, 4: 12, 5: 13}
#: Countries that Natural Earth names from beyond this zoom on are tiny.
TINY = 4.5
#: Degrees within which two cities are one.
NEAR = 0.6
LAND_LATITUDE = 85.0511


@dataclass(frozen=True)
class StoreCity:
    """A city that the store sells in."""

    name: str
    longitude: float
    latitude: float
    weight: int


def main(cities: Path, out: Path) -> None:
    """Draws every tile of every zoom."""
    countries = natural_earth.countries()
    states = natural_earth.american_states()
    store = store_cities(cities)
    for zoom in range(DEEPEST + 1):
        world = World(zoom)
        draw_zoom(world, countries, states, place_labels(world, countries, states, store), out)


def store_cities(file: Path) -> list[StoreCity]:
    """The store's cities, the heaviest first."""
    cities = [
        StoreCity(city["name"], float(city["longitude"]), float(city["latitude"]), int(city["weight"]))
        for states in yaml.safe_load(file.read_text(encoding="utf-8"))["cities"].values()
        for of_state in states.values()
        for city in of_state
    ]
    return sorted(cities, key=lambda city: -city.weight)


class World:
    """The world at one zoom, a square of pixels."""

    def __init__(self, zoom: int) -> None:
        self.zoom = zoom
        self.size = TILE << zoom

    def pixels(self, degrees: np.ndarray) -> np.ndarray:
        """Longitude and latitude, a row a point, as pixels from the upper left."""
        x = (degrees[:, 0] + 180) / 360
        latitude = np.radians(np.clip(degrees[:, 1], -LAND_LATITUDE, LAND_LATITUDE))
        y = (1 - np.arcsinh(np.tan(latitude)) / np.pi) / 2
        return np.stack([x, y], axis=1) * self.size

    def point(self, longitude: float, latitude: float) -> tuple[float, float]:
        """One point in pixels."""
        x, y = self.pixels(np.array([[longitude, latitude]]))[0]
        return float(x), float(y)


@dataclass(frozen=True)
class Outline:
    """A ring in finer pixels of one zoom, with the box it lies in; a hole is cut out of what is under it."""

    points: np.ndarray
    low: np.ndarray
    high: np.ndarray
    is_hole: bool


def outlines(world: World, areas: list[Area]) -> list[Outline]:
    """The rings of areas, without points that the zoom does not show."""
    found = []
    for area in areas:
        rings = [(thinned(world.pixels(ring)), is_hole(ring)) for ring in area.rings]
        for points, hole in sorted((ring for ring in rings if len(ring[0]) > 2), key=lambda ring: ring[1]):
            found.append(Outline(points, points.min(axis=0), points.max(axis=0), hole))
    return found


def thinned(pixels: np.ndarray) -> np.ndarray:
    """Finer pixels, as whole numbers, each once where several points fall into it one after another."""
    fine = np.rint(pixels * FINER).astype(int)
    moved = np.any(np.diff(fine, axis=0) != 0, axis=1)
    return fine[np.concatenate([[True], moved])]


def is_hole(ring: np.ndarray) -> bool:
    """Whether a ring runs against the clock, as the holes of shapefiles do."""
    x, y = ring[:, 0], ring[:, 1]
    return bool(np.sum((np.roll(x, -1) - x) * (np.roll(y, -1) + y)) < 0)


def place_labels(world: World, countries: list[Area], states: list[Area], store: list[StoreCity]) -> Labels:
    """The names of one zoom."""
    zoom = world.zoom
    placed = Labels(world.size)
    shown = [each for each in countries if prominence(each) <= zoom + 0.7]
    shown.sort(key=lambda each: (prominence(each), -float(each.about["POP_EST"])))
    # What is as large as a continent goes before its cities. A tiny country is located by its cities.
    large, others = shown[:12], shown[12:]
    tiny = [each for each in others if prominence(each) > TINY]
    placed.add(country_label(world, each) for each in large)
    placed.add(city_label(world, each) for each in store if each.weight >= STORE_CITIES[zoom])
    placed.add(country_label(world, each) for each in others if prominence(each) <= TINY)
    placed.add(
        city_label(world, each)
        for each in natural_earth.cities()[: OTHER_CITIES[zoom]]
        if not any(is_near(each, other) for other in store)
    )
    placed.add(country_label(world, each) for each in tiny)
    if zoom >= 4:
        style = Style(11 if zoom == 4 else 13, STATE)
        for area in states:
            name = area.about["ISO"][-2:] if zoom == 4 else area.about["NAME_1"]
            placed.add([Label(name, *world.point(*middle(area)), style)])
    return placed


def prominence(country: Area) -> float:
    """The zoom from which a country is named, as Natural Earth has it: the smaller, the larger the country."""
    return float(country.about["MIN_LABEL"])


def country_label(world: World, country: Area) -> Label:
    """The name of a country, where Natural Earth would have it."""
    size = COUNTRY_SIZE[world.zoom] - (0 if prominence(country) <= min(world.zoom, TINY) else 2)
    at = world.point(float(country.about["LABEL_X"]), float(country.about["LABEL_Y"]))
    return Label(country.about["NAME"], *at, Style(size, COUNTRY))


def city_label(world: World, city: StoreCity | Place) -> Label:
    """The name of a city."""
    at = world.point(city.longitude, city.latitude)
    return Label(city.name.replace(",  ", ", "), *at, Style(CITY_SIZE[world.zoom], CITY, dot=1.8))


def is_near(one: Place, other: StoreCity) -> bool:
    """Whether two cities are one, or would be taken for one."""
    return abs(one.longitude - other.longitude) < NEAR and abs(one.latitude - other.latitude) < NEAR


def middle(area: Area) -> tuple[float, float]:
    """The centre of mass of an area's largest ring."""
    ring = max(area.rings, key=lambda each: np.ptp(each, axis=0).prod())
    x, y = ring[:, 0], ring[:, 1]
    cross = x * np.roll(y, -1) - np.roll(x, -1) * y
    return (
        float(np.sum((x + np.roll(x, -1)) * cross) / (3 * np.sum(cross))),
        float(np.sum((y + np.roll(y, -1)) * cross) / (3 * np.sum(cross))),
    )


def draw_zoom(world: World, countries: list[Area], states: list[Area], placed: Labels, out: Path) -> None:
    """Draws one zoom, a sheet after another."""
    land = outlines(world, countries)
    inner = outlines(world, states) if world.zoom >= 3 else []
    sheet = min(SHEET, world.size)
    for left in range(0, world.size, sheet):
        for top in range(0, world.size, sheet):
            picture = draw_areas(land, inner, left, top, sheet)
            write_names(picture, placed, left, top)
            cut(picture, world.zoom, left, top, out)


def draw_areas(land: list[Outline], inner: list[Outline], left: int, top: int, side: int) -> Image.Image:
    """Land and water, with the borders."""
    fine = Image.new("RGB", (side * FINER, side * FINER), WATER)
    draw = ImageDraw.Draw(fine)
    corner = np.array([left, top]) * FINER
    far = corner + side * FINER
    for each in land:
        if seen(each, corner, far):
            points = [tuple(point) for point in (each.points - corner).tolist()]
            draw.polygon(points, fill=WATER if each.is_hole else LAND)
    for outline, colour in ((inner, STATE_BORDER), (land, BORDER)):
        for each in outline:
            if seen(each, corner, far):
                points = [tuple(point) for point in (each.points - corner).tolist()]
                draw.line([*points, points[0]], fill=colour, width=FINER, joint="curve")
    return fine.resize((side, side), Image.Resampling.BOX)


def seen(outline: Outline, corner: np.ndarray, far: np.ndarray) -> bool:
    """Whether an outline may show in the box between two corners."""
    return bool(np.all(outline.low <= far) and np.all(outline.high >= corner))


def write_names(picture: Image.Image, placed: Labels, left: int, top: int) -> None:
    """Writes the names that show on a sheet, including those that continue on the next one."""
    draw = ImageDraw.Draw(picture)
    for each in placed.within(left, top, left + picture.width, top + picture.height):
        style = each.label.style
        x, y = each.label.x - left, each.label.y - top
        if style.dot:
            draw.ellipse((x - style.dot, y - style.dot, x + style.dot, y + style.dot), fill=style.colour)
        draw.text(
            (each.left - left, each.top - top),
            each.label.text,
            fill=style.colour,
            font=font(style.size),
            stroke_width=2,
            stroke_fill=HALO,
        )


def cut(picture: Image.Image, zoom: int, left: int, top: int, out: Path) -> None:
    """Cuts a sheet into its tiles."""
    for x in range(0, picture.width, TILE):
        for y in range(0, picture.height, TILE):
            folder = out / str(zoom) / str((left + x) // TILE)
            folder.mkdir(parents=True, exist_ok=True)
            tile = picture.crop((x, y, x + TILE, y + TILE)).quantize(64, Image.Quantize.FASTOCTREE)
            tile.save(folder / f"{(top + y) // TILE}.png", optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
