"""Every set that is known, by the name of its folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from eval.adapters import (
    bioasq,
    conv_rewrite,
    evidence_inference,
    expertqa,
    healthver,
    medline_types,
    nli4ct,
    pubmedqa,
    pubmedrs200,
    retractions,
    scifact,
    uspstf,
)
from eval.adapters.dataset import Adapter, Dataset
from eval.beir import is_beir, read_beir
from rag.errors import InputError

ADAPTERS: Mapping[str, Adapter] = MappingProxyType(
    {
        "scifact": scifact.read,
        "pubmedqa": pubmedqa.read,
        "bioasq": bioasq.read,
        "pubmedrs200": pubmedrs200.read,
        "healthver": healthver.read,
        "expertqa_med": expertqa.read,
        "nli4ct": nli4ct.read,
        "evidence_inference": evidence_inference.read,
        "guidelines_uspstf": uspstf.read,
        "conv_rewrite": conv_rewrite.read,
        "retractions": retractions.read,
        "medline_nbib_ris": medline_types.read,
    }
)


def read_dataset(folder: Path, split: str | None = None) -> Dataset:
    """The set in a folder: one in BEIR's format, else by the folder's name.

    Args:
        folder: of the set.
        split: which questions of a set in BEIR's format; others have one split, and `train` is SciFact's.

    Raises:
        InputError: the folder isn't there, no set is known by its name, or it can't be read.
    """
    if not folder.is_dir():
        raise InputError(f"there is no folder {folder}; give the folder of a set, as in: shared/data/scifact")
    if is_beir(folder):
        return read_beir(folder, split)
    adapter = ADAPTERS.get(folder.resolve().name)
    if adapter is None:
        known = ", ".join(ADAPTERS)
        raise InputError(
            f"{folder} is no set in BEIR's format, and its name is none of {known}; give one of these"
        )
    return adapter(folder)
