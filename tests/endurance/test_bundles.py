"""A bundle or a statement that was changed on the way opens as what it was or is refused with a code; nothing else."""

from __future__ import annotations

from collections import Counter
from random import Random

from core.custody.handover.formats.bundle import open_bundle
from core.custody.handover.formats.statements import read_statement, read_statement_file
from core.custody.identity.refusals import RefusedError
from core.model.choices import Act
from tests.core.custody.handover.parties import ABOUTS, FACEBOOK, INSTAGRAM, MAX
from tests.endurance.mutated_bundles import CHANGES, as_it_must_be, bytes_changed, statement_nonsense

SEED = 20261123


def test_a_changed_bundle_opens_as_it_was_or_is_refused_with_a_code(rounds, counted):
    random, came = Random(SEED), Counter[str]()
    for number in range(rounds(1_500, 500_000)):
        name = list(CHANGES)[number % len(CHANGES)]
        data = CHANGES[name](random)
        try:
            opened = open_bundle(data, MAX.keys)
        except RefusedError as refusal:
            came[refusal.code] += 1
        else:
            assert as_it_must_be(name, opened), f"{name}, number {number}"
            came["opened"] += 1
    counted(f"changed bundles: {came.total():,}, anything but opened or a code 0 ({told(came)})")
    assert len(came) > 8, "every layer must be reached"


def test_a_changed_statement_reads_as_it_was_or_is_refused_with_a_code(rounds, counted):
    random, came = Random(SEED), Counter[str]()
    statements = [MAX.says(act, (INSTAGRAM, FACEBOOK), ABOUTS[act]) for act in Act]
    for number in range(rounds(500, 100_000)):
        statement, signed = random.choice(statements), number % 3 == 0
        try:
            if signed:
                read = read_statement(statement_nonsense(statement, MAX, random))
            elif number % 3 == 1:
                read = read_statement(bytes_changed(statement.text, random))
            else:
                read = read_statement_file(bytes_changed(statement.file_text.encode(), random))
        except RefusedError as refusal:
            came[refusal.code] += 1
        else:
            assert read == statement or (signed and read_statement(read.text) == read)
            came["read"] += 1
    counted(f"changed statements: {came.total():,}, anything but read or a code 0 ({told(came)})")


def told(came: Counter[str]) -> str:
    return ", ".join(f"{code} {count:,}" for code, count in came.most_common())
