"""An article as one self-contained HTML file: no script, nothing fetched, fit to print."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from rag.article import Article, Entry, Sentence
from rag.citations import name_and_year, url_of, vancouver
from rag.types import Abstention, Document
from rag.what_if import why_line
from service.html_style import STYLE

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def html(article: Article) -> str:
    """The article as a page; all text of documents and questions is escaped."""
    body = "\n".join(part for part in _parts(article) if part)
    title = _plain(article.title)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title} · Vouch</title>\n<style>{STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _parts(article: Article) -> Iterable[str]:
    yield f"<header><h1>{_plain(article.title)}</h1>"
    if article.understood_as:
        yield f"<p>Understood as: {_plain(article.understood_as)}</p>"
    yield _list(map(_plain, article.status), "status") + "</header>"
    for notice in article.safety:
        yield f'<p class="notice" role="alert"><strong>{notice.kind.value.capitalize()}.</strong> {_plain(notice.text)}</p>'
    if article.abstention:
        yield _abstention(article.abstention)
    numbered = {entry.reference.number: entry for entry in article.entries}
    if article.lead:
        yield f'<p class="lead">{" ".join(_sentence(s, numbered) for s in article.lead)}</p>'
    for point in article.points:
        yield f"<section><h2>{_plain(point.heading)}</h2>{_sentences(point.sentences, numbered)}</section>"
    if article.disagreements:
        yield "<section><h2>Where the evidence disagrees</h2>"
        for disagreement in article.disagreements:
            yield f"<h3>{_plain(disagreement.topic)}</h3>{_sentences(disagreement.sides, numbered)}"
            yield f"<p>Likely reason: {_plain(disagreement.reason)}</p>"
        yield "</section>"
    yield from _about_the_evidence(article)
    if article.abbreviations:
        known = "; ".join(f"{short}, {long}" for short, long in article.abbreviations)
        yield f'<p class="context">Abbreviations: {_plain(known)}</p>'
    yield _references(article)
    yield from _for_the_reader(article)
    if article.suggestions:
        yield f"<section><h2>You may ask next</h2>{_list(map(_plain, article.suggestions))}</section>"
    yield f"<footer>{''.join(f'<p>{_plain(t)}</p>' for t in (article.digest_notice, article.disclaimer) if t)}</footer>"


def _plain(text: str) -> str:
    """The text escaped, without the control characters that HTML forbids or that reorder text."""
    return escape(" ".join("".join(c if c.isprintable() else " " for c in text).split()))


def _list(items: Iterable[str], css_class: str = "") -> str:
    attribute = f' class="{css_class}"' if css_class else ""
    body = "".join(f"<li>{item}</li>" for item in items)
    return f"<ul{attribute}>{body}</ul>" if body else ""


def _sentences(sentences: Iterable[Sentence], numbered: dict[int, Entry]) -> str:
    return _list(_sentence(sentence, numbered) for sentence in sentences)


def _sentence(sentence: Sentence, numbered: dict[int, Entry]) -> str:
    marks = "".join(_mark(number, numbered[number]) for number in sentence.numbers)
    told = sentence.context if not sentence.attribution else ""
    context = f' <span class="context">({_plain(told)})</span>' if told else ""
    introduced = (
        f'<span class="context">{_plain(sentence.attribution)}:</span> ' if sentence.attribution else ""
    )
    return f"{introduced}{_plain(sentence.body)}{context}&#8288;{marks}{sentence.stop}"


def _mark(number: int, entry: Entry) -> str:
    document = entry.reference.document
    card = _plain(f"{name_and_year(document)}; {entry.about}; {document.status.value}")
    return f'<sup><a href="#reference-{number}" title="{card}">[{number}]</a></sup>'


def _abstention(abstention: Abstention) -> str:
    nearest = _list(
        f"{_plain(near.title)} <span class='context'>({_plain(near.document_id)})</span>: {_plain(near.why)}"
        for near in abstention.nearest
    )
    heading = "<p>Nearest documents:</p>" if nearest else ""
    searched = f"Searched: {abstention.documents} documents, {abstention.passages} passages, for {', '.join(abstention.terms)}"
    return (
        f'<section class="abstention"><h2>No answer</h2><p>{_plain(abstention.reason)}</p><p>{_plain(searched)}</p>'
        f"{heading}{nearest}<p>What would be needed: {_plain(abstention.would_need)}</p></section>"
    )


def _for_the_reader(article: Article) -> Iterable[str]:
    if article.notes:
        yield f"<section><h2>Keep in mind</h2>{_list(map(_plain, article.notes))}</section>"
    if article.terms:
        words = "".join(f"<dt>{_plain(t.name)}</dt><dd>{_plain(t.meaning)}</dd>" for t in article.terms)
        yield f"<section><h2>Words explained</h2><dl>{words}</dl></section>"


def _about_the_evidence(article: Article) -> Iterable[str]:
    if article.best_evidence:
        yield f"<p>{_plain(article.best_evidence)}</p>"
    if article.certainty:
        reasons = _list(map(_plain, article.certainty_reasons))
        yield f"<section><h2>Certainty</h2><p>{_plain(article.certainty)}</p>{reasons}</section>"
    if article.read_with_care:
        care = _list(f"[{care.number}] {_plain(care.text)}" for care in article.read_with_care)
        yield f"<section><h2>Read with care</h2>{care}</section>"
    if article.withheld:
        withheld = _list(
            f"{_plain(w.text)} <span class='context'>({_plain(w.reason)})</span>" for w in article.withheld
        )
        yield f"<section><h2>Withheld</h2>{withheld}</section>"


def _references(article: Article) -> str:
    if not article.entries:
        return ""
    return f"<section><h2>References</h2><ol>{''.join(map(_entry, article.entries))}</ol></section>"


def _entry(entry: Entry) -> str:
    document = entry.reference.document
    quotes = "".join(
        f"<blockquote><p>{_plain(quote.text)}</p><footer>{_plain(quote.section)}</footer></blockquote>"
        for quote in entry.quotes
    )
    return (
        f'<li id="reference-{entry.reference.number}" value="{entry.reference.number}">{_linked(document)}'
        f'<p class="context">{_plain(entry.about)}. Why it ranks here: {_plain(why_line(entry.reference.why))}</p>'
        f"<details><summary>Words quoted</summary>{quotes}</details></li>"
    )


def _linked(document: Document) -> str:
    """The reference with its address as a link."""
    text, url = _plain(vancouver(document)), url_of(document)
    if url is None:
        return text
    link = f'<a href="{escape(url)}" rel="noreferrer">{escape(url)}</a>'
    return text.replace(escape(url), link) if escape(url) in text else f"{text} {link}"
