"""Runs migrations on the connection that :func:`edp_app.log.upgrade.upgrade` passes in."""

from alembic import context

from edp_app.log.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite changes a table by copying it
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
