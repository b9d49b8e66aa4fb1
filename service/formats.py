"""An answer in the format that was asked for."""

from __future__ import annotations

from rag.article import article
from rag.citations import reference_list
from rag.types import Answer


def text_of(answer: Answer, form: str) -> str:
    """The answer as `md`, `html` or `json`, or its references as `ris`, `bibtex` or `csl-json`."""
    match form:
        case "json":
            from service.answer_json import answer_json
            from service.json_text import json_text

            return json_text(answer_json(answer))
        case "md":
            from service.markdown_view import markdown

            return markdown(article(answer))
        case "html":
            from service.html_view import html

            return html(article(answer))
        case _:
            return _references(answer, form)


def print_terminal(answer: Answer) -> None:
    """Print the answer as an article on standard output."""
    from service.console import results
    from service.terminal_view import print_article

    print_article(article(answer), results())


def _references(answer: Answer, form: str) -> str:
    from rag import bibliography

    references = reference_list(answer)
    match form:
        case "ris":
            return bibliography.ris(references)
        case "bibtex":
            return bibliography.bibtex(references)
        case "csl-json":
            return bibliography.csl_json(references)
        case _:
            raise ValueError(f"unknown format {form!r}")
