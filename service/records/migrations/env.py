"""Where Alembic gets its connection from: the one that it is given."""

from __future__ import annotations

from alembic import context

from service.records.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
