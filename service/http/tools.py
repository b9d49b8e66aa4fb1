"""The tools of assistants (Model Context Protocol): ask, search_evidence, get_document."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import version
from typing import Annotated, Any

from mcp.server import MCPServer
from mcp_types import CallToolResult, TextContent, ToolAnnotations
from pydantic import Field
from starlette.concurrency import run_in_threadpool

from rag.article import article
from rag.errors import VouchError
from rag.question import understand
from rag.types import Role
from service.document_view import document_json
from service.http.access import LOCAL, Caller
from service.http.answering import answer_to, asked_of
from service.http.bodies import AskBody, FiltersBody, Line, QuestionText
from service.http.parts import Parts
from service.http.problems import Problem
from service.markdown_view import markdown
from service.search_view import Found, results_json

_INSTRUCTIONS = (
    "Answers to medical questions from the operator's own library, every sentence vouched for by a verbatim quote. "
    "Cite what you use by its number and reference. Where the answer says that it abstained, say so and add nothing."
)
_Question = Annotated[QuestionText, Field(description="A medical question in plain words.")]
_Earlier = Annotated[
    tuple[QuestionText, ...], Field(max_length=4, description="Questions asked before, oldest first.")
]
_YearFrom = Annotated[int | None, Field(ge=1000, le=9999, description="Only sources of this year or later.")]
_Designs = Annotated[
    tuple[str, ...], Field(max_length=20, description="Only these designs, as in guideline, trial, cohort.")
]


def tool_server(parts: Parts, who: Callable[[], Caller]) -> MCPServer[Any]:
    """The tools over the parts of a server; `who` tells who calls one."""
    server: MCPServer[Any] = MCPServer(
        "vouch", title="Vouch", version=version("vouch"), instructions=_INSTRUCTIONS, log_level="ERROR"
    )
    tools = _Tools(parts, who)
    reads = ToolAnnotations(read_only_hint=True, open_world_hint=False)
    for name in ("ask", "search_evidence", "get_document"):
        server.add_tool(getattr(tools, name), annotations=reads, structured_output=False)
    return server


def serve_tools(parts: Parts) -> None:
    """Serve the tools on standard input and output until they are closed; messages go to standard error."""
    import logging

    logging.basicConfig(level=logging.ERROR)
    tool_server(parts, lambda: LOCAL).run("stdio")


class _Tools:
    """What the tools do; errors of ours are told to the assistant in their own words."""

    def __init__(self, parts: Parts, who: Callable[[], Caller]) -> None:
        self._parts = parts
        self._who = who

    async def ask(
        self,
        question: _Question,
        role: Role = Role.CLINICIAN,
        earlier: _Earlier = (),
        year_from: _YearFrom = None,
        designs: _Designs = (),
    ) -> CallToolResult:
        """Answer a medical question with a short cited article, or say what is missing for an answer."""
        try:
            filters = FiltersBody(year_from=year_from, designs=designs)
            body = AskBody(question=question, role=role, earlier=earlier, filters=filters)
            found = await answer_to(await asked_of(body, self._parts), self._who(), self._parts)
        except (VouchError, Problem, ValueError) as error:
            return _failed(error)
        return _result(markdown(article(found.answer)), dict(found.body))

    async def search_evidence(
        self,
        query: _Question,
        limit: Annotated[int, Field(ge=1, le=50)] = 10,
        year_from: _YearFrom = None,
        designs: _Designs = (),
    ) -> CallToolResult:
        """Ranked passages for a query, with study design, level of evidence, status and why each ranks there."""
        parts = self._parts
        try:
            understand(query)
            given = FiltersBody(year_from=year_from, designs=designs)
            filters = await run_in_threadpool(given.checked, parts, None)
            now = parts.today()
            ranking, pipeline = await parts.engine.search(query, filters=filters, today=now, limit=limit)
        except (VouchError, Problem, ValueError) as error:
            return _failed(error)
        left = await run_in_threadpool(pipeline.restriction, filters)
        body = results_json(Found(query, ranking, pipeline.coverage, now, filters, left))
        lines = [
            f"{n}. {one.document.title} ({one.document.id}): {one.passage.text}"
            for n, one in enumerate(ranking.evidence, 1)
        ]
        return _result("\n\n".join(lines) or "Nothing in the library is relevant enough.", dict(body))

    async def get_document(
        self, document_id: Annotated[Line, Field(description="As in pmid:30635115 or doi:10.1000/182.")]
    ) -> CallToolResult:
        """One document of the library with all of its passages."""
        library = self._parts.library
        try:
            document = await run_in_threadpool(library.document, document_id)
            passages = await run_in_threadpool(library.passages_of, document_id)
        except VouchError as error:
            return _failed(error)
        body = dict(document_json(document, passages))
        del body["source_path"]
        text = "\n\n".join(f"{one.section}\n{one.text}".strip() for one in passages)
        return _result(f"{body['citation']}\n\n{text}", body)


def _result(text: str, body: dict[str, Any]) -> CallToolResult:
    return CallToolResult(content=[TextContent(type="text", text=text)], structured_content=body)


def _failed(error: Exception) -> CallToolResult:
    detail = str(error.detail) if isinstance(error, Problem) else str(error)
    return CallToolResult(content=[TextContent(type="text", text=detail)], is_error=True)
