"""Alembic's entry: runs the migrations on the connection `db.connection.engine` hands over."""

from alembic import context
from sqlmodel import SQLModel

import db.schema.finding_tables
import db.schema.issue_tables
import db.schema.notice_tables
import db.schema.outline_tables
import db.schema.run_tables
import db.schema.story_tables
import db.schema.tables  # noqa: F401  (register the tables)

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=SQLModel.metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
