"""What the buttons do that mend findings about the city's appearance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from core.governance.findings import FindingValue
from core.i18n import N_, _
from core.inventory.assets.asset_sheet import AssetSheet, asset_sheet
from core.inventory.assets.versions import approve
from core.model import AssetUse, AssetVersion, Channel, Placement
from core.registry import Registry
from core.storage.journal import acting
from gui.widgets.ticked_things import Thing
from gui.workspace import Workspace


def clean_places(workspace: Workspace, findings: Sequence[FindingValue], window: QWidget) -> None:
    """Ask in which of the places the picture was exchanged or taken down."""
    from gui.dialogs.clean_places import CleanPlacesDialog

    places = {UUID(one.evidence["use_id"]): one for one in findings}
    things = [Thing(use_id, one.subject_label, _shown(one)) for use_id, one in places.items()]
    CleanPlacesDialog(workspace, things, window).open()


def choose_avatar(workspace: Workspace, finding: FindingValue, window: QWidget) -> None:
    """Ask which picture a channel shows as its avatar."""
    from gui.dialogs.choose_picture import ChannelPlace, ChoosePictureDialog

    channel_id, label = finding.subject_id, finding.subject_label
    if channel_id is None:
        return

    def read(registry: Registry) -> str | None:
        with registry.reading() as session:
            channel = session.get(Channel, channel_id)
            return channel.platform if channel is not None else None

    def ask(platform: str | None) -> None:
        if platform is not None:
            ChoosePictureDialog(workspace, ChannelPlace(channel_id, label, platform), window).open()

    workspace.read(read, ask, owner=window)


def add_consent(workspace: Workspace, finding: FindingValue, window: QWidget) -> None:
    """Ask what the person of a portrait agreed to."""
    from gui.dialogs.give_consent import GiveConsentDialog

    asset_id = UUID(finding.evidence["asset_id"])

    def read(registry: Registry) -> AssetSheet | None:
        with registry.reading() as session:
            return asset_sheet(session, asset_id, registry.today())

    def ask(sheet: AssetSheet | None) -> None:
        if sheet is not None:
            GiveConsentDialog(workspace, sheet, window).open()

    workspace.read(read, ask, owner=window)


def approve_shown(workspace: Workspace, findings: Sequence[FindingValue]) -> None:
    """Note that I approve today what is shown in some places, each file once."""
    uses = [UUID(one.evidence["use_id"]) for one in findings]
    today = workspace.today()

    def write(session: Any) -> None:
        for version_id in dict.fromkeys(session.get_one(AssetUse, use).version_id for use in uses):
            version = session.get_one(AssetVersion, version_id)
            approve(session, version.derived_from_id or version_id, today, acting(session))

    titles = sorted({str(one.evidence["asset"]) for one in findings})
    told = _("“{title}” is approved.").format(title=", ".join(titles))
    workspace.act(N_("Approve version of an asset"), write, said=told)


def _shown(finding: FindingValue) -> str:
    evidence = finding.evidence
    return _("{placement}: {asset}").format(
        placement=_(Placement(evidence["placement"]).label), asset=str(evidence["asset"])
    )
