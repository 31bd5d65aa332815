"""Which workshop is a copy of another one, to rehearse with."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("workshop", sa.Column("rehearsal_of", sa.String(32), nullable=True))
    op.create_index("ix_workshop_rehearsal_of", "workshop", ["rehearsal_of"], unique=True)
