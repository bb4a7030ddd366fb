"""The schedule: its jobs, a heartbeat for locks, and how often a source is to be read."""

import sqlalchemy as sa
from alembic import op

from db.schema.columns import SortedText, UtcMoment

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_table("run_lock")  # whoever held it would be running an older version than the database's
    op.create_table(
        "run_lock",
        sa.Column("name", SortedText, nullable=False),
        sa.Column("host", SortedText, nullable=False),
        sa.Column("process_id", sa.Integer(), nullable=False),
        sa.Column("process_started", SortedText, nullable=False),
        sa.Column("taken_at", UtcMoment(), nullable=False),
        sa.Column("beat_at", UtcMoment(), nullable=False),
        sa.Column("token", SortedText, nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "schedule_job",
        sa.Column("id", SortedText, nullable=False),
        sa.Column("next_run_time", sa.Float(25), nullable=True),
        sa.Column("job_state", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_schedule_job_next_run_time"), "schedule_job", ["next_run_time"], unique=False)
    op.add_column("source", sa.Column("every_hours", sa.Integer(), nullable=True))
