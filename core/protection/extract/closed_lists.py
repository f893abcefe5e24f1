"""What the words of closed lists are called that are stored as plain text: rules, keyrings, readers, languages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from core.custody.handover.effects import ELSEWHERE
from core.custody.uses import READ, USED
from core.custody.vault.backends import KINDS
from core.exchange.report.readers import Reader
from core.governance.findings import evidence_sentence, rule_title
from core.i18n import N_, _
from core.model.choices import Severity

_KEYRINGS = {kind.key: kind.name for kind in KINDS}
_USES = {READ: N_("shown or copied"), USED: N_("used without being shown")}
_LANGUAGES = {"de": N_("German"), "en": N_("English")}


def _keyring(key: str) -> str:
    return _("Keyring of another computer") if key == ELSEWHERE else _KEYRINGS[key]


_CALLED: Mapping[str, Callable[[str], str]] = {
    "rule": rule_title,
    "backend": _keyring,
    "reader": lambda key: _(Reader(key).label),
    "severity": lambda key: _(Severity(key).label),
    "language": lambda key: _(_LANGUAGES[key]),
    "kind": lambda key: _(_USES[key]),
}


def called(column: str, key: str) -> str:
    """Return what a word of a closed list is called; one that is in no list is told as it is."""
    with suppress(KeyError, ValueError):
        return _CALLED[column](key)
    return key


def evidence_told(rule: str, evidence: dict[str, Any]) -> str:
    """Return what a finding rests on in a sentence; of a rule that is no more, the values alone."""
    with suppress(KeyError, TypeError, ValueError):
        return evidence_sentence(rule, evidence)
    return ", ".join(str(value) for value in evidence.values())
