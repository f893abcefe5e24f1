"""Portraits whose person does not agree: said before they are shown or saved, and seen wherever they are listed."""

from __future__ import annotations

from datetime import timedelta
from zipfile import ZipFile

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel

from core.exchange.pictures.taking_in import NewConsent, take_in_consent
from core.i18n import N_
from core.inventory import channels
from core.model import AssetKind, ConsentMedium, Placement
from gui.asset_words import standings
from gui.dialogs.save_without_consent import SaveWithoutConsentDialog
from gui.dialogs.show_asset_on import ShowAssetOnDialog
from gui.dialogs.withdraw_consent import WithdrawConsentDialog
from tests.gui.asset_office import show
from tests.gui.asset_people import take_in

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def page(assets_page):
    return assets_page


@pytest.fixture
def made(desk):
    """The desk's channels, and one of the platform "website"."""
    ids = desk.fill()
    with desk.registry.action(N_("Add channel")) as session:
        site = channels.add_channel(session, "https://stadt.example", title="Seite", today=desk.today)
        session.flush()
        site.platform = "website"
        ids["Seite"] = site.id
    desk.settle()
    return ids


@pytest.fixture
def portrait(desk, page, made):
    asset = take_in(desk, "Erika", AssetKind.PORTRAIT, person_id=made["Erika Mustermann"], approved=True)
    page.show_record(asset)
    desk.settle()
    return asset


def agree(desk, asset, *media, until=None):
    take_in_consent(desk.registry, asset, NewConsent(media, desk.today, until))
    desk.settle()


def texts(widget):
    return [one.text() for one in widget.findChildren(QLabel) if not one.isHidden() and one.text()]


def warned_by(desk, dialog, *channels_):
    dialog.channels.show_channels((one, str(one)) for one in channels_)
    desk.settle()
    return [text for text in texts(dialog) if "onsent" in text]


def test_before_a_portrait_is_placed_the_medium_without_consent_is_named(desk, page, portrait, made):
    agree(desk, portrait, ConsentMedium.WEBSITE)
    page.acts.showing.trigger()
    dialog = desk.dialog(ShowAssetOnDialog)
    lacking = "No consent to show “Erika” is entered (Social media)."
    assert not warned_by(desk, dialog, made["Seite"])
    assert warned_by(desk, dialog, made["Seite"], made["Ämter"]) == [lacking]
    dialog.primary.click()
    desk.settle()
    assert len(page.acts.sheet.open_uses) == 2, "what is shown can be noted all the same"


def test_a_channel_that_was_only_typed_is_warned_of_after_it_was_placed(desk, page, portrait, made):
    warned: list[str] = []
    desk.workspace.warned.connect(warned.append)
    page.acts.showing.trigger()
    dialog = desk.dialog(ShowAssetOnDialog)
    dialog.channels.value = lambda: (made["Ämter"],)
    dialog.decide()
    desk.settle()
    assert warned == ["No consent to show “Erika” is entered (Social media)."]


def test_a_single_copy_is_saved_only_after_a_word(desk, page, portrait, monkeypatch, tmp_path):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(tmp_path / "copy.png"), ""))
    page.acts.save_copy(page.acts.sheet, page.acts.sheet.versions[0])
    dialog = desk.dialog(SaveWithoutConsentDialog)
    assert "No consent to show “Erika” is entered." in texts(dialog)
    assert not (tmp_path / "copy.png").exists()
    dialog.primary.click()
    desk.settle()
    assert (tmp_path / "copy.png").exists()
    (tmp_path / "copy.png").unlink()
    agree(desk, portrait, ConsentMedium.PRINT)
    page.acts.save_copy(page.acts.sheet, page.acts.sheet.versions[0])
    desk.settle()
    assert (tmp_path / "copy.png").exists(), "with a consent nothing is asked"


def test_a_kit_of_a_channel_says_which_portrait_it_leaves_out(desk, page, portrait, made, monkeypatch, tmp_path):
    from gui.asset_saving import save_channel_kit

    logo = take_in(desk, "Logo", approved=True, colour="#123456")
    page.show_record(logo)
    desk.settle()
    show(desk.registry, page.acts.sheet.versions[0].id, [made["Ämter"]], Placement.COVER, desk.today)
    page.show_record(portrait)
    desk.settle()
    show(desk.registry, page.acts.sheet.versions[0].id, [made["Ämter"]], Placement.AVATAR, desk.today)
    warned: list[str] = []
    desk.workspace.warned.connect(warned.append)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(tmp_path / "kit.zip"), ""))
    save_channel_kit(desk.workspace, made["Ämter"], "Ämter", desk.window)
    desk.settle()
    assert warned == ["Saved as “kit.zip”. Left out: No consent to show “Erika” is entered (Social media)."]
    with ZipFile(tmp_path / "kit.zip") as kit:
        assert sorted(kit.namelist()) == ["Contents.txt", "Cover picture Logo in colour 1.png"]


@pytest.mark.parametrize(
    ("medium", "sentence"),
    [
        (ConsentMedium.WEBSITE, "The portrait is shown in 1 place, which"),
        (ConsentMedium.SOCIAL_MEDIA, "The portrait is shown in 2 places, which"),
        (ConsentMedium.PRINT, "No place of a channel is touched by this."),
    ],
)
def test_a_withdrawal_counts_the_places_of_its_medium(desk, page, portrait, made, medium, sentence):
    agree(desk, portrait, *ConsentMedium)
    shown = [made["Seite"], made["Ämter"], made["Bücherei"]]
    show(desk.registry, page.acts.sheet.versions[0].id, shown, Placement.AVATAR, desk.today)
    desk.settle()
    consent = next(one for one in page.acts.sheet.consents if one.medium is medium)
    page.acts.withdraw(consent)
    dialog = desk.dialog(WithdrawConsentDialog)
    assert dialog.effect.text().startswith(sentence)
    expected = page.acts.sheet.touched_by(consent, desk.today)
    dialog.primary.click()
    desk.settle()
    assert page.acts.sheet.to_clean == expected, "as many as were announced"


def test_a_withdrawal_touches_nothing_where_another_consent_holds(desk, page, portrait, made):
    agree(desk, portrait, ConsentMedium.SOCIAL_MEDIA)
    agree(desk, portrait, ConsentMedium.SOCIAL_MEDIA, until=desk.today + timedelta(days=30))
    show(desk.registry, page.acts.sheet.versions[0].id, [made["Ämter"]], Placement.AVATAR, desk.today)
    desk.settle()
    page.acts.withdraw(page.acts.sheet.consents[0])
    assert desk.dialog(WithdrawConsentDialog).effect.text() == "No place of a channel is touched by this."


def test_an_approved_portrait_without_consent_bears_a_badge(desk, page, portrait):
    [tile] = page.library.model.tiles
    assert [one.word for one in standings(tile, "")] == ["No consent"]
    assert "No consent to show “Erika” is entered." in texts(page.detail._standing)
    page.library.chips.buttons["attention"].click()
    assert page.library.model.tiles, "it is to be looked at"
    agree(desk, portrait, ConsentMedium.PRINT)
    assert standings(page.library._all[0], "") == []


def test_a_consent_without_a_form_says_so_and_gets_no_tick(desk, page, portrait):
    agree(desk, portrait, ConsentMedium.SOCIAL_MEDIA)
    assert "Social media: form missing, the consent is not proved" in texts(page.detail.consents)
