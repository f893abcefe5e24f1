"""The inventory and the journal of its changes."""

import sqlalchemy as sa
from alembic import op

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('action',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('label', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('actor_id', sa.Uuid(), nullable=True),
    sa.Column('store_id', sa.Uuid(), nullable=True),
    sa.Column('batch_id', sa.Uuid(), nullable=True),
    sa.Column('undoes_id', sa.Uuid(), nullable=True),
    sa.Column('schema_number', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_action')),
    )
    op.create_table('org_unit',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('code', sa.Text(), nullable=True),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('parent_id', sa.Uuid(), nullable=True),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('notes', sa.Text(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.String(length=32), nullable=False),
    sa.ForeignKeyConstraint(['parent_id'], ['org_unit.id'], name=op.f('fk_org_unit_parent_id_org_unit'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_org_unit'))
    )
    with op.batch_alter_table('org_unit', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_org_unit_parent_id'), ['parent_id'], unique=False)

    op.create_table('registry_setting',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('key', sa.String(length=80), nullable=False),
    sa.Column('value', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.String(length=32), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registry_setting')),
    sa.UniqueConstraint('key', name=op.f('uq_registry_setting_key'))
    )
    op.create_table('change',
    sa.Column('seq', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('action_id', sa.Uuid(), nullable=False),
    sa.Column('table_name', sa.String(length=40), nullable=False),
    sa.Column('record_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('digests', sa.Text(), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['action_id'], ['action.id'], name=op.f('fk_change_action_id_action')),
    sa.PrimaryKeyConstraint('seq', name=op.f('pk_change')),
    )
    with op.batch_alter_table('change', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_change_action_id'), ['action_id'], unique=False)
        batch_op.create_index('ix_change_table_name_record_id', ['table_name', 'record_id'], unique=False)

    op.create_table('person',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('name_title', sa.Text(), nullable=True),
    sa.Column('given_name', sa.Text(), nullable=True),
    sa.Column('family_name', sa.Text(), nullable=False),
    sa.Column('function', sa.Text(), nullable=True),
    sa.Column('unit_id', sa.Uuid(), nullable=True),
    sa.Column('email', sa.Text(), nullable=True),
    sa.Column('phone', sa.Text(), nullable=True),
    sa.Column('absent_until', sa.Date(), nullable=True),
    sa.Column('leaving_on', sa.Date(), nullable=True),
    sa.Column('left_on', sa.Date(), nullable=True),
    sa.Column('successor_id', sa.Uuid(), nullable=True),
    sa.Column('public_contact', sa.Boolean(), nullable=False),
    sa.Column('notes', sa.Text(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.String(length=32), nullable=False),
    sa.ForeignKeyConstraint(['successor_id'], ['person.id'], name=op.f('fk_person_successor_id_person'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['unit_id'], ['org_unit.id'], name=op.f('fk_person_unit_id_org_unit'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_person'))
    )
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_person_successor_id'), ['successor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_person_unit_id'), ['unit_id'], unique=False)

    op.create_table('change_value',
    sa.Column('seq', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('part', sa.String(length=6), nullable=False),
    sa.Column('personal', sa.Boolean(), nullable=False),
    sa.Column('salt', sa.String(length=32), nullable=False),
    sa.Column('text', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['seq'], ['change.seq'], name=op.f('fk_change_value_seq_change')),
    sa.PrimaryKeyConstraint('seq', 'part', 'personal', name=op.f('pk_change_value')),
    )
    op.create_table('channel',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('platform', sa.String(length=40), nullable=False),
    sa.Column('url_as_entered', sa.Text(), nullable=False),
    sa.Column('url', sa.Text(), nullable=True),
    sa.Column('handle', sa.Text(), nullable=True),
    sa.Column('account_id', sa.Text(), nullable=True),
    sa.Column('account_key', sa.Text(), nullable=False),
    sa.Column('host_belongs', sa.Boolean(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('unit_id', sa.Uuid(), nullable=True),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('purpose', sa.Text(), nullable=True),
    sa.Column('goals', sa.Text(), nullable=False),
    sa.Column('audience', sa.Text(), nullable=True),
    sa.Column('languages', sa.Text(), nullable=False),
    sa.Column('tags', sa.Text(), nullable=False),
    sa.Column('opened_on', sa.String(length=10).with_variant(sa.String(length=10, collation='C'), 'postgresql'), nullable=True),
    sa.Column('registered_on', sa.Date(), nullable=False),
    sa.Column('closed_on', sa.Date(), nullable=True),
    sa.Column('closing_reason', sa.Text(), nullable=True),
    sa.Column('successor_id', sa.Uuid(), nullable=True),
    sa.Column('official_badge', sa.String(length=40), nullable=True),
    sa.Column('last_post_on', sa.String(length=10).with_variant(sa.String(length=10, collation='C'), 'postgresql'), nullable=True),
    sa.Column('last_post_known_by', sa.String(length=40), nullable=True),
    sa.Column('posting_rhythm_days', sa.Integer(), nullable=True),
    sa.Column('response_target_hours', sa.Integer(), nullable=True),
    sa.Column('care_hours', sa.Text(), nullable=True),
    sa.Column('outside_hours_rule', sa.Text(), nullable=True),
    sa.Column('equivalent_offer', sa.Text(), nullable=True),
    sa.Column('imprint_url', sa.Text(), nullable=True),
    sa.Column('imprint_clicks', sa.Integer(), nullable=True),
    sa.Column('imprint_checked_on', sa.Date(), nullable=True),
    sa.Column('privacy_notice_url', sa.Text(), nullable=True),
    sa.Column('netiquette_url', sa.Text(), nullable=True),
    sa.Column('usage_concept_version', sa.Text(), nullable=True),
    sa.Column('usage_concept_due_on', sa.Date(), nullable=True),
    sa.Column('article_26_reference', sa.Text(), nullable=True),
    sa.Column('article_30_reference', sa.Text(), nullable=True),
    sa.Column('linked_from_site', sa.Boolean(), nullable=True),
    sa.Column('reply_coordinator_id', sa.Uuid(), nullable=True),
    sa.Column('approved_on', sa.Date(), nullable=True),
    sa.Column('approved_by_id', sa.Uuid(), nullable=True),
    sa.Column('approved_under', sa.Text(), nullable=True),
    sa.Column('notes', sa.Text(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.String(length=32), nullable=False),
    sa.ForeignKeyConstraint(['approved_by_id'], ['person.id'], name=op.f('fk_channel_approved_by_id_person'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['reply_coordinator_id'], ['person.id'], name=op.f('fk_channel_reply_coordinator_id_person'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['successor_id'], ['channel.id'], name=op.f('fk_channel_successor_id_channel'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['unit_id'], ['org_unit.id'], name=op.f('fk_channel_unit_id_org_unit'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_channel'))
    )
    with op.batch_alter_table('channel', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_channel_account_key'), ['account_key'], unique=False)
        batch_op.create_index(batch_op.f('ix_channel_approved_by_id'), ['approved_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_channel_platform'), ['platform'], unique=False)
        batch_op.create_index(batch_op.f('ix_channel_reply_coordinator_id'), ['reply_coordinator_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_channel_successor_id'), ['successor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_channel_unit_id'), ['unit_id'], unique=False)

    op.create_table('store_binding',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('store_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.String(length=32), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_store_binding_person_id_person'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_store_binding'))
    )
    with op.batch_alter_table('store_binding', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_store_binding_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_store_binding_store_id'), ['store_id'], unique=False)

    op.create_table('access',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('channel_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=True),
    sa.Column('holder', sa.Text(), nullable=True),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('platform_role', sa.String(length=40), nullable=True),
    sa.Column('via_profile', sa.Text(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('granted_on', sa.Date(), nullable=True),
    sa.Column('granted_by_id', sa.Uuid(), nullable=True),
    sa.Column('withdrawn_on', sa.Date(), nullable=True),
    sa.Column('withdrawn_by_id', sa.Uuid(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.String(length=32), nullable=False),
    sa.ForeignKeyConstraint(['channel_id'], ['channel.id'], name=op.f('fk_access_channel_id_channel'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['granted_by_id'], ['person.id'], name=op.f('fk_access_granted_by_id_person'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_access_person_id_person'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['withdrawn_by_id'], ['person.id'], name=op.f('fk_access_withdrawn_by_id_person'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_access'))
    )
    with op.batch_alter_table('access', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_access_channel_id'), ['channel_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_access_granted_by_id'), ['granted_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_access_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_access_withdrawn_by_id'), ['withdrawn_by_id'], unique=False)

    op.create_table('confirmation',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('channel_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=True),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('result', sa.String(length=40), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.String(length=32), nullable=False),
    sa.ForeignKeyConstraint(['channel_id'], ['channel.id'], name=op.f('fk_confirmation_channel_id_channel'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_confirmation_person_id_person'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_confirmation'))
    )
    with op.batch_alter_table('confirmation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_confirmation_channel_id'), ['channel_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_confirmation_person_id'), ['person_id'], unique=False)

    op.create_table('follower_count',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('channel_id', sa.Uuid(), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.Column('known_by', sa.String(length=40), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.String(length=32), nullable=False),
    sa.ForeignKeyConstraint(['channel_id'], ['channel.id'], name=op.f('fk_follower_count_channel_id_channel'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_follower_count'))
    )
    with op.batch_alter_table('follower_count', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_follower_count_channel_id'), ['channel_id'], unique=False)

    op.create_table('former_handle',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('channel_id', sa.Uuid(), nullable=False),
    sa.Column('handle', sa.Text(), nullable=False),
    sa.Column('url', sa.Text(), nullable=True),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.String(length=32), nullable=False),
    sa.ForeignKeyConstraint(['channel_id'], ['channel.id'], name=op.f('fk_former_handle_channel_id_channel'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_former_handle'))
    )
    with op.batch_alter_table('former_handle', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_former_handle_channel_id'), ['channel_id'], unique=False)

    op.create_table('responsibility',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('channel_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('role', sa.String(length=40), nullable=False),
    sa.Column('since', sa.Date(), nullable=True),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.String(length=32), nullable=False),
    sa.ForeignKeyConstraint(['channel_id'], ['channel.id'], name=op.f('fk_responsibility_channel_id_channel'), initially='DEFERRED', deferrable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_responsibility_person_id_person'), initially='DEFERRED', deferrable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_responsibility'))
    )
    with op.batch_alter_table('responsibility', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_responsibility_channel_id'), ['channel_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_responsibility_person_id'), ['person_id'], unique=False)

    _protect_the_log()


def _protect_the_log() -> None:
    """Entries are appended, never altered; a value can only be erased, and keeps its digest in the chain."""
    rules = (
        ("action", "UPDATE", "", "the log is only appended to"),
        ("action", "DELETE", "", "the log is only appended to"),
        ("change", "UPDATE", "", "the log is only appended to"),
        ("change", "DELETE", "", "the log is only appended to"),
        ("change_value", "DELETE", "", "a value of the log can be erased, not removed"),
        (
            "change_value",
            "UPDATE",
            "NEW.text IS NOT NULL OR OLD.seq <> NEW.seq OR OLD.part <> NEW.part"
            " OR OLD.personal <> NEW.personal OR OLD.salt <> NEW.salt",
            "a value of the log can be erased, not changed",
        ),
    )
    for table, event, condition, reason in rules:
        _refuse(table, event, condition, reason)


def _refuse(table: str, event: str, condition: str, reason: str) -> None:
    name = f"keep_{table}_{event.lower()}"
    when = f" WHEN ({condition})" if condition else ""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW{when} BEGIN SELECT RAISE(ABORT, '{reason}'); END"
        )
        return
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{reason}'; END $$"
    )
    op.execute(f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW{when} EXECUTE FUNCTION {name}()")
