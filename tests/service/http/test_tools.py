"""The tools of assistants, over standard input and output and over HTTP."""

from __future__ import annotations

import sys

import anyio
from mcp.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client

RUN = "import sys; sys.argv = ['vouch', 'mcp']; from service.cli import main; main()"


async def _used(client: Client, question: str) -> dict:
    async with client:
        tools = await client.list_tools()
        asked = await client.call_tool("ask", {"question": question})
        found = await client.call_tool("search_evidence", {"query": question, "limit": 2})
        shown = await client.call_tool("get_document", {"document_id": "ref:made-up-trial"})
        missing = await client.call_tool("get_document", {"document_id": "pmid:1"})
    return {
        "tools": {tool.name for tool in tools.tools},
        "asked": asked,
        "found": found,
        "shown": shown,
        "missing": missing,
    }


def _check(used: dict) -> None:
    assert used["tools"] == {"ask", "search_evidence", "get_document"}
    assert "[1]" in used["asked"].content[0].text
    assert used["asked"].structured_content["status"] == "answered"
    assert used["found"].structured_content["results"][0]["document_id"] == "ref:made-up-trial"
    assert used["shown"].structured_content["sample_size"] == 240
    assert used["missing"].is_error


def test_an_assistant_gets_a_cited_answer_over_http(server, question):
    _check(anyio.run(_used, Client(f"{server}/mcp"), question))


def test_an_assistant_gets_a_cited_answer_over_standard_input_and_output(library, question):
    """`vouch mcp` as a process."""
    import os

    started = StdioServerParameters(command=sys.executable, args=["-c", RUN], env=dict(os.environ))

    _check(anyio.run(_used, Client(stdio_client(started)), question))
