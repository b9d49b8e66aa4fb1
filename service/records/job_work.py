"""What jobs do: index files, fetch from PubMed and index, evaluate against gold questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, cast

from rag.errors import InputError
from service.json_text import Json
from service.params import today
from service.records.jobs import Job, JobKind
from service.settings import Settings

if TYPE_CHECKING:
    from eval.gold_sets import GoldSet


def done(settings: Settings, job: Job) -> dict[str, Json]:
    """Do the work of a job and return what came of it.

    Raises:
        VouchError: it can't be done; what was done until then stays.
    """
    match job.kind:
        case JobKind.INDEX if job.request.get("query"):
            return _fetched(settings, job.request)
        case JobKind.INDEX:
            return _indexed(settings, job.request)
        case JobKind.EVALUATION:
            return _evaluated(settings, job.id, job.request)


def gold_sets() -> dict[str, Path]:
    """The gold sets that ship, by name."""
    import eval as package

    folder = Path(str(package.__file__)).parent / "gold"
    return {file.stem: file for file in sorted(folder.glob("*.jsonl"))}


def _indexed(settings: Settings, request: Mapping[str, Json]) -> dict[str, Json]:
    from service.batch_view import report_json
    from service.indexing import index_inputs

    paths = [Path(str(name)) for name in cast("Sequence[str]", request["files"])]
    outcome = index_inputs(settings, paths, recursive=False, retry_quarantined=True, rebuild=False)
    return _without_folders(report_json(outcome))


def _fetched(settings: Settings, request: Mapping[str, Json]) -> dict[str, Json]:
    from service.currency_view import fetched_json
    from service.harvesting import fetch_query

    since, most = request.get("since"), request.get("max")
    fetched = fetch_query(
        settings,
        str(request["query"]),
        since=date.fromisoformat(str(since)) if since else None,
        most=cast("int | None", most),
        folder=None,
        today=today(),
        minutes=None,
    )
    return _without_folders(fetched_json(fetched))


def _evaluated(settings: Settings, key: str, request: Mapping[str, Json]) -> dict[str, Json]:
    from dataclasses import replace

    from eval.evaluation import evaluate
    from eval.metrics import Judges, metrics
    from eval.report import write_report
    from eval.report_json import run_json
    from eval.store import Store
    from service import eval_systems
    from service.answer_json import answer_json
    from service.filters import Asked
    from service.progress import shown_progress

    among, found = metrics(Judges()), _gold(request)
    role, probes = cast("str | None", request.get("role")), bool(request.get("probes"))
    system = eval_systems.our_pipeline(settings, today(), role, probes, Asked())
    folder = settings.data_home / "eval" / key
    with shown_progress() as show:
        run = evaluate(
            system.ask,
            found.questions,
            among,
            Store(folder, answer_json),
            provenance=replace(system.provenance, gold=found.digests, judges=Judges().names),
            tell=lambda number, total: show("questions", number, total),
        )
    write_report(run, among, Judges(), None, folder)
    return cast("dict[str, Json]", run_json(run, among, None))


def _gold(request: Mapping[str, Json]) -> GoldSet:
    """The questions of the sets that are named, as many of them as are asked for.

    Raises:
        InputError: no such set ships.
    """
    from dataclasses import replace

    from eval.gold_sets import read_sets

    there = gold_sets()
    names = cast("Sequence[str]", request.get("gold") or list(there))
    unknown = next((name for name in names if name not in there), None)
    if unknown is not None:
        raise InputError(f"there is no gold set {unknown!r}; there are {', '.join(there)}")
    found = read_sets([there[name] for name in names])
    most = cast("int | None", request.get("limit"))
    return replace(found, questions=found.questions[:most])


def _without_folders(report: Mapping[str, Json]) -> dict[str, Json]:
    """A report that names files without saying where on the server they lie."""

    def bare(value: Json, name: str = "") -> Json:
        if isinstance(value, Mapping):
            return {key: bare(one, key) for key, one in value.items()}
        if isinstance(value, str):
            return Path(value).name if name == "path" else value
        if isinstance(value, Sequence):
            return [bare(one, name) for one in value]
        return value

    return {key: bare(value, key) for key, value in report.items()}
