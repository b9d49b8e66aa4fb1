"""GET /v1/documents and /v1/passages: what answers are made from, word for word."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from rag.errors import InputError
from rag.types import Document, Passage
from service.document_view import document_json, passage_json
from service.http.access import Reader
from service.http.bodies import Line
from service.http.evidence_models import DocumentReply, OnePassageReply
from service.http.parts import Parts, parts_of
from service.http.problems import Problem, responses
from service.http.replies import tagged_reply

router = APIRouter(tags=["evidence"])


@router.get("/v1/documents/{document_id:path}", response_model=DocumentReply, responses=responses(404, 503))
async def document(
    document_id: Annotated[Line, Path(examples=["pmid:30635115"])],
    request: Request,
    _: Reader,
    parts: Annotated[Parts, Depends(parts_of)],
) -> Response:
    """One document by its id, DOI or PMID, with its passages."""
    found, passages = await run_in_threadpool(_read, parts, document_id)
    body = dict(document_json(found, passages))
    del body["source_path"]  # where files lie on the server is nobody's business
    return tagged_reply(request, body)


@router.get("/v1/passages/{passage_id:path}", response_model=OnePassageReply, responses=responses(404, 503))
async def passage(
    passage_id: Annotated[Line, Path(examples=["pmid:30635115#861f04b26b6e6fe9"])],
    request: Request,
    _: Reader,
    parts: Annotated[Parts, Depends(parts_of)],
) -> Response:
    """One passage by its id, whose `#` is sent as `%23`."""
    name, mark, _digest = passage_id.rpartition("#")
    if not mark:
        raise Problem(
            404, f"{passage_id!r} is no id of a passage; they look like pmid:30635115#861f04b26b6e6fe9"
        )
    found, passages = await run_in_threadpool(_read, parts, name)
    for one in passages:
        if one.id == passage_id:
            return tagged_reply(request, {**passage_json(one), "document_id": found.id, "title": found.title})
    raise Problem(404, f"no passage {passage_id!r} in the library; its document may have been revised")


def _read(parts: Parts, name: str) -> tuple[Document, tuple[Passage, ...]]:
    try:
        return parts.library.document(name), parts.library.passages_of(name)
    except InputError as error:
        raise Problem(404, str(error)) from error
