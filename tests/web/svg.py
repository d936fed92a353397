"""A picture read back: what stands where in it."""

import re
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple
from xml.etree import ElementTree

from claims.web.pictures.text import Box, box_of

NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
STEP = re.compile(r"([MHVLZ])([^MHVLZ]*)")
# Coordinates are written to a tenth.
ROUNDING = 0.11


class Word(NamedTuple):
    words: str
    kind: str
    box: Box


def read(picture: str) -> ElementTree.Element:
    """The picture as XML; it fails where the picture is not well formed."""
    return ElementTree.fromstring(picture)


def view(root: ElementTree.Element) -> Box:
    return Box(*(float(number) for number in root.attrib["viewBox"].split()))


def words(root: ElementTree.Element) -> list[Word]:
    found = []
    for text in root.iter("text"):
        at = float(text.attrib["x"]), float(text.attrib["y"])
        box = box_of(text.text or "", *at, text.attrib.get("text-anchor", "start"))
        found.append(Word(text.text or "", text.attrib.get("class", ""), box))
    return found


def said(root: ElementTree.Element) -> list[str]:
    return [word.words for word in words(root)]


def of_class(root: ElementTree.Element, kind: str) -> list[ElementTree.Element]:
    return [one for one in root.iter() if kind in one.attrib.get("class", "").split()]


def points(path: str) -> list[tuple[float, float]]:
    """Where a path of absolute steps goes."""
    x = y = 0.0
    found = []
    for letter, written in STEP.findall(path):
        numbers = [float(number) for number in NUMBER.findall(written)]
        if letter in "ML":
            x, y = numbers
        elif letter == "H":
            (x,) = numbers
        elif letter == "V":
            (y,) = numbers
        found.append((x, y))
    return found


def outline(one: ElementTree.Element) -> list[tuple[float, float]]:
    """The outermost points of an element that is drawn; none for one that is not."""
    has = {name: float(value) for name, value in one.attrib.items() if NUMBER.fullmatch(value)}
    if one.tag == "circle":
        x, y, r = has["cx"], has["cy"], has["r"]
        return [(x - r, y - r), (x + r, y + r)]
    if one.tag in ("rect", "use"):
        return [(has["x"], has["y"]), (has["x"] + has["width"], has["y"] + has["height"])]
    if one.tag == "line":
        return [(has["x1"], has["y1"]), (has["x2"], has["y2"])]
    if one.tag == "polygon":
        pairs = (pair.split(",") for pair in one.attrib["points"].split())
        return [(float(x), float(y)) for x, y in pairs]
    if one.tag == "path":
        return points(one.attrib["d"])
    return []


def box(one: ElementTree.Element) -> Box:
    xs, ys = zip(*outline(one), strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


def outside(root: ElementTree.Element) -> Iterator[str]:
    """All that leaves the view box."""
    x0, y0, x1, y1 = view(root)
    whole = Box(x0 - ROUNDING, y0 - ROUNDING, x1 + ROUNDING, y1 + ROUNDING)
    for one in root.iter():
        if outline(one) and not box(one).within(whole):
            yield ElementTree.tostring(one, encoding="unicode")
    for word in words(root):
        if not word.box.within(whole):
            yield word.words


def collisions(root: ElementTree.Element) -> list[tuple[str, str]]:
    """Pairs of words that stand on each other."""
    return [
        (one.words, other.words) for one, other in combinations(words(root), 2) if one.box.touches(other.box, -ROUNDING)
    ]
