"""Terms of passages, searched with tantivy (BM25): a cache of the library."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from indexes.durability import sync_files
from indexes.within import Within
from rag.errors import LibraryProblem
from rag.text import terms

if TYPE_CHECKING:
    import tantivy

TITLE_COUNTS = 2  # a word of the title counts so many times one of the text

# Named for the rules by which texts become terms: a cache by other rules has another field, and is made anew.
_FIELD = "terms3"
_FILTER_BY_TERMS_BELOW = 10_000  # allowed passages; above, hits are filtered after the search
_HEAP_BYTES = 64_000_000
_COUNTS_KEPT = 100_000  # terms
LOCKS = (".tantivy-writer.lock", ".tantivy-meta.lock")
# Rewritten by tantivy at each commit; all other files are never changed once written.
_REWRITTEN = ("meta.json", ".managed.json")


@dataclass(frozen=True, slots=True)
class Entry:
    """What is searched of one passage."""

    num: int
    title: str
    section: str
    text: str
    subjects: str = ""
    """Subject headings and keywords of its document."""


class LexicalIndex:
    """The terms of all passages of one generation, by passage number."""

    def __init__(self, index: tantivy.Index) -> None:
        self._schema = index.schema
        self._searcher = index.searcher()
        self._counted: dict[str, int] = {}

    @classmethod
    def open(cls, folder: Path) -> LexicalIndex:
        """The index in `folder`; the caller has checked its files."""
        import tantivy

        try:
            index = tantivy.Index.open(str(folder))
            tantivy.Query.term_query(index.schema, _FIELD, "any")  # raises where there is no such field
            return cls(index)
        except (ValueError, OSError) as error:
            raise LibraryProblem(f"the lexical cache can't be read: {error}; it must be rebuilt") from error

    @property
    def size(self) -> int:
        """Number of passages."""
        return int(self._searcher.num_docs)

    def best(self, found: Sequence[str], top_k: int, within: Within | None = None) -> list[tuple[int, float]]:
        """Passages that hold any of the terms `found`, with their BM25 score, the best first.

        Args:
            found: terms as `rag.text.terms` gives them.
            top_k: at most so many; fewer where there are no more.
            within: only these passages; None: all.
        """
        wanted = min(top_k, self.size if within is None else len(within))
        if not found or wanted == 0:
            return []
        query = self._query(found)
        if within is None:
            return self._hits(query, wanted)
        if len(within) < _FILTER_BY_TERMS_BELOW:
            return self._hits(self._filtered(query, within), wanted)
        return self._hits_among(query, wanted, within)

    def document_frequencies(self, found: Iterable[str]) -> dict[str, int]:
        """In how many passages, title included, each term occurs."""
        return {term: self._count(term) for term in dict.fromkeys(found)}

    def _count(self, term: str) -> int:
        """Counted once a term: what takes long are the frequent ones, and every question has some."""
        known = self._counted.get(term)
        if known is None:
            result: Any = self._searcher.search(self._query([term]), limit=1, count=True)
            known = int(result.count)  # which tantivy's type stubs don't know
            if len(self._counted) >= _COUNTS_KEPT:
                self._counted.clear()
            self._counted[term] = known
        return known

    def _query(self, found: Sequence[str]) -> tantivy.Query:
        """Any of the terms. Built from terms alone: what a user writes is never parsed as a query."""
        from tantivy import Occur, Query

        clauses = [
            (Occur.Should, Query.term_query(self._schema, _FIELD, term, "freq"))
            for term in dict.fromkeys(found)
        ]
        return Query.boolean_query(clauses)

    def _filtered(self, query: tantivy.Query, within: Within) -> tantivy.Query:
        from tantivy import Occur, Query

        terms_within = Query.term_set_query(self._schema, "num", within.nums.tolist())
        filtering = Query.const_score_query(terms_within, 0.0)
        return Query.boolean_query([(Occur.Must, query), (Occur.Must, filtering)])

    def _hits(self, query: tantivy.Query, top_k: int) -> list[tuple[int, float]]:
        hits = self._searcher.search(query, limit=top_k, count=False).hits
        nums = self._searcher.fast_field_values("num", [address for _, address in hits])
        scored = [(int(num or 0), float(score)) for num, (score, _) in zip(nums, hits, strict=True)]
        return sorted(scored, key=lambda hit: (-hit[1], hit[0]))

    def _hits_among(self, query: tantivy.Query, top_k: int, within: Within) -> list[tuple[int, float]]:
        depth = 4 * top_k
        while True:
            hits = self._hits(query, depth)
            inside = within.among(np.array([num for num, _ in hits], dtype=np.int64))
            kept = [hit for hit, allowed in zip(hits, inside, strict=True) if allowed]
            if len(kept) >= top_k or len(hits) < depth:
                return kept[:top_k]
            depth *= 4


def build(folder: Path, entries: Iterable[Entry]) -> None:
    """A new index of `entries` in the empty `folder`."""
    import tantivy

    schema = tantivy.SchemaBuilder()
    schema.add_unsigned_field("num", stored=False, indexed=True, fast=True)
    schema.add_text_field(_FIELD, stored=False, tokenizer_name="whitespace", index_option="freq")
    _change(tantivy.Index(schema.build(), path=str(folder)), (), entries)
    _make_durable(folder)


def bring_forward(previous: Path, folder: Path, removed: Iterable[int], entries: Iterable[Entry]) -> None:
    """The index of `previous` without the passages `removed` and with `entries`, in the empty `folder`.

    Files that never change are shared between the two by hard links.
    """
    import tantivy

    for file in previous.iterdir():
        if file.name not in LOCKS:
            _link(file, folder / file.name)
    _change(tantivy.Index.open(str(folder)), removed, entries)
    _make_durable(folder)


def _link(file: Path, target: Path) -> None:
    if file.name not in _REWRITTEN:
        try:
            os.link(file, target)
        except OSError:  # a file system without hard links
            pass
        else:
            return
    shutil.copyfile(file, target)


def _change(index: tantivy.Index, removed: Iterable[int], entries: Iterable[Entry]) -> None:
    import tantivy

    # One thread, so that the same entries always give the same index.
    writer = index.writer(heap_size=_HEAP_BYTES, num_threads=1)
    gone = list(removed)
    if gone:
        # By query: tantivy's delete by term takes a number for a signed one and finds nothing.
        writer.delete_documents_by_query(tantivy.Query.term_set_query(index.schema, "num", gone))
    for entry in entries:
        fields: dict[str, Any] = {"num": entry.num, _FIELD: " ".join(_terms_of(entry))}
        writer.add_document(tantivy.Document.from_dict(fields, index.schema))
    writer.commit()
    writer.wait_merging_threads()


def _terms_of(entry: Entry) -> list[str]:
    """All in one field: a field of its own for the title weighs a short title above all, which ranks worse."""
    return terms("\n".join((*[entry.title] * TITLE_COUNTS, entry.section, entry.text, entry.subjects)))


def _make_durable(folder: Path) -> None:
    for lock in LOCKS:
        (folder / lock).unlink(missing_ok=True)
    sync_files(folder)
