"""Key cards."""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('key_card',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('store_id', sa.Uuid(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('fingerprint', sa.String(length=64), nullable=False),
    sa.Column('created_on', sa.Date(), nullable=False),
    sa.Column('revoked_on', sa.Date(), nullable=True),
    sa.Column('revoked_by_id', sa.Uuid(), nullable=True),
    sa.Column('revocation', sa.Text(), nullable=True),
    sa.Column('certificate', sa.Text(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.String(length=32), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_key_card_person_id_person'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['revoked_by_id'], ['person.id'], name=op.f('fk_key_card_revoked_by_id_person'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_key_card')),
    sa.UniqueConstraint('fingerprint', name=op.f('uq_key_card_fingerprint')),
    )
    with op.batch_alter_table('key_card', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_key_card_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_key_card_revoked_by_id'), ['revoked_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_key_card_store_id'), ['store_id'], unique=False)

    op.create_table('key_verification',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('key_card_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('how', sa.String(length=40), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.String(length=32), nullable=False),
    sa.ForeignKeyConstraint(['key_card_id'], ['key_card.id'], name=op.f('fk_key_verification_key_card_id_key_card'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_key_verification_person_id_person'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_key_verification')),
    sa.UniqueConstraint('key_card_id', 'person_id', name=op.f('uq_key_verification_key_card_id_person_id')),
    )
    with op.batch_alter_table('key_verification', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_key_verification_person_id'), ['person_id'], unique=False)
