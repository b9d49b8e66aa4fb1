"""A run on disk: a line for each question as soon as it is answered, so that a killed run goes on."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eval.gold import GoldQuestion, gold_question, gold_record
from eval.metrics import Metric, score
from eval.result import Result, Tokens
from eval.run import Provenance, Row, Run
from rag.errors import InputError
from rag.types import Answer

if TYPE_CHECKING:
    from pydantic import TypeAdapter

ROWS, RUN = "rows.jsonl", "run.json"


@dataclass(frozen=True, slots=True)
class Store:
    """The rows of runs in one folder; a row is kept under its question and all that changes its answer."""

    folder: Path
    answer_json: Callable[[Answer], Mapping[str, Any]]
    """An answer in the form that programs hold on to, for those who read the rows."""

    def kept(self) -> dict[str, tuple[GoldQuestion, Result]]:
        """What was given back so far, by key; a torn line and one that can't be read are asked again."""
        found = {}
        for line in _lines(self.folder / ROWS):
            try:
                record = json.loads(line)
                found[str(record["key"])] = _read(record, str(self.folder / ROWS))
            except (ValueError, KeyError, TypeError):
                continue
        return found

    def keep(self, key: str, row: Row) -> None:
        """Append a row and see it on disk before going on."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / ROWS
        line = json.dumps(_record(key, row, self.answer_json), ensure_ascii=False, allow_nan=False)
        torn = path.exists() and not _ends_with_newline(path)
        with path.open("a", encoding="utf-8") as file:
            file.write(("\n" if torn else "") + line + "\n")
            file.flush()
            os.fsync(file.fileno())


def row_key(question: GoldQuestion, fingerprint: str) -> str:
    """The name of a row: the same question under the same settings has the same."""
    content = json.dumps(gold_record(question), ensure_ascii=True, sort_keys=True)
    return sha256(f"{fingerprint}\n{content}".encode()).hexdigest()[:16]


def fingerprint(provenance: Provenance) -> str:
    """First 12 hex digits of the sha256 of everything that changes answers; not of gold files or judges."""
    parts = asdict(replace(provenance, gold={}, judges={}))
    return sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:12]


def read_run(place: Path, among: Sequence[Metric]) -> Run:
    """The run in a folder (or of a `run.json` in it), scored anew with `among`.

    Raises:
        InputError: there is none, or it can't be read.
    """
    folder = place.parent if place.name == RUN else place
    try:
        summary = json.loads((folder / RUN).read_text(encoding="utf-8"))
        provenance, mark = Provenance(**summary["provenance"]), str(summary["fingerprint"])
        keys = [row["key"] for row in summary["rows"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(
            f"{folder} holds no run that can be read ({error}); give a folder that vouch eval --out wrote"
        ) from error
    kept = Store(folder, lambda _: {}).kept()
    missing = [key for key in keys if key not in kept]
    if missing:
        raise InputError(
            f"{folder / ROWS} lacks {len(missing)} of the {len(keys)} rows of its run; make the run again"
        )
    return Run(provenance, mark, tuple(Row(*kept[key], score(*kept[key], among)) for key in keys))


def _record(key: str, row: Row, answer_json: Callable[[Answer], Mapping[str, Any]]) -> dict[str, Any]:
    result, answer = row.result, row.result.answer
    return {
        "key": key,
        "id": row.gold.id,
        "scores": dict(row.scores),
        "seconds": result.seconds,
        "error": result.error,
        "tokens": asdict(result.tokens) if result.tokens else None,
        "ranked": list(result.ranked),
        "evidence": [
            {"document_id": item.document.id, "passage_id": item.passage.id, "score": item.score}
            for item in (answer.evidence if answer else ())
        ],
        "first": result.first,
        "again": result.again,
        "roles": [list(ids) for ids in result.roles],
        "answer": answer_json(answer) if answer else None,
        "gold": gold_record(row.gold),
        "snapshot": _adapter().dump_python(_light(answer), mode="json") if answer else None,
    }


def _read(record: Mapping[str, Any], where: str) -> tuple[GoldQuestion, Result]:
    question = gold_question(record["gold"], None, where)
    snapshot, tokens = record["snapshot"], record["tokens"]
    return question, Result(
        answer=_adapter().validate_python(snapshot, strict=False) if snapshot else None,
        ranked=tuple(record["ranked"]),
        seconds=float(record["seconds"]),
        error=record["error"],
        tokens=Tokens(**tokens) if tokens else None,
        again=record["again"],
        first=record["first"],
        roles=tuple(tuple(ids) for ids in record["roles"]),
    )


def _light(answer: Answer) -> Answer:
    """The answer without the whole texts of its documents: the passages of its evidence are enough."""
    evidence = (replace(item, document=replace(item.document, sections=())) for item in answer.evidence)
    return replace(answer, evidence=tuple(evidence))


@lru_cache(maxsize=1)
def _adapter() -> TypeAdapter[Answer]:
    from pydantic import TypeAdapter

    return TypeAdapter(Answer)


def _lines(path: Path) -> list[str]:
    # Not splitlines(): a line separator of Unicode inside a text ends no row.
    return path.read_text(encoding="utf-8", errors="replace").split("\n") if path.exists() else []


def _ends_with_newline(path: Path) -> bool:
    with path.open("rb") as file:
        if not file.seek(0, os.SEEK_END):
            return True
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"
