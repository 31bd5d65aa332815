"""Workshops that somebody saved as formats, to begin others with."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "own_format",
        sa.Column("id", sa.String(12), nullable=False),
        sa.Column("account_id", sa.String(32), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("saved_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("length(name) BETWEEN 1 AND 120", name=op.f("ck_own_format_name")),
        sa.CheckConstraint("length(text) BETWEEN 1 AND 65536", name=op.f("ck_own_format_text")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_own_format_account_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_own_format"),
        sa.UniqueConstraint("account_id", "name", name="uq_own_format_account_id"),
    )
