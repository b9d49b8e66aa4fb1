"""The tables of the records: answers and what became of them, conversations, jobs, and the audit."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, String, Table, Text

HEAD = "0001"
"""The newest migration; a database at another one is migrated before it is used."""

metadata = MetaData()

# Times are ISO 8601 in UTC to the microsecond, which sort as they follow one another on every database.
answers = Table(
    "answers",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("content_hash", String(64), nullable=False, unique=True),
    Column("question", Text, nullable=False),
    Column("question_type", String(20), nullable=False),
    Column("status", String(20), nullable=False),
    Column("generation", Integer, nullable=False),
    Column("issued_at", String(40), nullable=False),
    Column("risk", Integer, nullable=False),
    Column("reads", Integer, nullable=False, default=0),
    Column("state", String(20), nullable=False),
    Column("requested_by", String(600)),
    Column("state_by", String(600)),
    Column("state_at", String(40)),
    Column("version", Integer, nullable=False, default=0),
    Column("stale_since", String(40)),
    Column("reissue_of", String(64)),
    # The subject of its question, to find the questions that new documents bear on without asking each.
    Column("subject", Text, nullable=False),
    # The whole answer with its evidence snapshot, so that it can be shown when the library is gone. It is
    # the last column: SQLite reads through all of a row that comes before what it looks for.
    Column("body", Text, nullable=False),
)
Index("answers_issued", answers.c.issued_at, answers.c.id)
Index("answers_reissue", answers.c.reissue_of)
Index("answers_requested", answers.c.requested_by)

# Who may see an answer: the same bytes for two people are one answer with two holders.
holders = Table(
    "holders",
    metadata,
    Column("answer_id", ForeignKey("answers.id", ondelete="CASCADE"), primary_key=True),
    Column("subject", String(600), primary_key=True),
    Column("at", String(40), nullable=False),
    Column("expires_at", String(40)),
)
Index("holders_subject", holders.c.subject)

citations = Table(
    "citations",
    metadata,
    Column("answer_id", ForeignKey("answers.id", ondelete="CASCADE"), primary_key=True),
    Column("passage_id", Text, primary_key=True),
    Column("document_id", Text, nullable=False),
    Column("status", String(20), nullable=False),
)
Index("citations_document", citations.c.document_id)

stale_marks = Table(
    "stale_marks",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("answer_id", ForeignKey("answers.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("kind", String(20), nullable=False),
    Column("document_id", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", String(40), nullable=False),
)

review_events = Table(
    "review_events",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("answer_id", ForeignKey("answers.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("at", String(40), nullable=False),
    Column("actor", String(600), nullable=False),
    Column("action", String(20), nullable=False),
    Column("before", String(20), nullable=False),
    Column("after", String(20), nullable=False),
    Column("version", Integer, nullable=False),
    Column("content_hash", String(64), nullable=False),
    Column("comment", Text, nullable=False),
)

conversations = Table(
    "conversations",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("owner", String(600), nullable=False, index=True),
    Column("role", String(20), nullable=False),
    Column("created_at", String(40), nullable=False),
    Column("expires_at", String(40), nullable=False, index=True),
)

turns = Table(
    "turns",
    metadata,
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("answer_id", ForeignKey("answers.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("at", String(40), nullable=False),
)

feedback = Table(
    "feedback",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("answer_id", ForeignKey("answers.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("at", String(40), nullable=False),
    Column("subject", String(600), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("document_id", Text),
    Column("comment", Text, nullable=False),
)

jobs = Table(
    "jobs",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("owner", String(600), nullable=False, index=True),
    Column("state", String(20), nullable=False, index=True),
    Column("request", Text, nullable=False),
    Column("created_at", String(40), nullable=False),
    Column("started_at", String(40)),
    Column("ended_at", String(40)),
    Column("stage", String(200), nullable=False, default=""),
    Column("done", Integer, nullable=False, default=0),
    Column("total", Integer, nullable=False, default=0),
    Column("attempts", Integer, nullable=False, default=0),
    Column("cancel", Integer, nullable=False, default=0),
    # Alive while this is younger than a lease: a job whose process died is taken up again.
    Column("beat_at", String(40)),
    Column("result", Text),
    Column("error", Text),
)

# Append-only by triggers; each row holds the hash of the one before.
audit = Table(
    "audit",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", String(40), nullable=False),
    Column("actor", String(600), nullable=False),
    Column("action", String(40), nullable=False),
    Column("object", String(200), nullable=False),
    Column("detail", Text, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)

marks = Table(
    "marks",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", String(200), nullable=False),
)
