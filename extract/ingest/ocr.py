"""Recognition of characters with RapidOCR, the extra `ocr`. Its models are part of its wheel; nothing is fetched."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy import ndarray

HINT = 'install it with its extra ocr to have them recognised: pip install "taizhang[ocr]"'
_DETECTED = 1400
"""Pixels of the longer side of the picture in which lines are looked for; more of them find no more lines and take a gigabyte."""
UPRIGHT = 16
"""Lines that are asked whether they stand on their heads."""
_WIDE = str.maketrans(",;:!?()", "，；：！？（）")
_NARROW = re.compile(r"(?<=[\u3001-\u9fff\uff00-\uffef])[,;:!?()]|[,;:!?()](?=[\u3001-\u9fff\uff00-\uffef])")


@cache
def is_installed() -> bool:
    """Whether the extra is there."""
    return all(find_spec(name) is not None for name in ("rapidocr", "onnxruntime", "cv2"))


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    one_thread = {f"EngineConfig.onnxruntime.{kind}_op_num_threads": 1 for kind in ("intra", "inter")}  # workers share the machine
    return RapidOCR(params={"Global.log_level": "critical", "Global.max_side_len": 2 * _DETECTED, **one_thread})


def find_lines(picture: ndarray) -> ndarray:
    """The lines of text in a picture (rows, columns, BGR): an array of four corners each, clockwise from the line's own top left."""
    import cv2
    import numpy as np

    scale = min(1.0, _DETECTED / max(picture.shape[:2]))
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else picture
    found = _engine()(small, use_det=True, use_cls=False, use_rec=False)
    boxes = getattr(found, "boxes", None)
    return np.zeros((0, 4, 2)) if boxes is None else np.asarray(boxes, dtype=float) / scale


def are_upside_down(pictures: Sequence[ndarray]) -> bool:
    """Whether most of these lines stand on their heads; the longest tell best and should come first."""
    if not pictures:
        return False
    _, told = _engine().cls_and_rotate(list(pictures[:UPRIGHT]))
    turned = sum(1 for label, score in told.cls_res if label == "180" and score > 0.9)
    return 2 * turned > min(len(pictures), UPRIGHT)


def read_lines(pictures: Sequence[ndarray]) -> list[tuple[str, float]]:
    """The text of each picture of one line, with the mean certainty of its characters (0 to 1). Marks beside Han characters are
    full-width ones, whatever width they are recognised in."""
    if not pictures:
        return []
    found = _engine().recognize_txt(list(pictures))
    return [
        (_NARROW.sub(lambda mark: mark[0].translate(_WIDE), text.strip()), float(score))
        for text, score in zip(found.txts, found.scores, strict=True)
    ]
