"""Ten faulty keyrings, and each use of them: a sentence of its own, no crash, and an end within the limit."""

from __future__ import annotations

import gc
import threading
import time
import traceback
from collections.abc import Callable
from uuid import UUID

import pytest

from core.custody.secret import Secret
from core.custody.vault import (
    CancelledError,
    Held,
    KeyringFailedError,
    KeyringLockedError,
    KeyringSlowError,
    NoKeyringError,
    NotKeptError,
    NotRemovedError,
    PromptUnansweredError,
    UnfitSecretError,
    Vault,
    VaultError,
    open_vault,
    secret_service,
)
from core.custody.vault.backends import Serving
from tests.core.custody.vault.contract import REGISTRY, SLOT, vault_on
from tests.core.custody.vault.faulty import (
    SECRET,
    Dropping,
    Keeping,
    Locked,
    Memory,
    NativeError,
    Quoting,
    Slow,
    SlowToWrite,
    Truncating,
)
from tests.core.custody.vault.natives import kind_of
from tests.parts.keyrings import Keyring

LIMIT = 0.3
AMPLE = 20
"""For what answers at once: a machine that is busy must not turn its sentence into that of a slow keyring."""
USES: dict[str, Callable[[Vault], object]] = {
    "store": lambda vault: vault.make_store(),
    "put": lambda vault: vault.put(SLOT, 1, Secret(SECRET)),
    "get": lambda vault: vault.get(SLOT),
    "remove": lambda vault: vault.remove(SLOT),
}


def on(native: Memory) -> Vault:
    limit = LIMIT if isinstance(native, Slow | SlowToWrite) else AMPLE
    return vault_on(Serving(kind_of("windows"), native), limit_seconds=limit)


FAULTS: dict[str, tuple[type[Memory], dict[str, type[VaultError]]]] = {
    "silently dropping": (Dropping, {"store": NotKeptError, "put": NotKeptError}),
    "truncating": (Truncating, {"store": NotKeptError, "put": NotKeptError}),
    "locked": (Locked, dict.fromkeys(USES, KeyringLockedError)),
    "slow": (Slow, dict.fromkeys(USES, KeyringSlowError)),
    "native error": (NativeError, dict.fromkeys(USES, KeyringFailedError)),
}


@pytest.mark.parametrize("use", USES)
@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_keyring_ends_in_a_sentence_of_its_own(fault: str, use: str):
    kind, wanted = FAULTS[fault]
    began = time.monotonic()
    error = _error_of(lambda: USES[use](on(kind())))
    assert time.monotonic() - began < AMPLE
    assert type(error) is wanted.get(use, type(None))


@pytest.mark.parametrize("use", USES)
@pytest.mark.parametrize(
    "forced",
    [
        "keyring.backends.null.Keyring",
        "keyring.backends.chainer.ChainerBackend",
        "keyrings.alt.file.PlaintextKeyring",
        "a.foreign.Keyring",
        "",
        None,
    ],
    ids=["null", "chained", "plaintext", "foreign", "empty", "none"],
)
def test_without_a_trusted_keyring_nothing_is_stored(forced, use, monkeypatch: pytest.MonkeyPatch, in_english):
    if forced is not None:
        monkeypatch.setenv("PYTHON_KEYRING_BACKEND", forced)
    with pytest.raises(NoKeyringError, match="nothing is stored: install GNOME Keyring"):
        USES[use](open_vault(REGISTRY, limit_seconds=AMPLE))


@pytest.mark.parametrize("use", USES)
def test_a_question_nobody_answers_ends_when_the_caller_said(use: str, keyring_daemon: Keyring, monkeypatch):
    """The daemon is real; what is made is that its question stays open, as on an empty office's screen."""
    vault = open_vault(REGISTRY, limit_seconds=AMPLE)
    keyring_daemon.lock()
    over = _unanswered(monkeypatch)
    began = time.monotonic()
    with pytest.raises(PromptUnansweredError):
        _with_patience(vault, use, prompt_seconds=LIMIT)
    assert time.monotonic() - began < AMPLE
    assert over.wait(10), "nobody waits for the answer any more"


@pytest.mark.parametrize("use", USES)
def test_a_question_can_be_cancelled_at_once(use: str, keyring_daemon: Keyring, monkeypatch):
    vault = open_vault(REGISTRY, limit_seconds=AMPLE)
    keyring_daemon.lock()
    over, cancelled = _unanswered(monkeypatch), threading.Event()
    threading.Timer(0.2, cancelled.set).start()
    began = time.monotonic()
    with pytest.raises(CancelledError):
        _with_patience(vault, use, prompt_seconds=60, cancelled=cancelled)
    assert time.monotonic() - began < AMPLE
    assert over.wait(10)


def test_who_cancelled_before_is_not_asked(keyring_daemon: Keyring):
    cancelled = threading.Event()
    cancelled.set()
    with pytest.raises(CancelledError):
        open_vault(REGISTRY).make_store(cancelled=cancelled)
    with pytest.raises(CancelledError):
        open_vault(REGISTRY).waiting(cancelled, 60).make_store()
    assert keyring_daemon.texts() == []


def test_each_fault_has_its_own_sentence():
    errors: list[VaultError] = [
        NoKeyringError(),
        KeyringLockedError(),
        PromptUnansweredError(),
        KeyringSlowError(30),
        KeyringFailedError("5"),
        NotKeptError(),
        NotRemovedError(),
        CancelledError(),
    ]
    assert len({error.sentence for error in errors}) == len(errors)


def test_a_keyring_that_keeps_everything_is_told(in_english):
    vault = on(Keeping())
    vault.put(SLOT, 1, Secret(SECRET))
    with pytest.raises(NotRemovedError, match="still has the secret"):
        vault.remove(SLOT)


def test_what_was_not_kept_whole_does_not_stay(in_english):
    native = Truncating()
    with pytest.raises(NotKeptError):
        on(native).put(SLOT, 1, Secret(SECRET))
    assert native.kept == {}


def test_a_late_answer_is_thrown_away_and_the_next_call_is_served():
    native = Slow()
    vault = on(native)
    with pytest.raises(KeyringSlowError):
        vault.get(SLOT)
    vault._ring._native = Memory()
    vault.put(SLOT, 1, Secret(SECRET))
    assert vault.get(SLOT) == Held(1, Secret(SECRET))


def test_a_put_that_was_left_writes_nothing_more():
    native = SlowToWrite()
    with pytest.raises(KeyringSlowError):
        on(native).put(SLOT, 1, Secret("x" * 12_000))
    time.sleep(0.5)
    assert len(native.kept) <= 2
    assert on(native).get(SLOT) is None


def test_several_threads_share_a_vault():
    vault, got = on(Memory()), []
    for number in range(8):
        vault.put(UUID(int=number), number, Secret(f"Nr. {number}"))
    threads = [
        threading.Thread(target=lambda number=number: got.append(vault.get(UUID(int=number)))) for number in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(held.revision for held in got if held) == list(range(8))


def test_a_vault_that_is_forgotten_leaves_no_thread():
    def of_vaults() -> set[threading.Thread]:
        return {thread for thread in threading.enumerate() if thread.name == "vault"}

    before = of_vaults()
    vault = on(Memory())
    vault.get(SLOT)
    (made,) = of_vaults() - before
    del vault
    gc.collect()
    made.join(20)
    assert not made.is_alive()


@pytest.mark.parametrize("fault", [Quoting, Locked, NativeError, Dropping, Truncating])
def test_no_error_carries_the_secret(fault):
    error = _error_of(lambda: on(fault()).put(SLOT, 1, Secret(SECRET)))
    assert error is not None
    told = "".join(traceback.format_exception(error))
    link: BaseException | None = error
    while link is not None:
        told += repr(link) + repr(link.args) + repr(vars(link))
        assert link.__cause__ is None
        link = link.__context__
    assert SECRET not in told


@pytest.mark.parametrize(("text", "told"), [("", "empty"), ("x" * 90_000, "may have about 7[0-9]000 characters")])
def test_what_cannot_be_kept_is_said(text: str, told: str, in_english):
    with pytest.raises(UnfitSecretError, match=told):
        on(Memory()).put(SLOT, 1, Secret(text))


@pytest.mark.parametrize("name", ["a@b", "a/b"])
def test_no_name_with_a_sign_that_keyrings_take_apart(name: str):
    with pytest.raises(ValueError):
        vault_on(Serving(kind_of("macos"), Memory()), name)


def _error_of(use: Callable[[], object]) -> VaultError | None:
    try:
        use()
    except VaultError as error:
        return error
    return None


def _with_patience(vault: Vault, use: str, **patience) -> None:
    match use:
        case "store":
            vault.make_store(**patience)
        case "put":
            vault.put(SLOT, 1, Secret(SECRET), **patience)
        case "get":
            vault.get(SLOT, **patience)
        case _:
            vault.remove(SLOT, **patience)


def _unanswered(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Let the question be shown and stay open; the event tells when it is given up."""
    over = threading.Event()

    def answered(_connection: object, _path: str, question: secret_service.Question) -> bool:
        question.asked.set()
        question.over.wait(20)
        over.set()
        return False

    monkeypatch.setenv("DISPLAY", ":99")
    monkeypatch.setattr(secret_service, "_answered", answered)
    return over
