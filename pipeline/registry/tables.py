"""The tables. Dates are ISO texts; records are JSON, packed with zlib where they are large.

`documents` are facts; `programmes`, `editions` and `steps` follow from them (see `filing`).
Changing a table means a new file in `migrations/versions`: a test holds both to one result.
"""

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Table, Text, UniqueConstraint

metadata = MetaData()

about = Table("about", metadata, Column("name", String, primary_key=True), Column("value", Text, nullable=False))

documents = Table(
    "documents",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("size", Integer, nullable=False),
    Column("name", Text, nullable=False),  # the file's name when it was filed first
    Column("format", String),
    Column("kind", String),  # edition, resolution, other; absent where it was not read
    Column("outcome", String, nullable=False),
    Column("code", String),  # the error's code, where it was not read
    Column("reason", Text),
    Column("reading", String, nullable=False),  # which version of the program read it
    Column("seconds", Float, nullable=False),
    Column("title", Text),
    Column("base_issuer", Text),
    Column("base_key", String),  # the issuer, forms of words apart
    Column("base_date", String(10)),
    Column("base_number", String),
    Column("act_date", String(10)),
    Column("act_number", String),
    Column("place_date", String(10)),  # by which it is put in order where its own date is not told
    Column("rank", Integer, nullable=False),  # which of several documents of one edition stands for it
    Column("errors", Integer, nullable=False),
    Column("warnings", Integer, nullable=False),
    Column("notes", Integer, nullable=False),
    Column("record", LargeBinary),  # the edition or the resolution, as `read` gives it
)
Index("documents_by_base", documents.c.base_date, documents.c.base_number)

findings = Table(
    "findings",
    metadata,
    Column("sha256", String(64), ForeignKey("documents.sha256", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("code", String, nullable=False, index=True),
    Column("severity", String, nullable=False),
    Column("record", Text, nullable=False),
)

citations = Table(
    "citations",  # the amending acts that an edition names, in its order
    metadata,
    Column("sha256", String(64), ForeignKey("documents.sha256", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("date", String(10)),
    Column("number", String),
)

amendments = Table(
    "amendments",  # the acts that a resolution amends or adopts
    metadata,
    Column("sha256", String(64), ForeignKey("documents.sha256", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("issuer_key", String),
    Column("date", String(10)),
    Column("number", String),
)
Index("amendments_by_act", amendments.c.date, amendments.c.number)

programmes = Table(
    "programmes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("issuer", Text),
    Column("issuer_key", String, nullable=False),
    Column("date", String(10), nullable=False),  # "" where the base act's date is not told
    Column("number", String, nullable=False, index=True),
    Column("title", Text, nullable=False),
    UniqueConstraint("date", "number", "issuer_key"),
)

editions = Table(
    "editions",
    metadata,
    Column("programme", Integer, ForeignKey("programmes.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),  # its place in the chain, from 0
    Column("date", String(10)),
    Column("number", String),
    Column("sha256", String(64), ForeignKey("documents.sha256", ondelete="CASCADE"), nullable=False),  # the document that stands for it
)

holdings = Table(
    "holdings",  # every document of an edition
    metadata,
    Column("sha256", String(64), ForeignKey("documents.sha256", ondelete="CASCADE"), primary_key=True),
    Column("programme", Integer, ForeignKey("programmes.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
)

steps = Table(
    "steps",  # from one edition to the next
    metadata,
    Column("old", String(64), ForeignKey("documents.sha256", ondelete="CASCADE"), primary_key=True),
    Column("new", String(64), ForeignKey("documents.sha256", ondelete="CASCADE"), primary_key=True),
    Column("programme", Integer, ForeignKey("programmes.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("reading", String, nullable=False),
    Column("changes", Integer, nullable=False),
    Column("unexplained", Integer, nullable=False),
    Column("undeclared", Integer, nullable=False),
    Column("record", LargeBinary, nullable=False),  # as `diff --format json` gives it, packed
)

files = Table(
    "files",  # where a document was seen last, and how the file looked: an unchanged one need not be read again
    metadata,
    Column("path", Text, primary_key=True),
    Column("archive", Text, index=True),  # the file on the disk that holds it, for a packed one
    Column("sha256", String(64), index=True),
    Column("size", Integer, nullable=False),
    Column("modified", String, nullable=False),  # nanoseconds
    Column("outcome", String, nullable=False),
    Column("reason", Text),
    Column("reading", String, nullable=False),
    Column("run", Integer),  # in which it was read
    Column("met", Integer, index=True),  # the last run that met it
    Column("changed", Integer),  # how many values another version of the program read otherwise
    Column("was", String),  # its outcome before that
)

runs = Table(
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
