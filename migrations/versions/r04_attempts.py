"""keep attempts at quizzes"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "r04_attempts"
down_revision = "r03_reading"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('accommodations',
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('course_slug', sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
    sa.Column('time_factor', sa.Float(), nullable=False),
    sa.Column('extra_attempts', sa.Integer(), nullable=False),
    sa.Column('granted_by', sa.Uuid(), nullable=False),
    sa.Column('granted_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('user_id', 'course_slug')
    )
    op.create_table('attempts',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('enrollment_id', sa.Uuid(), nullable=False),
    sa.Column('course_slug', sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
    sa.Column('unit_id', sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
    sa.Column('edition_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('seed', sa.Integer(), nullable=False),
    sa.Column('paper', sa.JSON(), nullable=False),
    sa.Column('prepared_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('started_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('deadline_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('submitted_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('score', sa.Float(), nullable=False),
    sa.Column('maximum', sa.Float(), nullable=False),
    sa.Column('passed', sa.Boolean(), nullable=False),
    sa.Column('pending', sa.Integer(), nullable=False),
    sa.Column('graded', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['edition_id'], ['editions.id'], ),
    sa.ForeignKeyConstraint(['enrollment_id'], ['enrollments.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('attempts', schema=None) as batch_op:
        batch_op.create_index('ix_attempts_course', ['course_slug', 'unit_id'], unique=False)
        batch_op.create_index('ix_attempts_deadline', ['deadline_at'], unique=False, sqlite_where=sa.text('submitted_at IS NULL AND deadline_at IS NOT NULL'), postgresql_where=sa.text('submitted_at IS NULL AND deadline_at IS NOT NULL'))
        batch_op.create_index('ix_attempts_pending', ['pending', 'submitted_at'], unique=False)
        batch_op.create_index('ux_attempts_number', ['enrollment_id', 'unit_id', 'number'], unique=True)
        batch_op.create_index('ux_attempts_open', ['enrollment_id', 'unit_id'], unique=True, sqlite_where=sa.text('submitted_at IS NULL'), postgresql_where=sa.text('submitted_at IS NULL'))

    op.create_table('answer_marks',
    sa.Column('attempt_id', sa.Uuid(), nullable=False),
    sa.Column('question_id', sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
    sa.Column('points', sa.Float(), nullable=False),
    sa.Column('words', sqlmodel.sql.sqltypes.AutoString(length=4000), nullable=False),
    sa.Column('marked_by', sa.Uuid(), nullable=False),
    sa.Column('marked_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['attempt_id'], ['attempts.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('attempt_id', 'question_id')
    )
    op.create_table('answers',
    sa.Column('attempt_id', sa.Uuid(), nullable=False),
    sa.Column('question_id', sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('value', sa.JSON(), nullable=False),
    sa.Column('standing', sqlmodel.sql.sqltypes.AutoString(length=8), nullable=False),
    sa.Column('page', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
    sa.Column('saved_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['attempt_id'], ['attempts.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('attempt_id', 'question_id', 'revision')
    )


def downgrade() -> None:
    op.drop_table('answers')
    op.drop_table('answer_marks')
    with op.batch_alter_table('attempts', schema=None) as batch_op:
        batch_op.drop_index('ux_attempts_open', sqlite_where=sa.text('submitted_at IS NULL'), postgresql_where=sa.text('submitted_at IS NULL'))
        batch_op.drop_index('ux_attempts_number')
        batch_op.drop_index('ix_attempts_pending')
        batch_op.drop_index('ix_attempts_deadline')
        batch_op.drop_index('ix_attempts_course')

    op.drop_table('attempts')
    op.drop_table('accommodations')
