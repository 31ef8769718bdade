"""The font of the names: Inter, which Superset's pages use. The machine needs no font."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PIL import ImageFont

from natural_earth import package


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    """Inter in pixels."""
    return ImageFont.truetype(_file(), size)


@cache
def _file() -> Path:
    """Superset's file of Inter that has Latin letters; its name is a hash, and others have Greek or Cyrillic ones."""
    for file in sorted((package("superset") / "static/assets").glob("*.woff2")):
        candidate = ImageFont.truetype(file, 16)
        if candidate.getname() == ("Inter", "Medium") and _has(candidate, "é") and _has(candidate, "a"):
            return file
    raise FileNotFoundError("Superset has no file of the font Inter any more; see superset/base_map.")


def _has(candidate: ImageFont.FreeTypeFont, letter: str) -> bool:
    nothing = candidate.getmask("\uffff")
    mask = candidate.getmask(letter)
    return mask.size != nothing.size or bytes(mask) != bytes(nothing)
