"""How many pages each process serves, for installations with several."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "presence",
        sa.Column("process", sa.String(32), nullable=False),
        sa.Column("workshop_id", sa.String(32), nullable=False),
        sa.Column("phones", sa.Integer(), nullable=False),
        sa.Column("screens", sa.Integer(), nullable=False),
        sa.Column("consoles", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("process", "workshop_id", name="pk_presence"),
    )
