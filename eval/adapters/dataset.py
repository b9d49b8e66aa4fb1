"""A set that others made, in our nouns: documents, questions and judged pairs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from eval.bench_currency import Notice
from eval.bench_followups import Rewrite
from eval.gold import GoldQuestion
from eval.pairs import VerificationPair
from rag.types import Document


@dataclass(frozen=True, slots=True)
class Source:
    """Where a set comes from and what may be done with it."""

    name: str
    title: str
    origin: str
    licence: str
    internal: bool = False
    """True where figures may be reported and text may not be passed on."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """What a set holds; a part that it has nothing for is empty."""

    source: Source
    documents: tuple[Document, ...] = ()
    """To be indexed; design and level are left to whoever indexes them, where the set doesn't give them."""
    questions: tuple[GoldQuestion, ...] = ()
    pairs: tuple[VerificationPair, ...] = ()
    rewrites: tuple[Rewrite, ...] = ()
    notices: tuple[Notice, ...] = ()
    papers: tuple[Path, ...] = ()
    """Files to be read as any input is, in place of or beside `documents`."""
    typed: tuple[Path, ...] = ()
    """Files of records with publication types, to see what their words tell without these."""


Adapter: TypeAlias = Callable[[Path], Dataset]
"""Reads the folder of a set; raises InputError where it isn't there or isn't what it should be."""
