"""On which page the subject of a finding or a waiver is shown, and what the button says that leads there."""

from __future__ import annotations

from core.i18n import N_, _

_PAGES = {
    "channel": ("channels", N_("Show channel")),
    "credential": ("credentials", N_("Show login")),
    "handover": ("handovers", N_("Show handover")),
}


def page_of(subject_type: str) -> str | None:
    """Return the key of the page that shows such a subject, None where none does: a keyring, the registry itself."""
    return _PAGES[subject_type][0] if subject_type in _PAGES else None


def showing_verb(subject_type: str) -> str:
    """Return what the button says that leads to such a subject, in the user's language."""
    return _(_PAGES.get(subject_type, _PAGES["channel"])[1])
