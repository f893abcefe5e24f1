"""Handovers and escrow held by people."""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('handover',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('from_id', sa.Uuid(), nullable=False),
    sa.Column('to_id', sa.Uuid(), nullable=False),
    sa.Column('occasion', sa.String(length=40), nullable=False),
    sa.Column('opened_on', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('finished_on', sa.Date(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.String(length=32), nullable=False),
    sa.ForeignKeyConstraint(['from_id'], ['person.id'], name=op.f('fk_handover_from_id_person'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['to_id'], ['person.id'], name=op.f('fk_handover_to_id_person'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_handover')),
    )
    with op.batch_alter_table('handover', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_handover_from_id'), ['from_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_handover_to_id'), ['to_id'], unique=False)

    op.create_table('handover_item',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('handover_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('item_id', sa.Uuid(), nullable=False),
    sa.Column('way', sa.String(length=40), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('state_since', sa.Date(), nullable=False),
    sa.Column('revision_before', sa.Integer(), nullable=True),
    sa.Column('revision_after', sa.Integer(), nullable=True),
    sa.Column('sealed_on', sa.Date(), nullable=True),
    sa.Column('expires_on', sa.Date(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.String(length=32), nullable=False),
    sa.ForeignKeyConstraint(['handover_id'], ['handover.id'], name=op.f('fk_handover_item_handover_id_handover'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_handover_item')),
    sa.UniqueConstraint('handover_id', 'kind', 'item_id', name=op.f('uq_handover_item_handover_id_kind_item_id')),
    )
    with op.batch_alter_table('handover_item', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_handover_item_item_id'), ['item_id'], unique=False)

    op.create_table('handover_statement',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('handover_id', sa.Uuid(), nullable=False),
    sa.Column('act', sa.String(length=40), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('card', sa.String(length=64), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('taken_in_on', sa.Date(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.String(length=32), nullable=False),
    sa.ForeignKeyConstraint(['handover_id'], ['handover.id'], name=op.f('fk_handover_statement_handover_id_handover'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_handover_statement_person_id_person'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_handover_statement')),
    sa.UniqueConstraint('digest', name=op.f('uq_handover_statement_digest')),
    )
    with op.batch_alter_table('handover_statement', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_handover_statement_handover_id'), ['handover_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_handover_statement_person_id'), ['person_id'], unique=False)

    with op.batch_alter_table('envelope', schema=None) as batch_op:
        batch_op.add_column(sa.Column('with_key_id', sa.Uuid(), nullable=True))
        batch_op.drop_constraint(batch_op.f('uq_envelope_credential_id_revision_escrow_key_id'), type_='unique')
        batch_op.create_index(batch_op.f('ix_envelope_with_key_id'), ['with_key_id'], unique=False)
        batch_op.create_unique_constraint(batch_op.f('uq_envelope_credential_id_revision_escrow_key_id_with_key_id'), ['credential_id', 'revision', 'escrow_key_id', 'with_key_id'])
        batch_op.create_foreign_key(batch_op.f('fk_envelope_with_key_id_escrow_key'), 'escrow_key', ['with_key_id'], ['id'], initially='DEFERRED', deferrable=True)

    with op.batch_alter_table('escrow_key', schema=None) as batch_op:
        batch_op.add_column(sa.Column('person_id', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('card', sa.String(length=64), nullable=True))
        batch_op.create_index(batch_op.f('ix_escrow_key_person_id'), ['person_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_escrow_key_person_id_person'), 'person', ['person_id'], ['id'], initially='DEFERRED', deferrable=True)

    with op.batch_alter_table('escrow_opening', schema=None) as batch_op:
        batch_op.add_column(sa.Column('credential_id', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('drill', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('opened', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('failed', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_escrow_opening_credential_id'), ['credential_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_escrow_opening_credential_id_credential'), 'credential', ['credential_id'], ['id'], initially='DEFERRED', deferrable=True)

