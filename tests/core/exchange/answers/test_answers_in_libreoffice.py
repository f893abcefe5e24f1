"""The answers in a real spreadsheet program: its own sums are the registry's figures, and nothing is lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from core.exchange.answers.asking import ask
from core.exchange.answers.making import Answered, make_answers
from core.exchange.answers.questions import QUESTIONS
from core.exchange.report.readers import Reader
from core.i18n import _, use_language
from core.registry import Registry
from tests.core.exchange.answers.conftest import DAYS, THIRD
from tests.parts.office import Office


@pytest.fixture
def answered(city: Registry, tmp_path: Path) -> dict[str, Answered]:
    """All questions in each language."""
    made = {}
    for language in ("de", "en"):
        use_language(language)
        asked = ask([one.key for one in QUESTIONS], DAYS, Reader.COMMITTEE, THIRD, None)
        made[language] = make_answers(city, asked, tmp_path / f"answers-{language}.xlsx")
    return made


def calculated(path: Path) -> Any:
    """Open a workbook with what its formulas give."""
    return openpyxl.load_workbook(path, data_only=True)


def test_sums_agree_and_nothing_is_lost(answered: dict[str, Answered], libreoffice: Office, tmp_path: Path) -> None:
    before = [one.path for one in answered.values()]
    after = libreoffice.convert(before, "xlsx", tmp_path / "saved")
    for language, path, saved in zip(answered, before, after, strict=True):
        use_language(language)
        ours, theirs = calculated(path), calculated(saved)
        assert ours.sheetnames == theirs.sheetnames
        for name in ours.sheetnames:
            assert list(theirs[name].values) == list(ours[name].values)
        for question, answer in zip(QUESTIONS, answered[language].answers, strict=True):
            row = next(theirs[_(question.sheet)].iter_rows(3, 3, values_only=True))
            assert [total for total in row if total is not None] == list(answer.figures)


def test_they_print(answered: dict[str, Answered], libreoffice: Office, tmp_path: Path) -> None:
    for printed in libreoffice.convert([one.path for one in answered.values()], "pdf", tmp_path / "printed"):
        assert printed.read_bytes().startswith(b"%PDF")
