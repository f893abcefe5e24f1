"""What a step of a handover will do, in a sentence beside its button."""

from __future__ import annotations

from collections.abc import Mapping

from core.custody.handover.listing import HandoverRow
from core.custody.handover.possible import Doing, Possible
from core.i18n import N_, _, ngettext
from core.model import Way

WILL_DO: Mapping[Doing, str] = {
    Doing.ACCEPT: N_("You look at what {giver} hands over and ask for it. No account changes by that."),
    Doing.OPEN: N_("You choose the file that {giver} sent you. What is in it comes into the keyring of this computer."),
    Doing.CONFIRM: N_("You sign in once more, answer a few questions, and tell {giver} that it works."),
    Doing.BEGIN: N_("The program makes a new password and leads you to the page where you set it."),
    Doing.GRANT: N_("You open the channel and give {taker} the role there; then {taker} signs in and confirms it."),
    Doing.SEAL: N_(
        "The passwords go into a file that only {taker} can open. You keep yours until {taker} has new ones."
    ),
    Doing.RELEASE: N_("Your old copies are removed from this computer. {taker} has set new passwords already."),
    Doing.RETURN: N_("Your copies are removed from this computer, and {giver} is told."),
    Doing.CLOSE: N_("You close it in the place of {giver}. {taker} has set new passwords already."),
    Doing.SUPERSEDE: N_("You end what cannot go on. What was sealed already must then be changed."),
}
WILL_DO_WITHOUT_PASSWORDS: Mapping[tuple[Doing, Way], str] = {
    (Doing.CONFIRM, Way.ROLE): N_(
        "You sign in with your own account, look whether the role is there, and tell {giver}."
    ),
    (Doing.CONFIRM, Way.DUTY): N_("You tell {giver} that you answer for it from now on."),
    (Doing.RELEASE, Way.ROLE): N_("You state that you have let go of the role. {taker} has it already."),
    (Doing.RELEASE, Way.DUTY): N_("You state that you no longer answer for it. {taker} does already."),
    (Doing.CLOSE, Way.ROLE): N_("You close it in the place of {giver}. {taker} has the role already."),
    (Doing.CLOSE, Way.DUTY): N_("You close it in the place of {giver}. {taker} answers for it already."),
}


def will_do(step: Possible, row: HandoverRow) -> str:
    """Say what a step will do, and with how many things."""
    told = _(_will(step)).format(giver=row.giver, taker=row.taker)
    if row.items == len(step.items):
        return told
    number = ngettext("It concerns {number} thing of {all}.", "It concerns {number} things of {all}.", len(step.items))
    return "\n".join((told, number.format(number=len(step.items), all=row.items)))


def _will(step: Possible) -> str:
    """Return what a step will do; of passwords it speaks only where there are some."""
    ways = {one.way for one in step.items}
    if not ways <= {Way.ROLE, Way.DUTY}:
        return WILL_DO[step.doing]
    without = (step.doing, Way.ROLE if Way.ROLE in ways else Way.DUTY)
    return WILL_DO_WITHOUT_PASSWORDS.get(without, WILL_DO[step.doing])
