"""What is known of a login that is being changed in a handover, and how it is changed, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.custody.custodian import kept_by
from core.custody.handover.acting import Actor
from core.custody.handover.interrupted import prepared_revision
from core.custody.handover.listing import ItemRow
from core.custody.handover.pages import page_of
from core.i18n import N_, _
from core.inventory.credentials import channels_of
from core.model import Credential, CredentialKind, Way
from gui.widgets.secret_row import WE_CHOOSE

HOW: Mapping[Way, str] = {
    Way.RESET: N_(
        "The new secret is in your keyring. On the page, let the platform write to the recovery address of the office, "
        "and paste the new secret there."
    ),
    Way.SEALED: N_(
        "The new secret is in your keyring. On the page, sign in with the old one, and paste the new one there."
    ),
}


@dataclass(frozen=True, slots=True)
class LoginRead:
    """What is known of the login.

    Attributes:
        kind: What it is.
        login_name: The name to sign in with, empty where nobody entered one.
        page: Where it is changed, as the program itself knows; None where it knows none.
        prepared: Which revision is prepared in this keyring, None where there is none.
        old: Which revision lets its keeper in until then, None where this keyring has none or the way needs none.
        mail: The recovery address, to which the platform writes for a reset; empty where nobody entered one.
        channel: The address of the channel, as the registry says and nobody has checked; empty where there is none.
    """

    kind: CredentialKind
    login_name: str
    page: str | None
    prepared: int | None
    old: int | None = None
    mail: str = ""
    channel: str = ""


def read_login(actor: Actor, item: ItemRow) -> LoginRead:
    """Read what is known of a login; the keyring says whether a change of it is prepared, or was interrupted."""
    prepared = prepared_revision(actor, item.id, item.revision_before or 0)
    store_id, is_reset = actor.custodian.vault.store(), item.way is Way.RESET
    with actor.custodian.registry.reading() as session:
        login = session.get_one(Credential, item.id)
        kept = {one.revision for one in kept_by(session, store_id, login.id)} if store_id and not is_reset else set()
        return LoginRead(
            login.kind,
            login.login_name or "",
            page_of(session, item),
            prepared,
            login.revision if login.revision in kept else None,
            (login.recovery_mail or "") if is_reset else "",
            next((one.url for one in channels_of(session, login.id) if one.url), ""),
        )


def about_page(login: LoginRead) -> str:
    """Say where the login is changed; what only the registry says is shown as such, and no button opens it."""
    if login.page is not None:
        return login.page
    if login.channel:
        return _("The program knows no page for it. In the list of channels stands: {address}").format(
            address=login.channel
        )
    return _("The program knows no page for it. Go there as you always do.")


def about_new(kind: CredentialKind) -> str:
    """Say where the new secret comes from, and what becomes of it."""
    if kind in WE_CHOOSE:
        return _(
            "This is the new secret. It goes into your keyring first, so that it cannot get lost; then you set it on "
            "the platform. The old one works until then."
        )
    return _("Have the platform make a new one, and type it here. It goes into your keyring and nowhere else.")
