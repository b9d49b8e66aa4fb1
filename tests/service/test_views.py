"""An article as Markdown, HTML and in the terminal: all of it shown, nothing in it able to act."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from made_up_answers import COHORT, EVIDENCE, abstaining_answer, answer, conflicting_answer
from markdown_it import MarkdownIt
from rich.console import Console

from rag.article import article
from rag.types import KeyPoint
from service.html_view import html
from service.markdown_view import escape, markdown
from service.terminal_view import print_article

HOSTILE = "<script>alert(1)</script> [x](javascript:alert(1)) ![i](http://e.org/i) `c` **b** \x1b[31m \"q\" 'r' & a_b_c"
NASTY = st.text(alphabet=st.characters(codec="utf-8"), max_size=80)


def terminal(shown, **options) -> str:
    out = io.StringIO()
    print_article(shown, Console(file=out, highlight=False, markup=False, emoji=False, **options))
    return out.getvalue()


def plain(shown) -> str:
    return terminal(shown, width=80)


def hostile():
    """An answer with hostile text wherever text of a document or a question stands."""
    evil = replace(COHORT, title=HOSTILE, authors=(HOSTILE,), journal=HOSTILE, population=HOSTILE)
    (first, second) = EVIDENCE
    points = (KeyPoint(HOSTILE, answer().key_points[0].claims),)
    lead = (replace(answer().lead[0], text=HOSTILE),)
    return article(
        answer(
            question=HOSTILE, lead=lead, key_points=points, evidence=(replace(first, document=evil), second)
        )
    )


def words(shown: str) -> str:
    """What a reader sees of it, on one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>|\u2060|\\(?=[_\[])", "", shown)).split())


class Tags(HTMLParser):
    """Collects tags, links and ids."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        if tag not in {"meta", "br", "link"}:
            self.open.append(tag)
        for name, value in attrs:
            assert not name.startswith("on")
            if name in {"href", "src"}:
                self.links.append(value)
            if name == "id":
                self.ids.add(value)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize("view", [markdown, html, plain])
@pytest.mark.parametrize(
    "text",
    [
        "How long does a made-up clot last?",
        "resolved within eight days",
        "Indirect evidence (mouse brain): a ",
        "Macrophages cleared the made-up clot in mice within nine days",
        "Mechanism",
        "small and made up",
        "It always resolves.",
        "Very low (provisional, judged by rule)",
        "one made-up cohort study",
        "10.5555/made.up.1",
        "not yet reviewed by a person",
        "is a digest",
    ],
)
def test_every_view_shows_every_part(view, text):
    assert text in words(view(article(answer())))


@pytest.mark.parametrize("view", [markdown, html, plain])
def test_every_view_shows_an_abstention(view):
    shown = " ".join(view(article(abstaining_answer())).split())

    assert "No answer" in shown
    for text in (
        "nothing is relevant enough",
        "2 documents",
        "zebra",
        "another condition",
        "a study of zebras",
    ):
        assert text in shown


@pytest.mark.parametrize("view", [markdown, html, plain])
def test_an_emergency_stands_before_the_evidence(view):
    shown = view(article(conflicting_answer()))

    assert shown.index("Call for help now.") < shown.index("resolved within eight days")
    assert "Where the evidence disagrees" in shown


@pytest.mark.parametrize("view", [markdown, html, plain])
def test_no_control_character_reaches_the_reader(view):
    assert "\x1b" not in view(hostile())


def test_text_can_not_script_the_page():
    page = Tags(html(hostile()))

    assert page.open == []
    assert not page.tags & {"script", "img", "iframe", "object", "form", "link"}
    assert all(link.startswith(("#reference-", "https://")) for link in page.links)


def test_every_mark_of_the_page_leads_to_a_reference():
    page = Tags(html(article(conflicting_answer())))

    assert (
        {link[1:] for link in page.links if link.startswith("#")}
        == page.ids
        == {"reference-1", "reference-2"}
    )


@given(text=NASTY)
def test_html_holds_any_text(text):
    page = html(
        article(answer(question=text or "?", key_points=(KeyPoint(text, answer().key_points[0].claims),)))
    )

    assert Tags(page).open == []


@example(text="0.")
@given(text=NASTY)
def test_escaped_markdown_reads_as_the_text_itself(text):
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())

    tokens = MarkdownIt("commonmark").parse(f"- {escape(text)}")

    inline = [token for token in tokens if token.type == "inline"]
    assert "".join(child.content for token in inline for child in token.children) == line
    assert all(child.type == "text" for token in inline for child in token.children)


def test_markdown_of_hostile_text_has_no_links_but_ours():
    rendered = MarkdownIt("commonmark", {"html": True}).render(markdown(hostile()))

    page = Tags(rendered)
    assert not page.tags & {"script", "img"}
    assert set(page.links) == {"https://doi.org/10.5555/made.up.1"}


def test_a_pipe_gets_plain_text_within_the_width():
    lines = plain(article(conflicting_answer())).splitlines()

    assert not [line for line in lines if len(line) > 80 and "http" not in line]
    assert not [line for line in lines if line != line.rstrip()]


def test_a_narrow_terminal_loses_no_word():
    narrow = terminal(article(answer()), width=30).split()

    assert narrow == plain(article(answer())).split()


def test_a_wide_terminal_keeps_lines_readable():
    assert max(map(len, terminal(article(answer()), width=300).splitlines())) <= 100


def test_a_terminal_has_colours_unless_no_color_is_set(monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    coloured = terminal(article(answer()), force_terminal=True, color_system="standard", width=80)
    monkeypatch.setenv("NO_COLOR", "1")
    bare = terminal(article(answer()), force_terminal=True, color_system="standard", width=80)

    assert "\x1b[1;36m" in coloured
    assert "36m" not in bare


def test_a_question_in_brackets_is_no_markup_of_the_terminal():
    assert "[bold]really[/bold]" in plain(article(answer(question="[bold]really[/bold] :smile:?")))
