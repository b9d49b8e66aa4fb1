"""Sets whose adapters have nouns of their own, seen as the others are, as far as a benchmark can use them."""

from __future__ import annotations

from pathlib import Path

from eval import adapters_evidence_inference, adapters_nli4ct, adapters_uspstf
from eval.adapters.dataset import Dataset, Source


def nli4ct(folder: Path) -> Dataset:
    """NLI4CT: the statements of both parts."""
    source = Source("nli4ct", "NLI4CT", adapters_nli4ct.SOURCE, adapters_nli4ct.LICENCE, internal=True)
    return Dataset(
        source,
        pairs=tuple(pair for part in ("train", "dev") for pair in adapters_nli4ct.read_nli4ct(folder, part)),
    )


def evidence_inference(folder: Path) -> Dataset:
    """Evidence Inference: each finding and the two that it isn't; the full texts are JATS and not among these."""
    known = adapters_evidence_inference
    source = Source("evidence_inference", "Evidence Inference", known.SOURCE, known.LICENCE)
    return Dataset(source, pairs=known.pairs(known.read_prompts(folder)))


def uspstf(folder: Path) -> Dataset:
    """USPSTF: recommendations as guidelines, and questions for their grades."""
    known = adapters_uspstf
    snapshots = known.read_snapshots(folder)
    source = Source("guidelines_uspstf", "USPSTF", known.SOURCE, known.LICENCE, internal=True)
    return Dataset(source, documents=known.documents(snapshots), questions=known.questions(snapshots))
