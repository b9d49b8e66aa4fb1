"""Taking one input into the library, and what is to be said of it."""

from __future__ import annotations

from dataclasses import dataclass

from indexes import ledger
from indexes.batch import Batch, Outcome
from indexes.ledger import FileReport, FileState, LedgerRow
from indexes.staging import StagedFile
from rag.types import Status


@dataclass(frozen=True, slots=True)
class Intake:
    """What became of the documents of one input."""

    file: StagedFile
    outcomes: dict[int, Outcome]
    """By number of the document."""
    gone: int = 0
    """Number of documents removed because the input no longer holds them."""


def take_in(batch: Batch, file: StagedFile) -> Intake:
    """Put the documents of an input into the library, and remove those that only it brought and holds no more.

    An input that can't be read, wholly or in part, removes nothing: what it held is unknown.
    """
    outcomes: dict[int, Outcome] = {}
    for document in file.documents:
        num, outcome = batch.put(document, file.key, set(outcomes))
        # A document given twice in one file is as new as it was the first time.
        outcomes[num] = outcomes[num] if outcomes.get(num) is Outcome.ADDED else outcome
    before = ledger.brought_by(batch.connection, file.key)
    if file.failure is not None:
        return Intake(file, outcomes)
    missing = set() if file.bad_records else set(before) - set(outcomes) - batch.parted
    gone = [num for num in sorted(missing) if not ledger.brought_elsewhere(batch.connection, num, file.key)]
    for num in gone:
        batch.remove(num)
    _remember(batch, file)
    brought = set(outcomes) | (set(before) - missing)
    ledger.set_brought(batch.connection, file.key, batch.present(brought))
    return Intake(file, outcomes, len(gone))


def close(batch: Batch, intake: Intake, generation: int) -> FileReport:
    """Write the ledger's row of an input, once the status of its documents is settled, and report on it."""
    file = intake.file
    state, reason = _verdict(batch, intake)
    attempts = _attempts(batch, file)
    row = LedgerRow(file.key, file.sha256, file.size, state, reason, attempts)
    ledger.record(batch.connection, row, generation)
    documents = tuple(ledger.brought_by(batch.connection, file.key).values())
    return FileReport(str(file.path), state, reason, attempts, documents)


def _remember(batch: Batch, file: StagedFile) -> None:
    """A row for `brought` to refer to, until `close` writes the true one."""
    if ledger.find(batch.connection, file.key) is None:
        row = LedgerRow(file.key, "", file.size, FileState.UNCHANGED, None, 0)
        ledger.record(batch.connection, row, 0)


def _attempts(batch: Batch, file: StagedFile) -> int:
    row = ledger.find(batch.connection, file.key)
    return row.attempts + 1 if row and row.sha256 == file.sha256 else 1


def _verdict(batch: Batch, intake: Intake) -> tuple[FileState, str | None]:
    if intake.file.failure is not None:
        # A reason may name the file, and a file name may hold bytes that are no UTF-8.
        return FileState.QUARANTINED, intake.file.failure.encode("utf-8", "backslashreplace").decode()
    if intake.file.excluded is not None:
        return FileState.EXCLUDED, intake.file.excluded
    unusable = {num: why for num in intake.outcomes if (why := _why_unusable(batch, num)) is not None}
    if unusable and len(unusable) == len(intake.outcomes):
        return FileState.EXCLUDED, "; ".join(unusable.values())
    kinds = set(intake.outcomes.values())
    if Outcome.REPLACED in kinds or intake.gone:
        return FileState.REVISED, intake.file.reason
    if Outcome.ADDED in kinds:
        return FileState.INDEXED, intake.file.reason
    return FileState.UNCHANGED, intake.file.reason or _why_unchanged(intake)


def _why_unusable(batch: Batch, num: int) -> str | None:
    query = (
        "SELECT id, status, EXISTS (SELECT 1 FROM passages WHERE document = documents.num) "
        "FROM documents WHERE num = ?"
    )
    row = batch.connection.execute(query, (num,)).fetchone()
    if row is None:
        return None
    identity, status, has_passages = row
    if status == Status.RETRACTED:
        return f"{identity} is retracted"
    return None if has_passages else f"{identity} has no text"


def _why_unchanged(intake: Intake) -> str:
    outdone = sum(outcome is Outcome.OUTDONE for outcome in intake.outcomes.values())
    if outdone:
        return f"the library holds a newer or fuller record of {outdone} of its documents"
    return "the library holds the same already"
