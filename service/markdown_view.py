"""An article as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rag.article import Article, Entry, Sentence
from rag.citations import url_of, vancouver
from rag.types import Abstention
from rag.what_if import why_line

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~$&!])")
_STARTS_BLOCK = re.compile(r"^(\d{1,9})([.)])(?=\s|$)|^([-+=])")


def markdown(article: Article) -> str:
    """The article as CommonMark; all text of documents and questions is escaped."""
    blocks = [f"# {escape(article.title)}", _bullets(article.status)]
    if article.understood_as:
        blocks.append(f"Understood as: {escape(article.understood_as)}")
    blocks += [f"> **{notice.kind.value.capitalize()}:** {escape(notice.text)}" for notice in article.safety]
    if article.abstention:
        blocks += _abstention(article.abstention)
    if article.lead:
        blocks.append(" ".join(map(_sentence, article.lead)))
    for point in article.points:
        blocks += [f"## {escape(point.heading)}", _bullets_of(map(_sentence, point.sentences))]
    if article.disagreements:
        blocks.append("## Where the evidence disagrees")
    for disagreement in article.disagreements:
        blocks += [f"**{escape(disagreement.topic)}**", _bullets_of(map(_sentence, disagreement.sides))]
        blocks.append(f"Likely reason: {escape(disagreement.reason)}")
    blocks += _about_the_evidence(article)
    if article.abbreviations:
        blocks.append(
            "Abbreviations: " + "; ".join(f"{escape(a)}, {escape(b)}" for a, b in article.abbreviations)
        )
    if article.entries:
        blocks += ["## References", _entries(article.entries)]
    blocks += _for_the_reader(article)
    if article.suggestions:
        blocks += ["## You may ask next", _bullets(article.suggestions)]
    blocks += [f"*{escape(text)}*" for text in (article.digest_notice, article.disclaimer) if text]
    return "\n\n".join(blocks) + "\n"


def escape(text: str) -> str:
    """The text on one line with everything that Markdown or HTML would read as markup made plain."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    escaped = _SPECIAL.sub(r"\\\1", line)
    return _STARTS_BLOCK.sub(lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", escaped)


def _sentence(sentence: Sentence) -> str:
    plain = Sentence(
        escape(sentence.text),
        sentence.numbers,
        escape(sentence.context),
        attribution=escape(sentence.attribution),
    )
    return str(plain)


def _with_marks(escaped: str) -> str:
    """Numbers in brackets as they are, unless an address after them would make a link."""
    return re.sub(r"\\\[(\d+)\\\](?!\()", r"[\1]", escaped)


def _bullets(texts: Iterable[str]) -> str:
    return _bullets_of(map(escape, texts))


def _bullets_of(escaped: Iterable[str]) -> str:
    return "\n".join(f"- {text}" for text in escaped)


def _abstention(abstention: Abstention) -> list[str]:
    blocks = [
        f"**No answer:** {escape(abstention.reason)}",
        f"Searched: {abstention.documents} documents, {abstention.passages} passages, for {escape(', '.join(abstention.terms))}",
    ]
    if abstention.nearest:
        near = _bullets(f"{n.title} ({n.document_id}): {n.why}" for n in abstention.nearest)
        blocks += ["Nearest documents:", near]
    return [*blocks, f"What would be needed: {escape(abstention.would_need)}"]


def _for_the_reader(article: Article) -> list[str]:
    blocks = ["## Keep in mind", _bullets(article.notes)] if article.notes else []
    if article.terms:
        blocks += ["## Words explained", _bullets(f"{term.name}: {term.meaning}" for term in article.terms)]
    return blocks


def _about_the_evidence(article: Article) -> list[str]:
    blocks = []
    if article.best_evidence:
        blocks.append(_with_marks(escape(article.best_evidence)))
    if article.certainty:
        blocks += ["## Certainty", escape(article.certainty), _bullets(article.certainty_reasons)]
    if article.read_with_care:
        care = _bullets_of(f"[{care.number}] {escape(care.text)}" for care in article.read_with_care)
        blocks += ["## Read with care", care]
    if article.withheld:
        withheld = _bullets(f"{withheld.text} ({withheld.reason})" for withheld in article.withheld)
        blocks += ["## Withheld", withheld]
    return [block for block in blocks if block]


def _entries(entries: Sequence[Entry]) -> str:
    """The list of references.

    A reader of Markdown counts a list through. Where a number is left out another list begins, as it does
    at the other of the two marks.
    """
    lines: list[str] = []
    mark, last = ".", 0
    for entry in entries:
        number = entry.reference.number
        mark = mark if not lines or number == last + 1 else {".": ")", ")": "."}[mark]
        lines.append(_entry(entry, f"{number}{mark} "))
        last = number
    return "\n".join(lines)


def _entry(entry: Entry, marker: str) -> str:
    document = entry.reference.document
    url = url_of(document)
    text = escape(vancouver(document))
    if url:
        text = text.replace(escape(url), f"<{url}>") if url in vancouver(document) else f"{text} <{url}>"
    blank = " " * len(marker)
    lines = [f"{marker}{text}"]
    lines += [
        f"{blank}- {escape(entry.about)}",
        f"{blank}- Why it ranks here: {escape(why_line(entry.reference.why))}",
    ]
    lines += [
        f"{blank}- > {escape(quote.text)} ({escape(quote.section) or 'text'})" for quote in entry.quotes
    ]
    return "\n".join(lines)
