"""How wide columns and how high rows become: no word is torn, and no row is higher than its text."""

from __future__ import annotations

from datetime import date

import pytest

from core.exchange.report.craft.looks import TEXT
from core.exchange.report.craft.printing import fits_on_a_page, pages_across
from core.exchange.report.craft.sizes import LINE_HEIGHT, height_of, width_of

ONE, TWO = LINE_HEIGHT, 27.5


@pytest.mark.parametrize(
    ("text", "width", "height"),
    [
        ("aktiv", 8, ONE),
        ("FD 1.3 Presse und Internet", 20, ONE),
        ("FD 4.2 Volkshochschule und Museum", 20, TWO),
        ("Gemeinsame Anmeldung ohne Begründung", 30, TWO),
        ("Letzter Beitrag: 22.02.2026; das ist mehr als 180 Tage her.", 44, ONE),
        ("Zuletzt bestätigt am 25.03.2026; das ist mehr als 180 Tage her.", 44, TWO),
        ("Hamburg, Leitfaden Social Media (stetige Betreuung); US Army, Prüfung offizieller Konten", 40, TWO),
        ("eine Zeile\nnoch eine", 40, TWO),
    ],
)
def test_a_row_is_as_high_as_its_lines_are_in_print(text: str, width: float, height: float) -> None:
    assert height_of([(text, TEXT)], [width]) == height


def test_a_word_longer_than_a_line_takes_several() -> None:
    assert height_of([("x" * 100, TEXT)], [20]) > 4 * 10


def test_a_column_holds_its_longest_word() -> None:
    assert width_of("Art", ["SIM-Karte", "Wiederherstellungscodes"], widest=14) >= 20


def test_an_address_of_the_web_does_not_widen_its_column() -> None:
    assert width_of("Seitdem", ["https://stadt.example/" + "a" * 80], widest=40) == 40


def test_a_column_grows_a_little_where_all_texts_then_take_one_line() -> None:
    texts = ["Stadt Musterstadt als Arbeitgeberin"]
    assert width_of("Titel", texts, widest=26) > 30
    assert width_of("Titel", ["Stadt Musterstadt " * 5], widest=26) == 26


def test_an_empty_column_has_room_for_its_title() -> None:
    assert width_of("Erledigt bis", [None], widest=18) >= 16
    assert width_of("Seit", [date(2026, 9, 30)], widest=40) >= 10


@pytest.mark.parametrize(
    ("widths", "fixed", "pages"),
    [([20.0] * 5, 1, 1), ([20.0] * 12, 1, 2), ([20.0] * 35, 1, 4), ([20.0] * 35, 2, 4), ([300.0] * 2, 1, 5)],
)
def test_so_many_pages_beside_each_other_can_be_read(widths: list[float], fixed: int, pages: int) -> None:
    assert pages_across(widths, fixed) == pages


def test_what_is_wider_is_printed_smaller_and_so_more_fits() -> None:
    assert fits_on_a_page(30, [132.0])
    assert not fits_on_a_page(40, [132.0])
    assert fits_on_a_page(40, [200.0])
