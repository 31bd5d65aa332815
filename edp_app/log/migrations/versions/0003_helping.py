"""Links that work once, and who helps in a workshop without an account."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "invitation",
        sa.Column("id", sa.String(12), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("purpose", sa.String(10), nullable=False),
        sa.Column("workshop_id", sa.String(32), nullable=False),
        sa.Column("account_id", sa.String(32), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("purpose IN ('help', 'device')", name=op.f("ck_invitation_purpose")),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name="fk_invitation_workshop_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_invitation_account_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_invitation"),
    )
    op.create_index("ix_invitation_workshop_id", "invitation", ["workshop_id"])
    op.create_table(
        "helper",
        sa.Column("id", sa.String(12), nullable=False),
        sa.Column("workshop_id", sa.String(32), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name="fk_helper_workshop_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_helper"),
    )
    op.create_index("ix_helper_workshop_id", "helper", ["workshop_id"])
