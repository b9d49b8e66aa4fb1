"""The page of the API, made from its description: `python -m service.http.api_page` prints docs/api.md."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from typing import Any

_HEAD = """# The HTTP API

Made from the description that the server gives at `/openapi.json`; don't edit it, run `python -m service.http.api_page > docs/api.md`.

Every refusal is a problem (RFC 9457, `application/problem+json`) whose `detail` says what happened, which value, and what to do now. Keys are sent as `Authorization: Bearer KEY`; beyond this computer everybody needs one (see [security](security.md)). A post may carry an `Idempotency-Key`: the same key and body within an hour gives the same reply and does nothing anew. Documents, passages and kept answers carry an `ETag`.

`POST /v1/ask` with `Accept: text/event-stream` gives the events `stage` (`searching`, `ranking`, `writing`, `checking`), `claim` (one that was vouched for, as it stands in the answer), then `answer` (the whole answer) or `error` (a problem). The tools of assistants (Model Context Protocol: `ask`, `search_evidence`, `get_document`) are at `/mcp`.
"""


def api_page(described: Mapping[str, Any]) -> str:
    """The page of an API that is described as OpenAPI."""
    lines = [_HEAD, "## Endpoints", "", "| | | may be used by |", "|---|---|---|"]
    found = list(_operations(described))
    lines += [
        f"| `{method.upper()} {path}` | {_first(operation)} | {operation.get('x-role', 'everybody')} |"
        for method, path, operation in found
    ]
    for method, path, operation in found:
        lines += _endpoint(method, path, operation, described)
    return "\n".join(lines) + "\n"


def _operations(described: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            yield method, path, operation


def _first(operation: Mapping[str, Any]) -> str:
    return str(operation.get("description", "")).split("\n\n", maxsplit=1)[0].replace("\n", " ")


def _endpoint(
    method: str, path: str, operation: Mapping[str, Any], described: Mapping[str, Any]
) -> Iterator[str]:
    yield from ("", f"### {method.upper()} {path}", "", str(operation.get("description", "")).strip())
    given = [one for one in operation.get("parameters", ()) if one["name"] != "Idempotency-Key"]
    if given:
        yield from ("", "| parameter | in | |", "|---|---|---|")
    for one in given:
        yield f"| `{one['name']}`{' (needed)' if one.get('required') else ''} | {one['in']} | {_told(one)} |"
    for kind, content in operation.get("requestBody", {}).get("content", {}).items():
        yield from ("", f"Body, `{kind}`:", "", "| field | type | |", "|---|---|---|")
        yield from _fields(content["schema"], described)
        for example in _resolved(content["schema"], described).get("examples", ())[:1]:
            yield from ("", "```json", json.dumps(example, indent=2, ensure_ascii=False), "```")
    reply = operation["responses"].get("200") or operation["responses"].get("201")
    contents = (reply or {}).get("content", {}).values()
    schema: Mapping[str, Any] = next((one.get("schema", {}) for one in contents), {})
    if schema.get("$ref"):
        yield from ("", "Reply:", "", "| field | type | |", "|---|---|---|", *_fields(schema, described))


def _fields(schema: Mapping[str, Any], described: Mapping[str, Any]) -> Iterator[str]:
    whole = _resolved(schema, described)
    needed = set(whole.get("required", ()))
    for name, field in whole.get("properties", {}).items():
        yield f"| `{name}`{' (needed)' if name in needed else ''} | {_type(field)} | {_told(field)} |"


def _resolved(schema: Mapping[str, Any], described: Mapping[str, Any]) -> Mapping[str, Any]:
    name = str(schema.get("$ref", "")).rpartition("/")[2]
    found: Mapping[str, Any] = described["components"]["schemas"][name] if name else schema
    return found


def _type(field: Mapping[str, Any]) -> str:
    """A type in words, as in `list of ClaimReply` or `text or null`."""
    if "$ref" in field:
        return f"`{field['$ref'].rpartition('/')[2]}`"
    if options := field.get("anyOf"):
        return " or ".join(dict.fromkeys(map(_type, options)))
    if field.get("type") == "array":
        return f"list of {_type(field.get('items', {}))}"
    if "enum" in field or "const" in field:
        return ", ".join(f"`{one}`" for one in field.get("enum", [field.get("const")]))
    names = {"string": "text", "integer": "number", "boolean": "true or false"}
    kind = str(field.get("type", "any"))
    return names.get(kind, kind)


def _told(field: Mapping[str, Any]) -> str:
    return str(field.get("description", "")).replace("\n", " ").replace("|", "\\|")


if __name__ == "__main__":
    from service.http.app import create_app
    from service.settings import Settings

    sys.stdout.write(api_page(create_app(Settings()).openapi()))
