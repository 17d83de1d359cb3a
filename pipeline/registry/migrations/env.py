"""Alembic runs this: the migrations are applied on the connection that the registry has opened."""

from alembic import context

from pipeline.registry.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, transactional_ddl=False)
context.run_migrations()
