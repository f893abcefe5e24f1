"""What the check of a handover record can find: a stable code for programs, and one sentence for people."""

from __future__ import annotations

from dataclasses import dataclass

from core.custody.handover.formats.refusals import HandoverRefusal
from core.custody.identity.refusals import RefusalCode
from core.i18n import N_, _


class RecordFlaw(RefusalCode):
    """What is wrong between statements of which each is genuine by itself."""

    OTHER_HANDOVER = "other-handover", N_("This statement belongs to another handover, or is between other people.")
    WRONG_SIGNER = "wrong-signer", N_("Whoever signed this statement may not say it. It does not count.")
    NOT_HEAD = "not-head", N_("Only the head of press may say this, and the record names somebody else, or nobody.")
    DOUBLED_NUMBER = (
        "doubled-number",
        N_("The same key signed another statement with the same number. Perhaps a backup was put back there."),
    )
    OUT_OF_ORDER = (
        "out-of-order",
        N_("The numbers of this key go down while the time goes on. Please check the clock of that computer."),
    )
    MISSING_STATEMENT = (
        "missing-statement",
        N_("This statement refers to another one that is not in the record."),
    )
    OTHER_REQUEST = "other-request", N_("This sealed file does not fit the request to which it refers.")
    TOO_LATE = "too-late", N_("The sealed file was opened after its time was over. This statement does not count.")
    NOT_PROVEN = (
        "not-proven",
        N_("This confirmation names no newer password, or no login with it. It does not count for everything."),
    )
    OTHER_NAME = "other-name", N_("The same person signed under another name, or the record calls them otherwise.")
    REVOKED = "revoked", N_("The key that signed this statement had been revoked before.")
    AFTER_THE_RECORD = "after-the-record", N_("This statement is dated later than the record that holds it.")
    BAD_CERTIFICATE = (
        "bad-certificate",
        N_("A certificate in the record is not by the key that it names, or that key is not there."),
    )
    BAD_REVOCATION = (
        "bad-revocation",
        N_("A revocation in the record is not by the key that it names, or that key is not there."),
    )
    UNREADABLE = (
        "unreadable",
        N_("The registry of whoever made the record keeps statements that nobody can read. They are missing here."),
    )


OF_THE_COURSE = {
    HandoverRefusal.DOUBLED_ID: RecordFlaw.OTHER_HANDOVER,
    HandoverRefusal.NOT_YOUR_TURN: RecordFlaw.WRONG_SIGNER,
    HandoverRefusal.NOT_HEAD: RecordFlaw.NOT_HEAD,
    HandoverRefusal.ROLLED_BACK: RecordFlaw.DOUBLED_NUMBER,
    HandoverRefusal.EXPIRED: RecordFlaw.TOO_LATE,
    HandoverRefusal.FORGED_CONFIRMATION: RecordFlaw.NOT_PROVEN,
}
"""What the fold over the statements finds, as a reader of a record is told."""


@dataclass(frozen=True, slots=True)
class Found:
    """Something that the check found.

    Attributes:
        code: What.
        place: At which statement, from 1; None where it concerns the whole.
    """

    code: RefusalCode
    place: int | None = None

    @property
    def sentence(self) -> str:
        """What was found, in the language of the user."""
        told = _(self.code.sentence)
        if self.place is None:
            return told
        return _("Step {number}: {sentence}").format(number=self.place, sentence=told)


class Unsaid(RefusalCode):
    """What nobody can tell from the file alone."""

    KEYS = (
        "keys",
        N_("Whether the keys belong to these people: compare the fingerprints with those on a printed record."),
    )
    ALL = (
        "completeness",
        N_("Whether these are all statements: whoever made the record says so, for the registry that they had."),
    )
    CLOCKS = "clocks", N_("Whether the times are right: each is by the clock of the computer that signed.")
    HEAD = "head-of-press", N_("Whether the head of press is who the record says: ask the office.")
    PLATFORM = (
        "platform",
        N_("Whether the password was really changed on the platform: that is what the one who took over says."),
    )
