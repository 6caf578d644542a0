"""What OpenCV does with the picture of a page: seals off, straight, its rules as lines, its ink. Places are in pixels from the top left."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import cast

import cv2
import numpy as np
from numpy import ndarray

from extract.ingest import ocr
from extract.ingest.geometry import IDENTITY, Matrix, Rule, product

Box = tuple[int, int, int, int]
"""left, top, right, bottom."""

_SEAL = 24.0
"""Millimetres of height from which a red shape is a seal: characters of a red head are at most 22 mm high (GB/T 9704)."""
_LONGEST_STRIP = 2400
_OVERLAP = 300
_LONG = 6.0
"""Times its height that a line must be long to tell how the page is turned."""
_LINE = 2.0
"""The same to tell whether it is turned by a quarter."""
_LEVEL = 0.05
"""Degrees within which a page is straight."""
_STEEPEST = 15.0
_RULE = 11.0, 7.0
"""Millimetres of the shortest rule across and down; strokes of characters are shorter."""
_STROKE = 5.6
"""Millimetres of the shortest piece of a rule: longer than a stroke of body text."""
_GAP = 2.0
"""Millimetres by which a rule may be broken."""
_SPECK = 2
"""Pixels of ink that a row or column of a character has at least."""
_PAD = 3
_EDGE = 6
"""Pixels by which a table's outer rules reach beyond their middle."""


def seals_off(image: ndarray, dpi: float) -> ndarray:
    """The picture (RGB) in grey, without seals: in red light their ink is as light as paper, and print under them stays dark.
    Red heads, which are lower and wider, are kept."""
    grey = cast(ndarray, cv2.cvtColor(image, cv2.COLOR_RGB2GRAY))
    red = image[:, :, 0]
    over = cv2.subtract(red, cv2.max(image[:, :, 1], image[:, :, 2]))
    ink = (over > 40).astype(np.uint8)
    if not ink.any():
        return grey
    mm = dpi / 25.4
    near = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((round(3 * mm), round(3 * mm)), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(near)
    for left, top, width, height, _ in stats[1:count]:
        if height < _SEAL * mm or width < _SEAL * mm:
            continue
        part = np.s_[max(0, top - 2) : top + height + 2, max(0, left - 2) : left + width + 2]
        light = (over[part] > 15) & (red[part] > 110)
        grey[part][light] = 255
    return grey


def strips(height: int) -> Iterator[tuple[int, int]]:
    """The rows, first and last, of the parts in which a long picture is looked through; they overlap by a few lines."""
    top = 0
    while top + _LONGEST_STRIP < height:
        yield top, top + _LONGEST_STRIP
        top += _LONGEST_STRIP - _OVERLAP
    yield top, height


def straightened(grey: ndarray, quads: ndarray) -> tuple[ndarray, ndarray, Matrix]:
    """The page upright, its lines level; the corners of its lines on it; and the way back from the straight page to the picture."""
    back = IDENTITY
    across = np.linalg.norm(quads[:, 1] - quads[:, 0], axis=1)
    down = np.linalg.norm(quads[:, 3] - quads[:, 0], axis=1)
    if across[across > _LINE * down].sum() < down[down > _LINE * across].sum():
        grey, quads, back = _quarter(grey, quads, back)
    longest = sorted(quads, key=lambda quad: -float(np.linalg.norm(quad[1] - quad[0])))
    if ocr.are_upside_down([coloured(crop(grey, bounds(quad))) for quad in longest[: ocr.UPRIGHT]]):
        for _ in range(2):
            grey, quads, back = _quarter(grey, quads, back)
    edge = quads[:, 1] - quads[:, 0]
    length = np.linalg.norm(edge, axis=1)
    tilt = np.degrees(np.arctan2(edge[:, 1], edge[:, 0]))
    tell = (length > _LONG * np.linalg.norm(quads[:, 3] - quads[:, 0], axis=1)) & (np.abs(tilt) < _STEEPEST)
    if not tell.any():
        return grey, quads, back
    order = np.argsort(tilt[tell])
    weight = np.cumsum(length[tell][order])
    angle = float(tilt[tell][order][np.searchsorted(weight, weight[-1] / 2)])
    if abs(angle) < _LEVEL:
        return grey, quads, back
    height, width = grey.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    paper = int(np.median(grey))
    grey = cast(ndarray, cv2.warpAffine(grey, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=paper))
    quads = quads @ turn[:, :2].T + turn[:, 2]
    (a, c, e), (b, d, f) = cv2.invertAffineTransform(turn)
    return grey, quads, product((float(a), float(b), float(c), float(d), float(e), float(f)), back)


def _quarter(grey: ndarray, quads: ndarray, back: Matrix) -> tuple[ndarray, ndarray, Matrix]:
    """All of it turned by a quarter clockwise; the corners begin at a line's new top left again."""
    height = grey.shape[0]
    turned = np.stack((height - quads[:, :, 1], quads[:, :, 0]), axis=2)
    return (
        np.ascontiguousarray(np.rot90(grey, -1)),
        np.roll(turned, 1, axis=1),
        product((0.0, -1.0, 1.0, 0.0, 0.0, float(height)), back),
    )


def rules(grey: ndarray, dpi: float) -> tuple[list[Rule], ndarray]:
    """The lines drawn across and down the page, and which pixels they take."""
    dark = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 15)
    drawn = np.zeros_like(dark)
    found: list[Rule] = []
    for axis, least in enumerate(_RULE):
        lines = dark
        for change, length in ((cv2.MORPH_OPEN, _STROKE), (cv2.MORPH_CLOSE, _GAP), (cv2.MORPH_OPEN, least)):
            size = round(length * dpi / 25.4)
            lines = cv2.morphologyEx(lines, change, cv2.getStructuringElement(cv2.MORPH_RECT, (size, 1) if axis == 0 else (1, size)))
        lines = cv2.dilate(lines, np.ones((3, 3), np.uint8))
        count, _, stats, _ = cv2.connectedComponentsWithStats(lines)
        thick = 2.5 * dpi / 25.4
        for left, top, width, height, _ in stats[1:count].tolist():
            if (height if axis == 0 else width) > thick:
                continue  # a picture, a bar
            x, y = left + width / 2, top + height / 2
            found.append(Rule(left, y, left + width, y) if axis == 0 else Rule(x, top, x, top + height))
        drawn = cast(ndarray, cv2.bitwise_or(drawn, lines))
    return found, cast(ndarray, cv2.dilate(drawn, np.ones((3, 3), np.uint8)))


def wipe(grey: ndarray, drawn: ndarray, left: int, top: int, right: int, bottom: int) -> None:
    """Take the rules of a table, and nothing else that is drawn, off the page."""
    part = np.s_[max(0, top - _EDGE) : bottom + _EDGE, max(0, left - _EDGE) : right + _EDGE]
    grey[part][drawn[part] > 0] = 255


def ink_of(grey: ndarray) -> ndarray:
    """Which pixels are print."""
    return cast(ndarray, cv2.adaptiveThreshold(grey, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 51, 20))


def shrunk(ink: ndarray, box: Box) -> Box | None:
    """A box drawn in to the ink that it holds; None where it holds none."""
    left, top, right, bottom = box
    part = ink[max(0, top) : bottom, max(0, left) : right]
    columns = np.flatnonzero(part.sum(axis=0) >= _SPECK)
    rows = np.flatnonzero(part.sum(axis=1) >= _SPECK)
    if not len(columns) or not len(rows):
        return None
    left, top = max(0, left), max(0, top)
    return left + int(columns[0]), top + int(rows[0]), left + int(columns[-1]) + 1, top + int(rows[-1]) + 1


def crop(grey: ndarray, box: Box) -> ndarray:
    """The part of a page in a box, with a little of the paper around it."""
    left, top, right, bottom = box
    return grey[max(0, top - _PAD) : bottom + _PAD, max(0, left - _PAD) : right + _PAD]


def coloured(grey: ndarray) -> ndarray:
    """The same with three channels, as models take it."""
    return cast(ndarray, cv2.cvtColor(np.ascontiguousarray(grey), cv2.COLOR_GRAY2BGR))


def bounds(quad: ndarray) -> Box:
    """The upright rectangle around four corners."""
    (left, top), (right, bottom) = quad.min(axis=0), quad.max(axis=0)
    return math.floor(left), math.floor(top), math.ceil(right), math.ceil(bottom)


def level_bounds(quad: ndarray) -> Box:
    """The rectangle of a level line: between the middles of its short sides, half of them above and below."""
    left, right = sorted((float((quad[0, 0] + quad[3, 0]) / 2), float((quad[1, 0] + quad[2, 0]) / 2)))
    top, bottom = sorted((float((quad[0, 1] + quad[1, 1]) / 2), float((quad[2, 1] + quad[3, 1]) / 2)))
    return math.floor(left), math.floor(top), math.ceil(right), math.ceil(bottom)
