"""An article in the terminal: styled where there is one, plain text in a pipe."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.style import Style
from rich.text import Text

from rag.article import Article, Entry, Sentence
from rag.citations import line_of, url_of, vancouver
from rag.types import Abstention
from service.paragraphs import Paragraph, print_paragraphs, styled


def print_article(article: Article, console: Console) -> None:
    """Print the article on a console."""
    print_paragraphs(_paragraphs(article), console)


def _paragraphs(article: Article) -> Iterable[Paragraph]:
    yield styled(article.title, "bold")
    if article.understood_as:
        yield styled(f"Understood as: {article.understood_as}", "dim")
    yield from (styled(status, "dim") for status in article.status)
    for notice in article.safety:
        yield from _block(styled(f"{notice.kind.value.upper()}: {notice.text}", "bold red"))
    if article.abstention:
        yield from _abstention(article.abstention)
    if article.lead:
        yield from _block(Paragraph(Text(" ").join(map(_sentence, article.lead))))
    for point in article.points:
        yield from _heading(point.heading)
        yield from _bullets(map(_sentence, point.sentences))
    for number, disagreement in enumerate(article.disagreements):
        yield from _heading("Where the evidence disagrees") if number == 0 else ()
        yield styled(disagreement.topic, "italic")
        yield from _bullets(map(_sentence, disagreement.sides))
        yield styled(f"Likely reason: {disagreement.reason}")
    yield from _about_the_evidence(article)
    if article.abbreviations:
        known = "; ".join(f"{short}, {long}" for short, long in article.abbreviations)
        yield from _block(styled(f"Abbreviations: {known}", "dim"))
    yield from _references(article.entries)
    yield from _for_the_reader(article)
    if article.suggestions:
        yield from _heading("You may ask next")
        yield from (styled(question, marker="- ") for question in article.suggestions)
    for text in filter(None, (article.digest_notice, article.disclaimer)):
        yield from _block(styled(text, "dim"))


def _block(paragraph: Paragraph) -> tuple[Paragraph, Paragraph]:
    return Paragraph(Text()), paragraph


def _heading(text: str) -> tuple[Paragraph, Paragraph]:
    return _block(styled(text, "bold cyan"))


def _bullets(texts: Iterable[Text]) -> Iterable[Paragraph]:
    return (Paragraph(text, "- ") for text in texts)


def _sentence(sentence: Sentence) -> Text:
    text = Text(line_of(str(sentence)))
    text.highlight_regex(r"\[\d+\](?=[\[\].\d]*$)", "cyan")
    return text


def _abstention(abstention: Abstention) -> Iterable[Paragraph]:
    yield from _block(styled(f"No answer: {abstention.reason}", "bold"))
    terms = ", ".join(abstention.terms)
    yield styled(f"Searched: {abstention.documents} documents, {abstention.passages} passages, for {terms}")
    if abstention.nearest:
        yield styled("Nearest documents:")
    for near in abstention.nearest:
        yield styled(f"{near.title} ({near.document_id}): {near.why}", marker="- ")
    yield styled(f"What would be needed: {abstention.would_need}")


def _for_the_reader(article: Article) -> Iterable[Paragraph]:
    if article.notes:
        yield from _heading("Keep in mind")
        yield from (styled(note, marker="- ") for note in article.notes)
    if article.terms:
        yield from _heading("Words explained")
        yield from (styled(f"{term.name}: {term.meaning}", marker="- ") for term in article.terms)


def _about_the_evidence(article: Article) -> Iterable[Paragraph]:
    if article.best_evidence:
        yield from _block(styled(article.best_evidence))
    if article.certainty:
        yield from _heading("Certainty")
        yield styled(article.certainty)
        yield from (styled(reason, marker="- ") for reason in article.certainty_reasons)
    if article.read_with_care:
        yield from _heading("Read with care")
        yield from (styled(care.text, marker=f"[{care.number}] ") for care in article.read_with_care)
    if article.withheld:
        yield from _heading("Withheld")
        yield from (
            styled(f"{withheld.text} ({withheld.reason})", marker="- ") for withheld in article.withheld
        )


def _references(entries: Sequence[Entry]) -> Iterable[Paragraph]:
    if entries:
        yield from _heading("References")
    for entry in entries:
        document = entry.reference.document
        url = url_of(document)
        text = Text(vancouver(document), Style(link=url) if url else "")
        yield Paragraph(text, f"{entry.reference.number}. ".rjust(4))
        yield styled(entry.about, "dim", "    ")
