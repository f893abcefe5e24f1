"""Waivers and mended findings."""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('finding_state',
    sa.Column('id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('rules', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_finding_state')),
    )
    op.create_table('mended_finding',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('rule', sa.String(length=40), nullable=False),
    sa.Column('subject_type', sa.String(length=20), nullable=False),
    sa.Column('subject_id', sa.Uuid(), nullable=True),
    sa.Column('since', sa.Date(), nullable=True),
    sa.Column('mended_on', sa.Date(), nullable=False),
    sa.Column('action_id', sa.Uuid(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mended_finding')),
    )
    with op.batch_alter_table('mended_finding', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mended_finding_action_id'), ['action_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_mended_finding_subject_id'), ['subject_id'], unique=False)

    op.create_table('waiver',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('rule', sa.String(length=40), nullable=False),
    sa.Column('subject_type', sa.String(length=20), nullable=False),
    sa.Column('subject_id', sa.Uuid(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.String(length=32), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_waiver'))
    )
    with op.batch_alter_table('waiver', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_waiver_subject_id'), ['subject_id'], unique=False)

    with op.batch_alter_table('confirmation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_confirmation_channel_id'))
        batch_op.create_index('ix_confirmation_channel_id_on', ['channel_id', 'on', 'result'], unique=False)

    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_person_leaving_on'), ['leaving_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_person_left_on'), ['left_on'], unique=False)

    with op.batch_alter_table('responsibility', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_responsibility_channel_id'))
        batch_op.create_index('ix_responsibility_channel_id_role', ['channel_id', 'role', 'until', 'since', 'person_id'])
