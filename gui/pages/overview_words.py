"""What the overview says in sentences: how things stand, and each thing to do next."""

from __future__ import annotations

from dataclasses import dataclass

from core.governance.overview import Errand, Overview, Step
from core.governance.stages import stage_name
from core.i18n import _, ngettext
from core.model import Severity
from gui.mending import VERBS, mends_of


@dataclass(frozen=True, slots=True)
class StepWords:
    """One thing to do next: what it is, why, and the verb on its button."""

    title: str
    why: str
    verb: str


def standing(overview: Overview) -> str:
    """Say how things stand: the findings, and the report that is owed."""
    return " ".join(part for part in (_findings(overview), _report(overview)) if part)


def step_words(step: Step, overview: Overview) -> StepWords:
    """Say what is to be done."""
    match step.errand:
        case Errand.NAME:
            return StepWords(
                _("Enter your name"),
                _("Your name appears in the log beside what you change. You can correct it later."),
                _("Enter name"),
            )
        case Errand.REPORT:
            return StepWords(
                _("Make the report on {quarter}").format(quarter=quarter_words(overview.unreported or "")),
                _("The committee and the head of press rely on the quarterly report."),
                _("Make report"),
            )
        case Errand.STAGE:
            return StepWords(
                _("Switch on the next stage of the rules: {name}").format(name=stage_name(overview.stage + 1)),
                _("Nothing is left to do in the present stage. The settings show what the next one would bring."),
                _("Look at it"),
            )
        case Errand.RULE:
            return _rule_words(step)


def quarter_words(quarter: str) -> str:
    """Write "2026Q3" as people say it."""
    year, _q, number = quarter.partition("Q")
    return _("Quarter {number} of {year}").format(number=number, year=year)


def _rule_words(step: Step) -> StepWords:
    if step.rule is None:
        raise ValueError(step.errand)
    rule, count = step.rule.rule, step.rule.count
    mends = mends_of(rule.key)
    alike = not mends or mends[0] == "open-other"  # Which of several is to be mended shows only beside them.
    verb = _("Show") if alike else _(VERBS[mends[0]]).removesuffix("...")
    return StepWords(_("{rule}: {count}").format(rule=_(rule.title), count=count), _first_sentence(_(rule.why)), verb)


def _first_sentence(text: str) -> str:
    """Return why it matters; how to mend it stands beside the findings."""
    first, dot, _rest = text.partition(". ")
    return first + dot.strip()


def _findings(overview: Overview) -> str:
    number, severe = sum(overview.severities.values()), overview.severities[Severity.SEVERE]
    if not number:
        return _("Everything is in order.")
    if not severe:
        return ngettext("{number} finding, none severe.", "{number} findings, none severe.", number).format(
            number=number
        )
    return ngettext("{number} finding, it is severe.", "{number} findings, {severe} of them severe.", number).format(
        number=number, severe=severe
    )


def _report(overview: Overview) -> str:
    if overview.unreported is None:
        return ""
    year, _q, number = overview.unreported.partition("Q")
    return _("The report on quarter {number} of {year} has not been made yet.").format(number=number, year=year)
