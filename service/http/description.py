"""The API as OpenAPI describes it: what FastAPI finds in the code, and the problems that all endpoints share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, iter_route_contexts
from pydantic.json_schema import models_json_schema
from starlette.routing import BaseRoute

from service.http.access import AccessRole
from service.http.problems import MEDIA_TYPE, ProblemBody

_PROBLEM = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemBody"}}}
_SHARED = {
    "401": "Nobody we know: no key, or one that isn't valid",
    "403": "The caller may not do this",
    "413": "The body is too large",
    "422": "What was sent can't be used",
    "429": "Too many requests of this key; `Retry-After` says when to come back",
    "503": "The library or a model is out of reach, or too many wait; `Retry-After` says when to come back",
    "default": "Any other refusal",
}
_OPEN = frozenset({"/healthz", "/readyz"})
_KEY_HEADER = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "The same key and body again, within an hour, gives the same reply and does nothing anew.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
    "example": "3f0c2f0e-5d0f-4c36-9b5d-1f6f3a0f6f2b",
}


def completed(schema: dict[str, Any], roles: Mapping[tuple[str, str], AccessRole]) -> dict[str, Any]:
    """FastAPI's description with the problems, the role that each endpoint needs, and the header of posts."""
    _, found = models_json_schema(
        [(ProblemBody, "serialization")], ref_template="#/components/schemas/{model}"
    )
    schemas = schema.setdefault("components", {}).setdefault("schemas", {})
    schemas.update(found["$defs"])
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    for path, method, operation in _operations(schema):
        said = operation["responses"]
        if role := roles.get((method.upper(), path)):
            operation["x-role"] = role.value
        for status, words in _SHARED.items():
            if path not in _OPEN or status in {"503", "default"}:
                said[status] = {"description": words, "content": _PROBLEM}
        if method == "post":
            operation.setdefault("parameters", []).append(_KEY_HEADER)
    return schema


def roles_in(routes: Sequence[BaseRoute]) -> dict[tuple[str, str], AccessRole]:
    """The role that each endpoint needs, by method and path; none where it needs none."""
    found = {}
    for context in iter_route_contexts(routes):
        if isinstance(context.route, APIRoute) and (role := _needed(context.route.dependant)):
            found.update(
                {(method, context.route.path_format): role for method in context.route.methods or ()}
            )
    return found


def _needed(dependant: Dependant) -> AccessRole | None:
    own: AccessRole | None = getattr(dependant.call, "needs", None)
    return own or next(filter(None, map(_needed, dependant.dependencies)), None)


def _operations(schema: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation
