"""The first form of the registry: its tables as they were then. What was released is never altered."""

from alembic import op
from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Table, Text, UniqueConstraint

revision = "0001"
down_revision = None

metadata = MetaData()

Table("about", metadata, Column("name", String, primary_key=True), Column("value", Text, nullable=False))

Table(
    "documents",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("size", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("format", String),
    Column("kind", String),
    Column("outcome", String, nullable=False),
    Column("code", String),
    Column("reason", Text),
    Column("reading", String, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("title", Text),
    Column("base_issuer", Text),
    Column("base_key", String),
    Column("base_date", String(10)),
    Column("base_number", String),
    Column("act_date", String(10)),
    Column("act_number", String),
    Column("place_date", String(10)),
    Column("rank", Integer, nullable=False),
    Column("errors", Integer, nullable=False),
    Column("warnings", Integer, nullable=False),
    Column("notes", Integer, nullable=False),
    Column("record", LargeBinary),
)
Index("documents_by_base", metadata.tables["documents"].c.base_date, metadata.tables["documents"].c.base_number)

Table(
    "findings",
    metadata,
    Column("sha256", String(64), ForeignKey("documents.sha256", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("code", String, nullable=False, index=True),
    Column("severity", String, nullable=False),
    Column("record", Text, nullable=False),
)

Table(
    "citations",
    metadata,
    Column("sha256", String(64), ForeignKey("documents.sha256", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("date", String(10)),
    Column("number", String),
)

Table(
    "amendments",
    metadata,
    Column("sha256", String(64), ForeignKey("documents.sha256", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("issuer_key", String),
    Column("date", String(10)),
    Column("number", String),
)
Index("amendments_by_act", metadata.tables["amendments"].c.date, metadata.tables["amendments"].c.number)

Table(
    "programmes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("issuer", Text),
    Column("issuer_key", String, nullable=False),
    Column("date", String(10), nullable=False),
    Column("number", String, nullable=False, index=True),
    Column("title", Text, nullable=False),
    UniqueConstraint("date", "number", "issuer_key"),
)

Table(
    "editions",
    metadata,
    Column("programme", Integer, ForeignKey("programmes.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("date", String(10)),
    Column("number", String),
    Column("sha256", String(64), ForeignKey("documents.sha256", ondelete="CASCADE"), nullable=False),
)

Table(
    "holdings",
    metadata,
    Column("sha256", String(64), ForeignKey("documents.sha256", ondelete="CASCADE"), primary_key=True),
    Column("programme", Integer, ForeignKey("programmes.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
)

Table(
    "steps",
    metadata,
    Column("old", String(64), ForeignKey("documents.sha256", ondelete="CASCADE"), primary_key=True),
    Column("new", String(64), ForeignKey("documents.sha256", ondelete="CASCADE"), primary_key=True),
    Column("programme", Integer, ForeignKey("programmes.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("reading", String, nullable=False),
    Column("changes", Integer, nullable=False),
    Column("unexplained", Integer, nullable=False),
    Column("undeclared", Integer, nullable=False),
    Column("record", LargeBinary, nullable=False),
)

Table(
    "files",
    metadata,
    Column("path", Text, primary_key=True),
    Column("archive", Text, index=True),
    Column("sha256", String(64), index=True),
    Column("size", Integer, nullable=False),
    Column("modified", String, nullable=False),
    Column("outcome", String, nullable=False),
    Column("reason", Text),
    Column("reading", String, nullable=False),
    Column("run", Integer),
    Column("met", Integer, index=True),
    Column("changed", Integer),
    Column("was", String),
)

Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("started", String, nullable=False),
    Column("ended", String),
    Column("version", String, nullable=False),
    Column("folders", Text, nullable=False),
    Column("complete", Boolean, nullable=False, default=False),
    Column("report", LargeBinary),
)


def upgrade() -> None:
    """From an empty database."""
    metadata.create_all(op.get_bind())
