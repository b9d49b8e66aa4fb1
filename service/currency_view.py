"""What became of papers after they were published, for reading or as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from corpus.currency import OWN_RECORD, Said
from service.batch_view import print_report, report_json
from service.json_text import Json
from service.paragraphs import print_paragraphs, styled

if TYPE_CHECKING:
    from rich.console import Console

    from indexes.currency import CurrencyReport
    from indexes.currency_notices import Check
    from service.harvesting import Fetched

_NAMED = 20  # documents named one by one; the JSON has them all


def checks_json(checks: Iterable[Check]) -> list[Json]:
    """When each source was last looked at."""
    return [
        {
            "source": check.source,
            "checked": check.checked.isoformat(),
            "newest_notice": check.newest.isoformat() if check.newest else None,
            "notices": check.notices,
        }
        for check in checks
    ]


def print_checks(checks: Sequence[Check], console: Console) -> None:
    """Print when each source of retractions was last looked at."""
    lines = [check_line(check) for check in checks] or [
        "never: no source of retractions was looked at; see vouch currency import and vouch update"
    ]
    for number, line in enumerate(lines):
        print_paragraphs([styled(line, marker=f"{'' if number else 'checked':<14}")], console)


def check_line(check: Check) -> str:
    """One source in a line."""
    if not check.notices:
        return f"{check.source}, {check.checked}"
    newest = f", the newest of {check.newest}" if check.newest else ""
    return f"{check.source}, {check.checked}: {check.notices:,} notices{newest}"


def said_json(said: Iterable[Said]) -> list[Json]:
    """Who says what of a document's standing."""
    return [
        {
            "kind": one.kind.value,
            "notice": one.notice or None,
            "source": one.source,
            "dated": one.dated.isoformat() if one.dated else None,
            "checked": one.checked.isoformat() if one.checked else None,
            "reason": one.reason or None,
        }
        for one in said
    ]


def print_said(said: Iterable[Said], console: Console) -> None:
    """Print who says what of a document's standing, and when."""
    others = [one for one in said if one.source != OWN_RECORD]
    print_paragraphs([styled("standing: " + said_line(one)) for one in others], console)


def said_line(one: Said) -> str:
    """What was said, by whom and when, as in `retracted by doi:10.1/x, 2020-05-01; Retraction Watch of 2026-11-24`."""
    notice = one.notice or "a notice without an id"
    dated = f", {one.dated}" if one.dated else ""
    source = "" if one.source in {one.notice, OWN_RECORD} else f"; says {one.source}"
    checked = f" of {one.checked}" if one.checked else ""
    reason = f": {one.reason}" if one.reason else ""
    return f"{one.kind.value} {notice}{dated}{source}{checked}{reason}"


def currency_json(report: CurrencyReport) -> dict[str, Json]:
    """What a list changed."""
    return {
        "source": report.source,
        "notices": report.notices,
        "unusable": report.unusable,
        "papers": report.papers,
        "changed": [
            {"document_id": name, "before": before.value, "after": after.value}
            for name, before, after in report.changed
        ],
        "generation": report.generation,
    }


def print_currency(report: CurrencyReport, console: Console) -> None:
    """Print what a list changed."""
    head = (
        f"{report.source}: {report.notices:,} notices kept, {report.unusable:,} rows without a DOI or PMID; "
        f"{report.papers:,} documents of the library are spoken of, {len(report.changed):,} changed; "
        f"generation {report.generation}"
    )
    lines = [f"{name}: {before.value} before, {after.value} now" for name, before, after in report.changed]
    if len(lines) > _NAMED:
        lines[_NAMED:] = [f"… and {len(lines) - _NAMED} more; --format json has them all"]
    print_paragraphs([styled(head), *map(styled, lines)], console)


def fetched_json(fetched: Fetched) -> dict[str, Json]:
    """What a fetch from PubMed brought."""
    refreshed = fetched.refreshed
    return {
        "records": fetched.records,
        "missing": fetched.missing,
        "warnings": list(fetched.warnings),
        "refreshed": None
        if refreshed is None
        else {"asked": refreshed.asked, "changed": refreshed.changed, "missing": list(refreshed.missing)},
        "batch": None if fetched.batch is None else report_json(fetched.batch),
    }


def print_fetched(fetched: Fetched, console: Console) -> None:
    """Print what a fetch from PubMed brought, and what became of it in the library."""
    lines = [f"PubMed didn't understand all of the query: {words}" for words in fetched.warnings]
    lines += [f"{fetched.records:,} records fetched, {fetched.missing:,} found but not given"]
    if (refreshed := fetched.refreshed) is not None:
        lines += [f"{refreshed.asked:,} records asked for again, {refreshed.changed:,} of them revised since"]
        lines += [f"PubMed has no record any more of {', '.join(refreshed.missing[:_NAMED])}"] * bool(
            refreshed.missing
        )
    print_paragraphs(map(styled, lines), console)
    if fetched.batch is not None:
        print_report(fetched.batch, console)
