"""Alembic's entry: runs the migrations on the connection `db.engine` hands over."""

from alembic import context
from sqlmodel import SQLModel

import db.finding_tables
import db.issue_tables
import db.notice_tables
import db.outline_tables
import db.run_tables
import db.story_tables
import db.tables  # noqa: F401  (register the tables)

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=SQLModel.metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
