"""The first tables of the records, and the triggers that keep the audit append-only."""

from __future__ import annotations

from alembic import op

from service.records.schema import metadata

revision = "0001"
down_revision = None

_SQLITE = (
    "CREATE TRIGGER audit_{0} BEFORE {0} ON audit BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END"
)
_POSTGRES = (
    (
        "CREATE FUNCTION audit_refuses() RETURNS trigger AS $$ "
        "BEGIN RAISE EXCEPTION 'the audit is append-only'; END $$ LANGUAGE plpgsql"
    ),
    (
        "CREATE TRIGGER audit_changes BEFORE UPDATE OR DELETE ON audit "
        "FOR EACH ROW EXECUTE FUNCTION audit_refuses()"
    ),
    (
        "CREATE TRIGGER audit_truncates BEFORE TRUNCATE ON audit "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuses()"
    ),
)


def upgrade() -> None:
    """Make the tables and the triggers."""
    connection = op.get_bind()
    metadata.create_all(connection)
    if connection.dialect.name == "sqlite":
        statements = tuple(_SQLITE.format(change) for change in ("UPDATE", "DELETE"))
    else:
        statements = _POSTGRES
    for statement in statements:
        op.execute(statement)


def downgrade() -> None:
    """Drop the tables with all that is in them."""
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        for change in ("UPDATE", "DELETE"):
            op.execute(f"DROP TRIGGER audit_{change}")
    else:
        op.execute("DROP FUNCTION audit_refuses() CASCADE")
    metadata.drop_all(connection)
