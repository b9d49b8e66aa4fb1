"""A counting embedder and a plain file format for tests of the library: every document in here is made up."""

from __future__ import annotations

import json
from hashlib import sha256

import numpy as np

from corpus.quarantine import BadRecord
from indexes.build import index_paths
from indexes.candidates import CandidateSearch
from rag.errors import UnreadableInput
from rag.nodes import document_from_json, document_json, sections_from_json, sections_json
from rag.text import terms
from rag.types import Design, Document, Filters, PublicationDate, Section


class CountingEmbedder:
    """Adds up one direction for each term, and remembers the texts that it embedded."""

    def __init__(self, name="counting", dim=32, failures=0):
        self.name, self.dim, self.failures = name, dim, failures
        self.embedded = []

    def embed(self, texts):
        if self.failures:
            self.failures -= 1
            raise RuntimeError("made-up failure")
        self.embedded += texts
        return np.stack([self._vector(text) for text in texts])

    def _vector(self, text):
        vector = np.full(self.dim, 1e-3, dtype=np.float32)
        for term in terms(text):
            vector += self._direction(term)
        return vector / np.linalg.norm(vector)

    def _direction(self, term):
        seed = int.from_bytes(sha256(f"{self.name} {term}".encode()).digest()[:8], "big")
        return np.random.default_rng(seed).normal(size=self.dim).astype(np.float32)


def paper(number=1, text="Steroids were of no use.", **fields):
    """A made-up document with one section."""
    known = {"title": f"Made-up study {number}", "published": PublicationDate(2020), "design": Design.COHORT}
    return Document(
        **({"id": f"ref:made-up-{number}", "sections": (Section("Results", text),)} | known | fields)
    )


def write(path, *documents, broken=()):
    """Write documents into a file of the format that `read` reads, with broken lines after them."""
    lines = [json.dumps([document_json(d), sections_json(d.sections)]) for d in documents]
    path.write_text("\n".join([*lines, *broken]), encoding="utf-8")
    return path


def read(path):
    """Documents of a file that `write` wrote."""
    from dataclasses import replace

    content = path.read_text(encoding="utf-8")
    if content == "unreadable":
        raise UnreadableInput("a made-up fault of the whole file")
    for number, line in enumerate(content.splitlines(), start=1):
        try:
            body, sections = json.loads(line)
        except ValueError:
            yield BadRecord(f"line {number}", "no JSON")
        else:
            yield replace(document_from_json(body), sections=sections_from_json(sections))


def index(library, *paths, embedder=None, **options):
    """Index files of the format above."""
    options = {"read": read, "pause": lambda seconds: None} | options
    return index_paths(library, paths, embedder or CountingEmbedder(), **options)


def ids(library, query, filters=None, embedder=None, **options):
    """Ids of the documents found for a query, the best first."""
    search = CandidateSearch(library, embedder or CountingEmbedder(), **options)
    found = search.search([query], filters or Filters()).found
    return list(dict.fromkeys(one.document.id for one in found))


def lexical_ids(library, word):
    """Ids of the documents that hold a word."""
    search = CandidateSearch(library, CountingEmbedder())
    return [one.document.id for one in search.search([word]).found if one.lexical is not None]
