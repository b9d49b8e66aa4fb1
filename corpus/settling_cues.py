"""Titles that settle what a document is, whatever its publication types say."""

from __future__ import annotations

from corpus.cues import cue
from rag.types import Design as D  # noqa: N817  # one letter keeps the rows short

SETTLING_CUES = (
    cue(
        D.NOTICE,
        r"^\W*(?:retraction(?: note| notice)?(?: to| of| for)?\s*[:–—-](?=\s*\w)|(?:editorial )?expression of concern\b"
        r"|errat(?:um|a)\b|corrigend(?:um|a)\b|(?:author |publisher )?corrections?(?: to| of)?\s*:|correction to\b"
        r"|withdrawal notice\b|notice of (?:retraction|correction|withdrawal)\b)",
    ),
    cue(
        D.PROTOCOL,
        r"\b(?:study|trial|review) protocol\b|\bprotocol (?:for|of) (?:an?|the)\b.*\b(?:trial|study|review|analysis)\b"
        r"|\brationale and (?:study )?design of\b|\bdesign and rationale of\b"
        r"|(?:^|[:–—-] ?)(?:the )?(?:study )?(?:rationale|design)(?:(?:,| and|, and) (?:rationale|design|methods|objectives))* of (?:an?|the)\b.*\b(?:trial|study)\b",
    ),
    cue(
        D.OPINION,
        r"^\W*(?:re|(?:author'?s'? |in )?(?:reply|response)|letter to the editor|commentary)\s*[:.–—]|(?:^|[:.–—] ?)comments? on\b|^editorial\W*$"
        r"|\[(?:letter|comment|editorial|news)\b[^\]]*\]|[:.–—] *(?:an? )?(?:invited |editorial )?(?:commentary|editorial|viewpoint|letter to the editor)\W*$",
    ),
)
