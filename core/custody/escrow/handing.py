"""Where two are needed: one holder takes off the outer seal and hands the other a file, still sealed to them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from core.custody.custodian import make_store
from core.custody.envelopes import Contents, opened_contents, read_envelope
from core.custody.escrow.case import Case, SealedFor
from core.custody.escrow.taking import take
from core.custody.sealing import LARGEST, NotForThisKeyError, unwrapped
from core.custody.secret import Secret
from core.errors import BadInputError, ConflictError, UnusableFileError
from core.i18n import N_, _
from core.model import Person
from core.storage.places import written_aside
from core.system_reasons import reason_of

_ARMOR = re.compile(rb"-----BEGIN AGE ENCRYPTED FILE-----.*?-----END AGE ENCRYPTED FILE-----", re.DOTALL)
_AROUND = re.compile(rb"[\s>|]+")
"""What mail programs put around lines: line ends of all kinds, indentation, signs of a quotation."""


@dataclass(frozen=True, slots=True)
class HalfOpened:
    """The outer seal is off; `content` is handed to somebody else, who opens the inner one.

    Attributes:
        label: What the team calls the login.
        content: The file, armored, sealed to that person.
        person_id: Who can open it.
        name: How they are called.
    """

    label: str
    content: bytes
    person_id: UUID
    name: str


def take_outer_off(case: Case) -> HalfOpened:
    """Take the outer seal off an envelope of the secret in force; what is left only the second holder can open.

    Raises:
        BadInputError: No file for the other is wanted.
        ConflictError: No outer seal can be taken off here.
        UnusableFileError: The envelope is gone, damaged or altered.
    """
    one, person_id = _outer(case)
    if not case.request.hands_on:
        raise BadInputError(
            _("Two are needed to open this envelope. Please say into which file the other's part is written.")
        )
    with case.custodian.registry.reading() as session:
        name = session.get_one(Person, person_id).name
    case.record(one.target.key)
    ciphertext = read_envelope(case.custodian.registry.path, one.envelope)
    try:
        content = unwrapped(ciphertext, case.hand.of(one.target.key)) if ciphertext is not None else None
    except NotForThisKeyError:
        content = None
    if content is None:
        raise case.damaged()
    return HalfOpened(case.label, content, person_id, name)


def save_handed(half: HalfOpened, target: Path) -> None:
    """Write the file for the second holder; only they can open it.

    Raises:
        UnusableFileError: It cannot be written.
    """
    try:
        with written_aside(target) as aside:
            aside.write_bytes(half.content)
    except OSError as error:
        raise UnusableFileError(
            _("“{path}” cannot be written: {reason}").format(path=target, reason=reason_of(error, writing=True))
        ) from error


def read_handed(file: Path) -> bytes:
    """Return what another holder has handed over; of a file that is too large, only so much that it shows.

    Raises:
        UnusableFileError: It cannot be read.
    """
    try:
        with file.open("rb") as stream:
            return stream.read(LARGEST + 1)
    except OSError as error:
        raise UnusableFileError(
            _("“{path}” cannot be read: {reason}").format(path=file, reason=reason_of(error))
        ) from error


def open_handed(case: Case, handed: bytes) -> None:
    """Open what another holder has handed over, and put the secret into this keyring.

    Raises:
        ConflictError: No key is here to which it could be sealed, or the secret was changed in the meantime.
        UnusableFileError: It is not sealed to this key, or damaged.
        BadInputError: It belongs to another login.
    """
    key = next((one for one in case.keys.values() if one.person_id is not None), None)
    if key is None:
        raise ConflictError(_("Such a file is opened by the holder of the escrow to whom it was handed."))
    store_id = make_store(case.custodian)
    case.record(key)
    contents = _contents(handed, case.hand.of(key))
    if contents is None:
        raise UnusableFileError(
            _("This file cannot be opened with the key that is here. Please ask for it again, sealed to you.")
        )
    if not case.is_meant(contents):
        raise BadInputError(_("This file belongs to another login or another registry. Nothing was stored."))
    take(case.custodian, store_id, contents, N_("Take secret out of the escrow"))


def _outer(case: Case) -> tuple[SealedFor, UUID]:
    """Return the envelope of which the outer seal can be taken off here, and who opens the inner one."""
    for one in case.sealed:
        inner = one.target.inner
        person_id = inner.person_id if inner is not None else None
        if person_id is not None and case.has(one.target.key) and case.request.to in {None, person_id}:
            return one, person_id
    if any(case.has(one.target.inner) for one in case.sealed):
        raise ConflictError(
            _(
                "Two are needed to open this envelope, and another holder has to begin. You then open the file that "
                "they hand you."
            )
        )
    raise ConflictError(_("There is no envelope of this login that your key opens. Ask another holder of the escrow."))


def _contents(handed: bytes, private: Secret) -> Contents | None:
    """Open a file that may have come by mail; None where it does not open."""
    found = _ARMOR.search(handed) if len(handed) <= LARGEST else None
    if found is None:
        return None
    lines = [b"".join(_AROUND.split(line)) for line in found[0].splitlines()[1:-1]]
    text = b"\n".join([_FIRST, *(line for line in lines if line), _LAST, b""])
    try:
        return opened_contents(text.replace(b"=3D", b"="), private)
    except NotForThisKeyError:
        return None


_FIRST, _LAST = b"-----BEGIN AGE ENCRYPTED FILE-----", b"-----END AGE ENCRYPTED FILE-----"
