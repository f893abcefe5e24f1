"""Credentials and who keeps them."""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('credential',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('label', sa.Text(), nullable=False),
    sa.Column('login_name', sa.Text(), nullable=True),
    sa.Column('address', sa.Text(), nullable=True),
    sa.Column('kept_in', sa.String(length=40), nullable=False),
    sa.Column('place', sa.Text(), nullable=True),
    sa.Column('holder_id', sa.Uuid(), nullable=True),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('rotated_on', sa.Date(), nullable=True),
    sa.Column('rotated_by_id', sa.Uuid(), nullable=True),
    sa.Column('rotation_days', sa.Integer(), nullable=True),
    sa.Column('recovery_mail', sa.Text(), nullable=True),
    sa.Column('recovery_phone', sa.Text(), nullable=True),
    sa.Column('recovery_of_office', sa.Boolean(), nullable=True),
    sa.Column('second_factor', sa.String(length=40), nullable=True),
    sa.Column('second_factor_holder_id', sa.Uuid(), nullable=True),
    sa.Column('retired_on', sa.Date(), nullable=True),
    sa.Column('notes', sa.Text(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.String(length=32), nullable=False),
    sa.ForeignKeyConstraint(['holder_id'], ['person.id'], name=op.f('fk_credential_holder_id_person'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['rotated_by_id'], ['person.id'], name=op.f('fk_credential_rotated_by_id_person'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['second_factor_holder_id'], ['person.id'], name=op.f('fk_credential_second_factor_holder_id_person'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_credential')),
    )
    with op.batch_alter_table('credential', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_credential_holder_id'), ['holder_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_credential_rotated_by_id'), ['rotated_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_credential_second_factor_holder_id'), ['second_factor_holder_id'], unique=False)

    op.create_table('escrow_key',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('recipient', sa.String(length=120), nullable=False),
    sa.Column('place', sa.Text(), nullable=True),
    sa.Column('made_by_id', sa.Uuid(), nullable=True),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.String(length=32), nullable=False),
    sa.ForeignKeyConstraint(['made_by_id'], ['person.id'], name=op.f('fk_escrow_key_made_by_id_person'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_escrow_key')),
    )
    with op.batch_alter_table('escrow_key', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_escrow_key_made_by_id'), ['made_by_id'], unique=False)

    op.create_table('store',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('backend', sa.String(length=20), nullable=False),
    sa.Column('remark', sa.Text(), nullable=True),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('vanished_on', sa.Date(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.String(length=32), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_store_person_id_person'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_store')),
    )
    with op.batch_alter_table('store', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_store_person_id'), ['person_id'], unique=False)

    op.create_table('credential_channel',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('credential_id', sa.Uuid(), nullable=False),
    sa.Column('channel_id', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.String(length=32), nullable=False),
    sa.ForeignKeyConstraint(['channel_id'], ['channel.id'], name=op.f('fk_credential_channel_channel_id_channel'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['credential_id'], ['credential.id'], name=op.f('fk_credential_channel_credential_id_credential'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_credential_channel')),
    sa.UniqueConstraint('credential_id', 'channel_id', name=op.f('uq_credential_channel_credential_id_channel_id'))
    )
    with op.batch_alter_table('credential_channel', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_credential_channel_channel_id'), ['channel_id'], unique=False)

    op.create_table('custody',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('credential_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('store_id', sa.Uuid(), nullable=False),
    sa.Column('slot', sa.Uuid(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('ended', sa.String(length=40), nullable=True),
    sa.Column('last_seen_on', sa.Date(), nullable=True),
    sa.Column('missing_since', sa.Date(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.String(length=32), nullable=False),
    sa.ForeignKeyConstraint(['credential_id'], ['credential.id'], name=op.f('fk_custody_credential_id_credential'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_custody_person_id_person'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['store_id'], ['store.id'], name=op.f('fk_custody_store_id_store'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_custody')),
    )
    with op.batch_alter_table('custody', schema=None) as batch_op:
        batch_op.create_index('ix_custody_credential_id_revision', ['credential_id', 'revision', 'until', 'person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_custody_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_custody_store_id'), ['store_id'], unique=False)

    op.create_table('envelope',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('credential_id', sa.Uuid(), nullable=False),
    sa.Column('escrow_key_id', sa.Uuid(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('made_on', sa.Date(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.String(length=32), nullable=False),
    sa.ForeignKeyConstraint(['credential_id'], ['credential.id'], name=op.f('fk_envelope_credential_id_credential'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['escrow_key_id'], ['escrow_key.id'], name=op.f('fk_envelope_escrow_key_id_escrow_key'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_envelope')),
    sa.UniqueConstraint('credential_id', 'revision', 'escrow_key_id', name=op.f('uq_envelope_credential_id_revision_escrow_key_id')),
    )
    with op.batch_alter_table('envelope', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_envelope_escrow_key_id'), ['escrow_key_id'], unique=False)

    op.create_table('reading',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('credential_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.String(length=32), nullable=False),
    sa.ForeignKeyConstraint(['credential_id'], ['credential.id'], name=op.f('fk_reading_credential_id_credential'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_reading_person_id_person'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reading')),
    sa.UniqueConstraint('credential_id', 'person_id', 'revision', name=op.f('uq_reading_credential_id_person_id_revision')),
    )
    with op.batch_alter_table('reading', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reading_person_id'), ['person_id'], unique=False)

    op.create_table('rotation',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('credential_id', sa.Uuid(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=True),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.String(length=32), nullable=False),
    sa.ForeignKeyConstraint(['credential_id'], ['credential.id'], name=op.f('fk_rotation_credential_id_credential'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_rotation_person_id_person'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rotation')),
    sa.UniqueConstraint('credential_id', 'revision', name=op.f('uq_rotation_credential_id_revision')),
    )
    with op.batch_alter_table('rotation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_rotation_person_id'), ['person_id'], unique=False)

    op.create_table('escrow_opening',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('escrow_key_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.String(length=32), nullable=False),
    sa.ForeignKeyConstraint(['escrow_key_id'], ['escrow_key.id'], name=op.f('fk_escrow_opening_escrow_key_id_escrow_key'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_escrow_opening_person_id_person'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_escrow_opening')),
    )
    with op.batch_alter_table('escrow_opening', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_escrow_opening_escrow_key_id'), ['escrow_key_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_escrow_opening_person_id'), ['person_id'], unique=False)
