"""Vouch from Python: open a library, index, search, ask, follow up, evaluate; see docs/python.md."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from rag.types import Answer, Evidence, Filters, Role, Turn
from service.params import today
from service.settings import Settings, load_settings

if TYPE_CHECKING:
    from eval.run import Run
    from indexes.ledger import BatchReport
    from indexes.query_engine import AnswerEngine, RankedRetriever
    from rag.pipeline import Pipeline

__all__ = ["Answer", "Evidence", "Filters", "Role", "Turn", "Vouch"]

# Of what readers of LlamaIndex put into their metadata, what a document here has too.
_FIELDS = (
    "title authors journal date year doi pmid pmcid publication_types url licence keywords languages".split()
)


class ForeignDocument(Protocol):
    """A document as any LlamaIndex reader gives it."""

    @property
    def id_(self) -> str:
        """Its id."""

    @property
    def metadata(self) -> dict[str, Any]:
        """What is known of it."""

    @property
    def text(self) -> str:
        """Its words."""


class Vouch:
    """A library with the way from a question to an answer; parts are loaded when they are first needed."""

    def __init__(self, settings: Settings) -> None:
        """Vouch as an operator's settings have it."""
        from service.wiring import open_library

        self.settings = settings
        self._library = open_library(settings)
        self._pipeline: Pipeline | None = None

    @classmethod
    def open(cls, home: str | Path | None = None, *, model: str | None = None) -> Vouch:
        """The library in a data home; what isn't given comes from the settings.

        Args:
            home: the data home; it is made by the first `index`.
            model: embedding model, as the setting `model`.

        Raises:
            InputError: a setting can't be used.
        """
        given = {"home": Path(home) if home is not None else None, "model": model}
        chosen = {name: value for name, value in given.items() if value is not None}
        return cls(load_settings().model_copy(update=chosen))

    def index(self, paths: Sequence[str | Path], *, recursive: bool = True) -> BatchReport:
        """Bring the library up to date with files and folders; what didn't change costs nothing.

        Raises:
            InputError: a path isn't there.
            LibraryProblem: the library can't be written.
        """
        from service.indexing import index_inputs

        places = [Path(path) for path in paths]
        return index_inputs(
            self.settings, places, recursive=recursive, retry_quarantined=False, rebuild=False
        )

    def index_documents(self, documents: Iterable[ForeignDocument]) -> BatchReport:
        """Index documents of a LlamaIndex reader as they are; they are kept as JSON lines in the data home."""
        lines = "".join(json.dumps(_line(document)) + "\n" for document in documents)
        folder = self.settings.data_home / "imported"
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / f"{sha256(lines.encode()).hexdigest()[:16]}.jsonl"
        file.write_text(lines, encoding="utf-8")
        return self.index([file])

    def search(self, query: str, *, limit: int = 10, filters: Filters | None = None) -> tuple[Evidence, ...]:
        """Ranked evidence, each with why it ranks there.

        Raises:
            InputError: the query can't be used.
            LibraryProblem: there is no library.
        """
        return self._at_present().search(query, filters=filters, today=today(), limit=limit).evidence

    def ask(
        self,
        question: str,
        earlier: Sequence[Turn] = (),
        *,
        role: Role = Role.CLINICIAN,
        filters: Filters | None = None,
    ) -> Answer:
        """The answer to a question, read in the light of `earlier` turns.

        Raises:
            InputError: the question can't be used.
            LibraryProblem: there is no library.
        """
        return self._at_present().ask(question, earlier, role=role, filters=filters, today=today())

    def evaluate(self, gold: Sequence[str | Path], out: str | Path) -> Run:
        """A run over gold questions, kept in the folder `out`; one that was stopped goes on from there."""
        from eval.evaluation import evaluate
        from eval.gold_sets import read_sets
        from eval.metrics import metrics
        from eval.store import Store
        from service.answer_json import answer_json
        from service.eval_systems import our_pipeline
        from service.filters import Asked

        found = read_sets([Path(one) for one in gold])
        system = our_pipeline(self.settings, today(), role=None, probes=False, asked=Asked())
        provenance = replace(system.provenance, gold=found.digests)
        store = Store(Path(out), answer_json)
        return evaluate(system.ask, found.questions, metrics(), store, provenance=provenance)

    def retriever(self, *, limit: int = 10) -> RankedRetriever:
        """Search and ranking as a LlamaIndex retriever."""
        from indexes.query_engine import RankedRetriever

        return RankedRetriever(lambda query: self.search(query, limit=limit))

    def query_engine(self) -> AnswerEngine:
        """Answers as a LlamaIndex query engine: the response is the article, its source nodes what it cites."""
        from indexes.query_engine import AnswerEngine
        from service.formats import text_of

        return AnswerEngine(self.ask, lambda answer: text_of(answer, "md"))

    def _at_present(self) -> Pipeline:
        from service.wiring import open_pipeline

        if self._pipeline is None:
            self._pipeline = open_pipeline(self.settings)
        return replace(self._pipeline, coverage=self._library.coverage())


def _line(document: ForeignDocument) -> Mapping[str, Any]:
    known = {name: document.metadata[name] for name in _FIELDS if document.metadata.get(name)}
    title = known.pop("title", None) or document.metadata.get("file_name") or ""
    ids = {} if {"doi", "pmid", "pmcid"} & known.keys() else {"id": document.id_}
    return {**ids, "title": title, **known, "text": document.text}
