"""The tables of a SQL ledger, as the newest revision in `migrations` leaves them.

Text, big integers and bytes only: times are milliseconds since 1970, JSON is text, ids are made elsewhere. There are no
foreign keys, sequences or triggers, so that SQLite, PostgreSQL and its distributed relatives all hold them.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, LargeBinary, MetaData, Table
from sqlalchemy import Text as PlainText

# Compared byte by byte everywhere, as SQLite and Python do: two ids that differ in case are two ids.
Text = PlainText().with_variant(PlainText(collation="C"), "postgresql")

metadata = MetaData()

meta = Table(
    "meta",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
    sqlite_with_rowid=False,
)

connection = Table(
    "connection",
    metadata,
    Column("name", Text, primary_key=True),
    Column("source", Text, nullable=False),
    Column("account", Text),
    Column("portal_id", Text),
    Column("started_from", BigInteger),
    Column("watermark", BigInteger),
    sqlite_with_rowid=False,
)

entry = Table(
    "entry",
    metadata,
    Column("connection", Text, primary_key=True),
    Column("call_id", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("ended_at", BigInteger, nullable=False),
    Column("account", Text, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("mapping_version", Text, nullable=False),
    Column("decision", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("contact_id", Text),
    Column("engagement_id", Text),
    Column("records", Text, nullable=False),
    Column("attempts", BigInteger, nullable=False),
    Column("code", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("notes", Text, nullable=False),
    Column("run_id", Text, nullable=False),
    Column("updated_at", BigInteger),
    Column("listed", Text),
    Column("look_again_at", BigInteger),
    Column("perhaps_sent_at", BigInteger),
    # This index serves every question by state: unfinished calls, lists for people, counts.
    Index("entry_by_state", "connection", "state", "ended_at", "call_id"),
    Index("entry_by_look", "connection", "look_again_at"),
    Index("entry_by_doubt", "connection", "perhaps_sent_at"),
    sqlite_with_rowid=False,
)

hint = Table(
    "hint",
    metadata,
    Column("connection", Text, primary_key=True),
    Column("delivery", Text, primary_key=True),
    Column("call_id", Text, nullable=False),
    Column("received_at", BigInteger, nullable=False),
    Column("tries", BigInteger, nullable=False),
    Column("is_done", BigInteger, nullable=False),
    Index("hint_by_age", "connection", "is_done", "received_at", "delivery"),
    sqlite_with_rowid=False,
)

person = Table(
    "person",
    metadata,
    Column("portal_id", Text, primary_key=True),
    Column("hash", Text, primary_key=True),
    Column("contact_id", Text, nullable=False),
    sqlite_with_rowid=False,
)

lane = Table(
    "lane",
    metadata,
    Column("portal_id", Text, primary_key=True),
    Column("owner", Text, nullable=False),
    Column("fence", BigInteger, nullable=False),
    Column("until", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

run = Table(
    "run",
    metadata,
    Column("id", Text, primary_key=True),
    Column("connection", Text, nullable=False),
    Column("started_at", BigInteger, nullable=False),
    Column("summary", Text, nullable=False),
    Index("run_by_start", "connection", "started_at", "id"),
    sqlite_with_rowid=False,
)

fact = Table(
    "fact",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", LargeBinary, nullable=False),
    Column("at", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)
