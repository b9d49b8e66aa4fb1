"""The libraries that run graphs, loaded so that they tell nobody.

Both report to their makers, over the network, that they were imported and on what machine, and leave a mark of
it in the user's home, unless they are kept from it before the import.
"""

from __future__ import annotations

import os
import sys
from types import ModuleType

from rag.errors import MissingExtra


def onnxruntime() -> ModuleType:
    """The library onnxruntime."""
    # Its `disable_telemetry_events` comes too late: the first event is sent by the import.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime

    return onnxruntime  # type: ignore[no-any-return]  # theirs has no types


def openvino() -> ModuleType:
    """The library OpenVINO.

    Raises:
        MissingExtra: it isn't installed.
    """
    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]  # None bars its import
    try:
        import openvino
    except ImportError as error:
        raise MissingExtra(
            "package openvino isn't installed; install it with: pip install openvino, or set VOUCH_BACKEND=fp32"
        ) from error
    return openvino  # type: ignore[no-any-return]  # theirs has no types
