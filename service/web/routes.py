"""All pages."""

from __future__ import annotations

from fastapi import APIRouter

from service.web import (
    about_pages,
    answer_pages,
    ask_pages,
    conversation_pages,
    evidence_pages,
    reissue_pages,
    review_pages,
)

router = APIRouter(include_in_schema=False)
for part in (
    ask_pages,
    answer_pages,
    reissue_pages,
    conversation_pages,
    evidence_pages,
    review_pages,
    about_pages,
):
    router.include_router(part.router)
