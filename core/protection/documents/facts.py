"""What the documents are filled with: the settings in force, in words, for every place of their templates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from core import VERSION, workstation
from core.custody.uses import UNTIL, last_day
from core.i18n import show_date
from core.protection.documents.filling import phrases
from core.protection.documents.raised import access_rules, due_rule
from core.protection.rights.contacts import AUTHORITY, CONTROLLER, OFFICER
from core.settings import SETTINGS, Setting, Settings
from core.storage.backing_up import AUTOMATIC_KEPT

PERIODS = ("leavers", "readings", "confirmations", "handovers", "portraits")
"""The kinds of data that have a period of their own, as the settings call them."""

_DECLARED = {setting.key: setting for setting in SETTINGS}
_PERIOD_OF = {
    key.removeprefix("retention-").partition(".")[0]: key for key in _DECLARED if key.startswith("retention-")
}


@dataclass(frozen=True)
class Facts:
    """The settings of a registry in the words of one language.

    Attributes:
        settings: What is in force.
        today: The day that the documents hold for.
        language: "de" or "en".
    """

    settings: Settings
    today: date
    language: str

    @cached_property
    def said(self) -> Mapping[str, str]:
        """The sentences of the language."""
        return phrases(self.language)

    @property
    def city(self) -> str:
        """Whose registry it is; a blank where nobody entered it."""
        return str(self.settings["city.name"]) or self.said["no_city"]

    @property
    def texts(self) -> dict[str, str]:
        """What stands in each place of the templates."""
        return {
            "city": self.city,
            "controller": self._controller(),
            "officer": str(self.settings[OFFICER]) or self.said["officer"],
            "officer_at": f" ({self.settings[OFFICER] or self.said['officer_mail']})",
            "made_on": show_date(self.today),
            "version": VERSION,
            "stage": self.said["stage"].format(stage=self.settings["rules.stage"]),
            "agreement": self._agreement(),
            "uses_log": self._uses_log(),
            "dpia": self.said["dpia_on"] if self._uses_are_logged() else "",
            "authority": str(self.settings[AUTHORITY]) or self.said["authority"],
            "access_rules": access_rules(self),
            "due_rule": due_rule(self),
            "backups": str(AUTOMATIC_KEPT),
            "shared_folder": self._shared_folder(),
            "escrow": self.said["escrow"].format(count=self.number("escrow.needed")),
            "drill": self._drill(),
            **{f"p_{kind}": self.period(kind) for kind in PERIODS},
        }

    @property
    def texts_without_blanks(self) -> dict[str, str]:
        """What stands in those places where nobody can fill in anything any more, as in an extract on paper."""
        controller = str(self.settings[CONTROLLER] or self.settings["city.name"])
        officer, authority = str(self.settings[OFFICER]), str(self.settings[AUTHORITY])
        told = (("responsible", controller), ("responsible_officer", officer))
        named = [self.said[key].format(name=name) for key, name in told if name]
        return {
            **self.texts,
            "responsible": " ".join([*([] if controller else [self.said["responsible_none"]]), *named]),
            "officer_at": f" ({officer})" if officer else "",
            "authority": authority or self.said["authority_of_state"],
        }

    def period(self, kind: str) -> str:
        """Return how long data of a kind are kept: "36 months"."""
        return self.number(_PERIOD_OF[kind])

    def number(self, key: str) -> str:
        """Return a setting with its unit."""
        last = last_day(self.settings) if key == UNTIL else None
        return show_date(last) if last is not None else self._with_unit(_DECLARED[key], self.settings[key])

    def default(self, setting: Setting) -> str:
        """Return what a setting is unless somebody changes it."""
        return self._with_unit(setting, setting.default)

    def _with_unit(self, setting: Setting, value: str | int | bool) -> str:
        match value:
            case bool():
                return self.said["yes" if value else "no"]
            case int() if setting.unit:
                unit = f"unit_{setting.unit.replace(' ', '_')}"
                return self.said[f"{unit}_one" if value == 1 else unit].format(number=value)
            case _:
                return str(value) or self.said["no_value"]

    def _controller(self) -> str:
        return str(self.settings[CONTROLLER]) or f"{self.city}, {self.said['address']}"

    def _agreement(self) -> str:
        reference = self.settings["uses-log.reference"]
        return self.said["agreement_on"].format(reference=reference) if reference else ""

    def _uses_log(self) -> str:
        reference, last = str(self.settings["uses-log.reference"]), last_day(self.settings)
        if not reference or last is None:
            return self.said["uses_log_off"]
        key = "uses_log_on" if self._uses_are_logged() else "uses_log_over"
        return self.said[key].format(reference=reference, until=show_date(last))

    def _uses_are_logged(self) -> bool:
        last = last_day(self.settings)
        return bool(self.settings["uses-log.reference"]) and last is not None and self.today <= last

    def _shared_folder(self) -> str:
        folder = workstation.remembered(workstation.SHARED_FOLDER)
        return self.said["shared_folder_some"].format(folder=folder) if folder else self.said["shared_folder_none"]

    def _drill(self) -> str:
        if not self.settings["drill.on"]:
            return self.said["drill_off"]
        return self.said["drill_on"].format(days=self.number("drill-due.days"))
