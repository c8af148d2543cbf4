"""keep submissions of exercises and their reviews"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "r05_submissions"
down_revision = "r04_attempts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('submissions',
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('enrollment_id', sa.Uuid(), nullable=False),
        sa.Column('user_id', sa.Uuid(), nullable=False),
        sa.Column('course_slug', sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column('unit_id', sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column('edition_id', sa.Uuid(), nullable=False),
        sa.Column('party', sqlmodel.sql.sqltypes.AutoString(length=10), nullable=False),
        sa.Column('group_note', sa.Text(), nullable=False),
        sa.Column('state', sqlmodel.sql.sqltypes.AutoString(length=10), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.Column('points', sa.Integer(), nullable=True),
        sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column('submitted_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column('decided_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column('seen_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(['edition_id'], ['editions.id'], name=op.f('fk_submissions_edition_id')),
        sa.ForeignKeyConstraint(['enrollment_id'], ['enrollments.id'], name=op.f('fk_submissions_enrollment_id'), ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_submissions_user_id'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_submissions'))
    )
    op.create_index(op.f('ix_submissions_user_id'), 'submissions', ['user_id'], unique=False)
    op.create_index('ix_submissions_waiting', 'submissions', ['state', 'submitted_at'], unique=False)
    op.create_index('ux_submissions_enrollment_unit', 'submissions', ['enrollment_id', 'unit_id'], unique=True)
    op.create_table('draft_answers',
        sa.Column('submission_id', sa.Uuid(), nullable=False),
        sa.Column('field_id', sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column('revision', sa.Integer(), nullable=False),
        sa.Column('value', sa.Text(), nullable=False),
        sa.Column('standing', sqlmodel.sql.sqltypes.AutoString(length=8), nullable=False),
        sa.Column('page', sqlmodel.sql.sqltypes.AutoString(length=36), nullable=False),
        sa.Column('saved_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(['submission_id'], ['submissions.id'], name=op.f('fk_draft_answers_submission_id'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('submission_id', 'field_id', 'revision', name=op.f('pk_draft_answers'))
    )
    op.create_table('review_drafts',
        sa.Column('submission_id', sa.Uuid(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.Column('mentor_id', sa.Uuid(), nullable=False),
        sa.Column('scores', sa.JSON(), nullable=False),
        sa.Column('words', sa.Text(), nullable=False),
        sa.Column('saved_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(['mentor_id'], ['users.id'], name=op.f('fk_review_drafts_mentor_id'), ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['submission_id'], ['submissions.id'], name=op.f('fk_review_drafts_submission_id'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('submission_id', 'version', 'mentor_id', name=op.f('pk_review_drafts'))
    )
    op.create_table('submission_versions',
        sa.Column('submission_id', sa.Uuid(), nullable=False),
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('edition_id', sa.Uuid(), nullable=False),
        sa.Column('party', sqlmodel.sql.sqltypes.AutoString(length=10), nullable=False),
        sa.Column('group_note', sa.Text(), nullable=False),
        sa.Column('answers', sa.JSON(), nullable=False),
        sa.Column('submitted_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(['edition_id'], ['editions.id'], name=op.f('fk_submission_versions_edition_id')),
        sa.ForeignKeyConstraint(['submission_id'], ['submissions.id'], name=op.f('fk_submission_versions_submission_id'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('submission_id', 'number', name=op.f('pk_submission_versions'))
    )
    op.create_table('reviews',
        sa.Column('id', sa.Uuid(), nullable=False),
        sa.Column('submission_id', sa.Uuid(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.Column('mentor_id', sa.Uuid(), nullable=True),
        sa.Column('scores', sa.JSON(), nullable=False),
        sa.Column('words', sa.Text(), nullable=False),
        sa.Column('verdict', sqlmodel.sql.sqltypes.AutoString(length=10), nullable=False),
        sa.Column('created_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(['mentor_id'], ['users.id'], name=op.f('fk_reviews_mentor_id'), ondelete='SET NULL'),
        sa.ForeignKeyConstraint(['submission_id', 'version'], ['submission_versions.submission_id', 'submission_versions.number'], name=op.f('fk_reviews_submission_id_version'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_reviews')),
        sa.UniqueConstraint('submission_id', 'version', name=op.f('uq_reviews_submission_id_version'))
    )
    op.create_index(op.f('ix_reviews_mentor_id'), 'reviews', ['mentor_id'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_reviews_mentor_id'), table_name='reviews')
    op.drop_table('reviews')
    op.drop_table('submission_versions')
    op.drop_table('review_drafts')
    op.drop_table('draft_answers')
    op.drop_index('ux_submissions_enrollment_unit', table_name='submissions')
    op.drop_index('ix_submissions_waiting', table_name='submissions')
    op.drop_index(op.f('ix_submissions_user_id'), table_name='submissions')
    op.drop_table('submissions')
