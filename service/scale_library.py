"""A large library for measuring: real papers, repeated with noise in their words and vectors.

No text of it is read by anyone. Of every word some are replaced by others of the same papers, ids and years are new;
the vector of a passage is that of a passage of the paper that it was made from, with noise, so that a million
texts need no embedding.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.passages import passages
from indexes.build import index_paths
from indexes.library import Library
from indexes.records import embedded_text
from indexes.vector_store import TEXTS_A_CALL, Progress
from rag.types import Document, Embedder, FloatArray, PublicationDate, Section

BASE_PASSAGES = 2_000  # real ones at the most; each is embedded
DOCUMENTS_A_FILE = 20_000
_REPLACED = 0.15  # of the words
_NOISE = 0.55  # length of what is added to a vector of length 1
_FIRST_YEAR, _YEARS = 1990, 35


@dataclass(frozen=True, slots=True)
class Base:
    """Real papers, and the vectors of their passages."""

    documents: tuple[Document, ...]
    vectors: tuple[FloatArray, ...]
    """For each document one row a passage."""
    words: NDArray[np.str_]
    """All of their words, as often as they occur."""

    @property
    def passages_a_document(self) -> float:
        """Mean number of passages of a document."""
        return sum(map(len, self.vectors)) / len(self.documents)

    def document(self, number: int) -> Document:
        """The made document of a number; the same number always gives the same one."""
        rng = np.random.default_rng(number)
        source = self.documents[number % len(self.documents)]
        sections = tuple(Section(one.heading, self._noisy(one.text, rng)) for one in source.sections)
        year = PublicationDate(_FIRST_YEAR + number % _YEARS)
        title = f"{self._noisy(source.title, rng)} {number}"
        return replace(
            source, id=f"ref:scale-{number}", aliases=(), links=(), title=title, sections=sections,
            published=year, registry=None, source_path=None,
        )  # fmt: skip

    def _noisy(self, text: str, rng: np.random.Generator) -> str:
        words = text.split(" ")
        for place in np.flatnonzero(rng.random(len(words)) < _REPLACED).tolist():
            words[place] = str(self.words[rng.integers(len(self.words))])
        return " ".join(words)


class NoisyVectors:
    """Stands in for the model that embedded a `Base` where texts of its made documents are embedded."""

    def __init__(self, base: Base, model: Embedder) -> None:
        self._base = base
        self.name = made_name(model)
        self.dim = model.dim

    def embed(self, texts: list[str]) -> FloatArray:
        """Vectors of texts as `embedded_text` makes them: shape (len(texts), dim), normalised."""
        return np.stack([self._vector(text) for text in texts])

    def _vector(self, text: str) -> FloatArray:
        number = int(text.partition("\n")[0].rpartition(" ")[2])
        real = self._base.vectors[number % len(self._base.vectors)]
        seed = int.from_bytes(blake2b(text.encode(), digest_size=8).digest())
        rng = np.random.default_rng(seed)
        noise = rng.standard_normal(self.dim, dtype=np.float32) * (_NOISE / math.sqrt(self.dim))
        vector = real[seed % len(real)] + noise
        return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class RealQueries:
    """A model that embeds questions for a library of noisy vectors."""

    model: Embedder

    @property
    def name(self) -> str:
        """The name that the library knows."""
        return made_name(self.model)

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return self.model.dim

    def embed(self, texts: list[str]) -> FloatArray:
        """Vectors of `texts` as the model gives them."""
        return self.model.embed(texts)


def made_name(model: Embedder) -> str:
    """How a library of noisy vectors calls them, so that they never pass for the model's own."""
    return f"{model.name}+noise"


def base_of(documents: Sequence[Document], model: Embedder, cache: Path, tell: Progress) -> Base:
    """The first of `documents`, embedded; their vectors are kept in the folder `cache`."""
    chosen: list[Document] = []
    texts: list[list[str]] = []
    for document in documents:
        cut = [embedded_text(document, passage) for passage in passages(document)]
        if cut and sum(map(len, texts)) + len(cut) <= BASE_PASSAGES:
            chosen.append(document)
            texts.append(cut)
    vectors = _embedded([text for cut in texts for text in cut], model, cache, tell)
    parts = np.split(vectors, np.cumsum([len(cut) for cut in texts])[:-1])
    words = [word for one in chosen for section in one.sections for word in section.text.split()]
    return Base(tuple(chosen), tuple(parts), np.array(words))


@dataclass(frozen=True, slots=True)
class Maker:
    """Fills libraries with documents made from a `Base`."""

    base: Base
    model: Embedder
    tell: Progress

    def build(self, folder: Path, count: int) -> tuple[Library, float]:
        """A library of about `count` passages in `folder`, and the seconds that it took."""
        folder.mkdir(parents=True, exist_ok=True)
        library = Library(folder / "library")
        documents = round(count / self.base.passages_a_document)
        files = [
            listing(folder, start, min(DOCUMENTS_A_FILE, documents - start))
            for start in range(0, documents, DOCUMENTS_A_FILE)
        ]
        began = time.perf_counter()
        self.add(library, files)
        return library, time.perf_counter() - began

    def add(self, library: Library, files: Sequence[Path]) -> None:
        """Bring a library up to date with files that `listing` wrote."""
        vectors = NoisyVectors(self.base, self.model)
        index_paths(library, files, vectors, progress=self.tell, read=self._read)

    def _read(self, path: Path) -> Iterator[Document]:
        start, count = map(int, path.read_text(encoding="utf-8").split())
        return (self.base.document(number) for number in range(start, start + count))


def listing(folder: Path, start: int, count: int) -> Path:
    """A file that stands for `count` made documents from number `start` on."""
    path = folder / f"made-{start}-{count}.txt"
    path.write_text(f"{start} {count}\n", encoding="utf-8")
    return path


def _embedded(texts: list[str], model: Embedder, cache: Path, tell: Progress) -> FloatArray:
    digest = blake2b("\0".join([model.name, *texts]).encode("utf-8", "surrogatepass"), digest_size=8)
    path = cache / f"base-{digest.hexdigest()}.npy"
    if path.is_file():
        return np.asarray(np.load(path, allow_pickle=False), dtype=np.float32)
    lots = []
    for start in range(0, len(texts), TEXTS_A_CALL):
        tell("embedding real passages", start, len(texts))
        lots.append(model.embed(texts[start : start + TEXTS_A_CALL]))
    made = np.concatenate(lots)
    cache.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".unfinished.npy")
    np.save(unfinished, made, allow_pickle=False)
    unfinished.replace(path)
    return made
