"""All routers of the server, in the order in which the API is documented."""

from __future__ import annotations

from fastapi import APIRouter

from service.http import (
    answers,
    ask,
    chat,
    conversations,
    documents,
    evaluations,
    feedback,
    jobs,
    operations,
    review,
    search,
)
from service.web.routes import router as pages


def routers() -> tuple[APIRouter, ...]:
    """One for each subject."""
    return (
        ask.router,
        conversations.router,
        search.router,
        documents.router,
        answers.router,
        review.router,
        feedback.router,
        jobs.router,
        evaluations.router,
        chat.router,
        operations.router,
        pages,
    )
