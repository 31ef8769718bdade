"""Which names a map shows, and where: none over another, the more important first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fonts import font

#: The margin around each name, in pixels, in which nothing else is written.
_ROOM = 4
_CELL = 128
_TALL = 1.3
_DOT = 5


@dataclass(frozen=True)
class Style:
    """How a kind of name is written; ``dot`` is the radius of the point next to it, 0 for none."""

    size: int
    colour: str
    dot: float = 0.0


@dataclass(frozen=True)
class Label:
    """A name at a point of the world, in pixels of one zoom."""

    text: str
    x: float
    y: float
    style: Style


@dataclass(frozen=True)
class Placed:
    """A name with the corner of its text; the point that it names stays where it is."""

    label: Label
    left: float
    top: float
    box: tuple[float, float, float, float]


class Labels:
    """Names of one zoom, each placed where no other is, or left out."""

    def __init__(self, world: int) -> None:
        self._world = world
        self._cells: dict[tuple[int, int], list[Placed]] = defaultdict(list)
        self._placed: list[Placed] = []

    def add(self, labels: Iterable[Label]) -> None:
        """Places names, the first ones first."""
        for label in labels:
            for placed in self._candidates(label):
                if self._is_free(placed.box):
                    self._place(placed)
                    break

    def within(self, left: float, top: float, right: float, bottom: float) -> list[Placed]:
        """The names that are at least partly visible in a box."""
        return [each for each in self._placed if _overlap(each.box, (left, top, right, bottom))]

    def _candidates(self, label: Label) -> Iterator[Placed]:
        """Over its point; a city's name next to its dot, on either side, then above and below."""
        wide = font(label.style.size).getlength(label.text)
        tall = label.style.size * _TALL
        if not label.style.dot:
            corners = [(label.x - wide / 2, label.y - tall / 2)]
        else:
            corners = [
                (label.x + _DOT, label.y - tall / 2),
                (label.x - _DOT - wide, label.y - tall / 2),
                (label.x - wide / 2, label.y - _DOT - tall),
                (label.x - wide / 2, label.y + _DOT),
            ]
        for left, top in corners:
            box = (
                min(left, label.x - label.style.dot) - _ROOM,
                min(top, label.y - label.style.dot) - _ROOM / 2,
                max(left + wide, label.x + label.style.dot) + _ROOM,
                max(top + tall, label.y + label.style.dot) + _ROOM / 2,
            )
            yield Placed(label, left, top, box)

    def _is_free(self, box: tuple[float, float, float, float]) -> bool:
        if box[0] < 0 or box[2] > self._world or box[1] < 0 or box[3] > self._world:
            return False
        return not any(_overlap(each.box, box) for cell in _cells(box) for each in self._cells[cell])

    def _place(self, placed: Placed) -> None:
        self._placed.append(placed)
        for cell in _cells(placed.box):
            self._cells[cell].append(placed)


def _cells(box: tuple[float, float, float, float]) -> Iterator[tuple[int, int]]:
    for column in range(int(box[0] // _CELL), int(box[2] // _CELL) + 1):
        for row in range(int(box[1] // _CELL), int(box[3] // _CELL) + 1):
            yield column, row


def _overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
