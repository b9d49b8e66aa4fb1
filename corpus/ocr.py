"""Words in the picture of a page, recognised by an optional package: `pip install 'vouch[ocr]'`."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

Picture: TypeAlias = NDArray[np.uint8]
"""Shape (height, width, 3), from the upper left corner; blue, green, red."""

EXTRA = "vouch[ocr]"
_PACKAGE = "rapidocr"
_FINDS, _READS = "PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx"
_ARENA_MAX = -8  # of glibc's malloc.h
_SIDE = 960  # pixels to which a picture is shrunk to find lines; they are read at full size


@dataclass(frozen=True, slots=True)
class Recognised:
    """One line of a picture."""

    text: str
    corners: tuple[tuple[float, float], ...]
    """Upper left, upper right, lower right, lower left, in pixels from the upper left corner of the picture."""
    confidence: float
    """From 0 to 1."""


class Recogniser(Protocol):
    """Reads the lines of a picture, in any order; none where it finds none."""

    def __call__(self, picture: Picture) -> Sequence[Recognised]:
        """The lines of `picture`."""


Installed: TypeAlias = Callable[[], Recogniser | None]


@cache
def installed() -> Recogniser | None:
    """The recogniser of the extra, with the models that its package holds; None where it isn't installed."""
    if find_spec(_PACKAGE) is None:
        return None
    _share_one_arena()
    import cv2
    from rapidocr import RapidOCR

    cv2.setNumThreads(1)
    return _Rapid(RapidOCR(params=_settings()))


class _Rapid:
    """RapidOCR with PP-OCRv6, on onnxruntime."""

    def __init__(self, engine: Any) -> None:
        self._engine = engine

    def __call__(self, picture: Picture) -> Sequence[Recognised]:
        found = self._engine(picture, use_det=True, use_cls=False, use_rec=True)
        if getattr(found, "txts", None) is None or found.boxes is None:
            return ()
        return tuple(
            Recognised(text, tuple((float(x), float(y)) for x, y in box), float(score))
            for text, box, score in zip(found.txts, found.boxes, found.scores, strict=True)
        )


def _share_one_arena() -> None:
    """Keep glibc from setting addresses aside for each thread, which count as memory of a reader of files.

    With it a page takes 690 MB of addresses and 370 MB of memory; without it 950 MB of addresses.
    """
    with suppress(OSError, AttributeError, TypeError):  # another C library
        ctypes.CDLL(None).mallopt(_ARENA_MAX, 1)


def _settings() -> dict[str, Any]:
    import rapidocr

    # Named by their files, for a model that is asked for by its kind would be fetched where it is missing.
    models = Path(rapidocr.__file__).parent / "models"
    return {
        "Det.model_path": str(models / _FINDS),
        "Rec.model_path": str(models / _READS),
        "Det.limit_type": "max",
        "Det.limit_side_len": _SIDE,
        "Rec.rec_batch_num": 1,  # in batches all lines are as wide as the widest: more time and memory
        "Global.use_cls": False,
        "Global.text_score": 0.0,
        "Global.log_level": "critical",
        "EngineConfig.onnxruntime.intra_op_num_threads": 1,
        "EngineConfig.onnxruntime.inter_op_num_threads": 1,
    }
