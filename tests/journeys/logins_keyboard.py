"""All that is done with logins, with the keyboard alone.

    python -m tests.journeys.logins_keyboard REGISTRY

Prints what a test needs to know as JSON.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication, QMenu

from gui.pages.credential_detail import CredentialDetail
from gui.widgets.secret_text import SecretText
from tests.journeys.driver import Driver, pictures_wanted
from tests.journeys.keys_alone import Keys

FIRST, SECOND = "Möwe „7“", "Zaunkönig (8)"


def main(registry: Path) -> None:
    """Walk the whole way."""
    driver = Driver("en", pictures_wanted())
    driver.begin(registry)
    keys = Keys(driver)
    keys.wait(lambda: driver.sitting.workspace.is_open, "the registry is open")
    keys.settle()
    told: dict[str, object] = {}
    add(driver, keys)
    store(driver, keys)
    told["shown"], told["copied"] = show_and_copy(driver, keys)
    change(driver, keys)
    told["changed"] = show_and_copy(driver, keys)
    told["menu"] = release(driver, keys)
    told["said"] = detail(driver).panel.sentence.text()
    driver.end()
    print(json.dumps(told))


def detail(driver: Driver) -> CredentialDetail:
    """Return the part of the page that shows a login."""
    return driver.find(CredentialDetail, "credential-detail", driver.window)


def add(driver: Driver, keys: Keys) -> None:
    """Add a login from the empty page."""
    keys.go("channels")  # Its keys must not be in the way of those of the logins.
    keys.go("credentials")
    keys.tab_to("add-login")
    keys.press("Space")
    keys.wait(lambda: driver.dialog() is not None, "the question which login")
    assert keys.name == "label", keys.name
    keys.type("Login of the library")
    keys.tab_to("login_name")
    keys.type("bücherei")
    keys.press("Return")
    keys.wait(lambda: driver.dialog() is None, "the login is added")
    keys.wait(detail(driver).panel.isVisible, "the login is shown")


def store(driver: Driver, keys: Keys) -> None:
    """Store the secret in force."""
    keys.tab_to("secret-store")
    keys.press("Space")
    keys.wait(lambda: driver.dialog() is not None, "the question for the secret")
    assert keys.name == "secret", keys.name
    keys.type(FIRST)
    keys.press("Ctrl+Shift+S")
    assert driver.find(SecretText, "secret-plain").isVisible(), "what is typed can be looked at"
    keys.press("Return")
    keys.wait(lambda: driver.dialog() is None, "the secret is stored")
    keys.settle()


def show_and_copy(driver: Driver, keys: Keys) -> tuple[str, str]:
    """Show the secret and copy it, by their keys."""
    keys.press("Ctrl+Shift+A")
    keys.wait(lambda: detail(driver).panel.shown.in_sight, "the secret is shown")
    shown = detail(driver).panel.shown.text.text()
    keys.tab_to("hide-secret")
    keys.press("Space")
    keys.wait(lambda: not detail(driver).panel.shown.in_sight, "the secret is hidden")
    keys.press("Ctrl+Shift+C")
    keys.wait(lambda: QApplication.clipboard().text() != "", "the secret is copied")
    return shown, QApplication.clipboard().text()


def change(driver: Driver, keys: Keys) -> None:
    """Change the secret: typed, prepared, ticked, confirmed."""
    keys.press("Ctrl+Shift+R")
    keys.wait(lambda: driver.dialog() is not None, "the question for the new secret")
    assert keys.name == "secret", keys.name
    keys.press("Ctrl+A")
    keys.type(SECOND)
    keys.press("Return")
    keys.tab_to("check-0")
    keys.press("Space")
    keys.tab_to("decide")
    keys.press("Return")
    keys.wait(lambda: driver.dialog() is None, "the new one is in force")
    keys.settle()


def release(driver: Driver, keys: Keys) -> list[str]:
    """Release the secret from the menu of the login; return what the menu offered."""
    keys.tab_to("more")
    keys.press("Space")
    keys.wait(lambda: QApplication.activePopupWidget() is not None, "the menu")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    offered = [one.objectName() for one in menu.actions() if one.isVisible() and one.isEnabled()]
    keys.press("Down", times=offered.index("release-secret") + 1)
    keys.press("Return")
    keys.wait(lambda: driver.dialog() is not None, "the question whether to release")
    assert keys.name == "cancel", "whoever presses a key too much keeps it"
    keys.tab_to("decide")
    keys.press("Return")
    keys.wait(lambda: driver.dialog() is None, "it is released")
    keys.settle()
    return offered


if __name__ == "__main__":
    main(Path(sys.argv[1]))
