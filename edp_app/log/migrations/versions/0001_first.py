"""Accounts and where they are signed in, the index of workshops, the log, operations, names, access,
settings."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("login", sa.String(80), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("is_admin", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
        sa.UniqueConstraint("login", name="uq_account_login"),
        sa.CheckConstraint("length(login) BETWEEN 1 AND 80", name=op.f("ck_account_login")),
        sa.CheckConstraint("language IN ('en', 'es', 'pt')", name=op.f("ck_account_language")),
    )
    op.create_table(
        "event",
        sa.Column("workshop_id", sa.String(32), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("actor", sa.String(64), nullable=False),
        sa.Column("op_id", sa.String(120), nullable=False),
        sa.Column("payload", sa.Text(), nullable=True),
        sa.Column("salt", sa.LargeBinary(16), nullable=True),
        sa.Column("content_digest", sa.String(64), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("workshop_id", "seq", name="pk_event"),
        sa.CheckConstraint("seq >= 1", name=op.f("ck_event_seq")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_event_version")),
        sa.CheckConstraint("payload IS NOT NULL OR salt IS NULL", name=op.f("ck_event_erased")),
        sa.CheckConstraint(
            "length(content_digest) = 64 AND length(digest) = 64", name=op.f("ck_event_digests")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "operation",
        sa.Column("workshop_id", sa.String(32), nullable=False),
        sa.Column("actor", sa.String(64), nullable=False),
        sa.Column("op_id", sa.String(120), nullable=False),
        sa.Column("content_hash", sa.String(64), nullable=True),
        sa.Column("outcome", sa.JSON(), nullable=False),
        sa.Column("first_seq", sa.BigInteger(), nullable=True),
        sa.Column("last_seq", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("workshop_id", "actor", "op_id", name="pk_operation"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "person_name",
        sa.Column("workshop_id", sa.String(32), nullable=False),
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("organisation", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("workshop_id", "person", name="pk_person_name"),
        sa.CheckConstraint("name <> '' OR organisation <> ''", name=op.f("ck_person_name_given")),
    )
    op.create_table(
        "setting",
        sa.Column("key", sa.String(40), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_setting"),
    )
    op.create_table(
        "signed_in",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("account_id", sa.String(32), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_signed_in"),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_signed_in_account_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_signed_in_account_id", "signed_in", ["account_id"])
    op.create_table(
        "workshop",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("code", sa.String(6), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("owner_id", sa.String(32), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("last_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("archived_at", sa.BigInteger(), nullable=True),
        sa.Column("epoch", sa.String(16), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_workshop"),
        sa.UniqueConstraint("code", name="uq_workshop_code"),
        sa.CheckConstraint("length(code) = 6", name=op.f("ck_workshop_code")),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["account.id"], name="fk_workshop_owner_id", ondelete="SET NULL"
        ),
    )
    op.create_index("ix_workshop_owner_id", "workshop", ["owner_id"])
    op.create_table(
        "workshop_access",
        sa.Column("workshop_id", sa.String(32), nullable=False),
        sa.Column("account_id", sa.String(32), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.PrimaryKeyConstraint("workshop_id", "account_id", name="pk_workshop_access"),
        sa.CheckConstraint("role IN ('facilitator')", name=op.f("ck_workshop_access_role")),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name="fk_workshop_access_workshop_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_workshop_access_account_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_workshop_access_account_id", "workshop_access", ["account_id"])
