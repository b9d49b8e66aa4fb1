"""`vouch mcp`: the same answers as tools for assistants."""

from __future__ import annotations

import click


@click.command()
def mcp() -> None:
    """Serve the tools of assistants (Model Context Protocol) on standard input and output.

    The tools are ask, search_evidence and get_document; a server has them at /mcp as well.
    """
    from service.http.app import parts_for
    from service.http.tools import serve_tools
    from service.settings import load_settings

    serve_tools(parts_for(load_settings(), "127.0.0.1"))
