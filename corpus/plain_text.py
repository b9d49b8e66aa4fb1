"""Markdown to sections of plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import groupby

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.tree import SyntaxTreeNode

from rag.errors import UnreadableInput
from rag.types import Section

_DEFINITION = re.compile(r"\[\^([^\]\s]+)\]:[ \t]*(.*)")
_REFERENCE = re.compile(r"\[\^([^\]\s]+)\]")
_DEEPEST = 60


def sections(markdown: str, title: str = "") -> tuple[Section, ...]:
    """The text under each heading path, in order; a first-level heading that repeats `title` is dropped.

    List items, table rows, quotations and code become paragraphs; links and images keep their
    words; markup, comments and footnotes are left out.
    """
    try:
        root = SyntaxTreeNode(_parser().parse(markdown, {}))
    except RecursionError as error:
        raise UnreadableInput("its Markdown is nested too deeply to be read; make it simpler") from error
    return tuple(
        Section(heading, "\n\n".join(text for _, text in paragraphs))
        for heading, paragraphs in groupby(_headed(root, title), key=lambda pair: pair[0])
    )


def _headed(root: SyntaxTreeNode, title: str) -> Iterator[tuple[str, str]]:
    """Each paragraph with the heading path that it stands under."""
    path: list[tuple[int, str]] = []
    for node in root.children:
        if node.type == "heading":
            level, words = int(node.tag[1]), _inline(node)
            path = [step for step in path if step[0] < level]
            if words and not (level == 1 and words == _collapsed(title)):
                path.append((level, words))
        else:
            heading = " / ".join(words for _, words in path)
            yield from ((heading, text) for text in _paragraphs(node) if text)


def _paragraphs(node: SyntaxTreeNode) -> Iterator[str]:
    match node.type:
        case "paragraph" | "heading":
            yield _inline(node)
        case "fence" | "code_block":
            yield _collapsed(node.content)
        case "html_block":
            yield _collapsed(_text_of_html(node.content))
        case "table":
            yield from _rows(node)
        case _:
            for child in node.children:
                yield from _paragraphs(child)


def _rows(table: SyntaxTreeNode) -> Iterator[str]:
    """Each row as `header: cell; header: cell`."""
    rows = [[_inline(cell) for cell in row.children] for part in table.children for row in part.children]
    for row in rows[1:]:
        pairs = [(header, cell) for header, cell in zip(rows[0], row, strict=True) if cell]
        yield "; ".join(f"{header}: {cell}" if header else cell for header, cell in pairs)
    if len(rows) == 1:
        yield "; ".join(filter(None, rows[0]))


def _inline(node: SyntaxTreeNode) -> str:
    return _collapsed("".join(_words(child) for child in node.children))


def _words(node: SyntaxTreeNode) -> str:
    match node.type:
        case "text" | "code_inline":
            return node.content
        case "softbreak" | "hardbreak":
            return " "
        case "html_inline":
            return " " if re.match(r"<br\b", node.content, re.IGNORECASE) else ""
        case _:
            return "".join(_words(child) for child in node.children)


def _collapsed(text: str) -> str:
    return " ".join(text.split())


class _HtmlText(HTMLParser):
    """Collects the words between the tags, without scripts and styles."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  # theirs
        self._hidden += tag in {"script", "style"}

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in {"script", "style"} and self._hidden > 0

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words.append(data)


def _text_of_html(html: str) -> str:
    parser = _HtmlText()
    parser.feed(html)
    parser.close()
    return " ".join(parser.words)


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable("table")
    parser.block.ruler.before("reference", "footnote", _footnote, {"alt": ["paragraph"]})
    parser.inline.ruler.before("link", "footnote_mark", _footnote_mark)
    return parser


def _footnote(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:  # their signature
    """Takes a footnote with its indented lines out of the text, and remembers its label."""
    found = _DEFINITION.match(state.src, state.bMarks[start_line] + state.tShift[start_line])
    if found is None or state.is_code_block(start_line):
        return False
    if not silent:
        state.env.setdefault("footnotes", set()).add(found[1])
        state.line = start_line + 1
        while state.line < end_line and not state.isEmpty(state.line) and state.sCount[state.line] >= 4:
            state.line += 1
    return True


def _footnote_mark(state: StateInline, silent: bool) -> bool:  # noqa: ARG001  # their signature
    found = _REFERENCE.match(state.src, state.pos)
    if found is None or found[1] not in state.env.get("footnotes", ()):
        return False
    state.pos = found.end()
    return True
