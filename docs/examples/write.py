"""Writes the example articles of this folder from the starter library: `make examples`."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from rag.article import article
from rag.types import Role
from service.markdown_view import markdown
from service.settings import load_settings
from service.wiring import open_pipeline

FOLDER = Path(__file__).parent
TODAY = date(2026, 11, 24)  # fixed, so that only a change of the library or of the code changes an example
EXAMPLES = (
    (
        "overview",
        Role.CLINICIAN,
        "What is the process of spinal hematoma (spinal epidural hematoma) resorption?",
    ),
    ("therapy", Role.CLINICIAN, "Do corticosteroids reduce mortality in septic shock?"),
    (
        "reversal",
        Role.CLINICIAN,
        "Should a healthy 72-year-old start low-dose aspirin to prevent a first heart attack?",
    ),
    ("conflict", Role.RESEARCHER, "Does ivermectin speed recovery in outpatients with COVID-19?"),
    (
        "superseded-guideline",
        Role.CLINICIAN,
        "The ATS/IDSA pneumonia guideline says not to use steroids. Is that still current?",
    ),
    (
        "harm",
        Role.STUDENT,
        "How much does low-dose aspirin raise intracranial bleeding in healthy older people?",
    ),
    ("prognosis", Role.RESEARCHER, "What predicts outcome after spontaneous spinal epidural hematoma?"),
    ("presentation", Role.STUDENT, "How do children with spontaneous spinal epidural hematoma present?"),
    (
        "patient",
        Role.PATIENT,
        "My mum is in intensive care with bad pneumonia and they want to give her a steroid drip. Will it help?",
    ),
    ("no-answer", Role.CLINICIAN, "What is the best chemotherapy for pancreatic cancer?"),
)


def main() -> None:
    """Ask every example and write its article as Markdown."""
    pipeline = open_pipeline(load_settings())
    for number, (name, role, question) in enumerate(EXAMPLES, start=1):
        answer = pipeline.ask(question, role=role, today=TODAY)
        path = FOLDER / f"{number:02}-{name}.md"
        path.write_text(markdown(article(answer)), encoding="utf-8")
        sys.stdout.write(
            f"{path.name}: {len(answer.claims)} sentences of {len(answer.cited_documents)} documents\n"
        )


if __name__ == "__main__":
    main()
