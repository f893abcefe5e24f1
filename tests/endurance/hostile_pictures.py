"""Looks at hostile and damaged files of the identity; a module of its own, so that it can be traced from its start.

Run it for the long form: python -m tests.endurance.hostile_pictures 500 SEED
"""

from __future__ import annotations

import json
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from typing import TypeVar

from core.errors import RegistryError
from core.exchange.pictures.deriving import derived
from core.exchange.pictures.examining import Examined, examine_bytes
from core.exchange.pictures.kinds import RASTERS, SVG
from core.exchange.pictures.thumbnails import is_small_png, safe_drawing, thumbnail
from tests.core.exchange.pictures import hostile
from tests.core.exchange.pictures.drawn import font, open_document, packed_objects, pdf, picture, svg, woff, word

SIDE = 128
T = TypeVar("T")


def good() -> dict[str, bytes]:
    """Return whole files of every kind, to be damaged."""
    pictures = {kind: picture((120, 160), kind) for kind in ("PNG", "JPEG", "WEBP", "GIF")}
    others = {"svg": svg('<g id="a"><rect/></g><use href="#a"/>'), "pdf": pdf(packed_objects(b"3 0 <</Type/Page>>"))}
    return pictures | others | {"ttf": font(), "woff": woff(), "docx": word(), "odt": open_document()}


def files(number: int, chance: random.Random) -> Iterator[tuple[str, bytes]]:
    """Return so many hostile files: those made by hand, and damaged ones for the rest."""
    by_hand = [(name, data) for name, (data, _sentence) in hostile.everything().items() if data]
    if number > len(by_hand):
        # They take longer to make than to refuse.
        by_hand += [(name, data) for name, data, _sentence in hostile.heavy_pictures()]
    chance.shuffle(by_hand)
    yield from by_hand[: (number + 1) // 2]
    whole = good()
    for index in range(number - min(len(by_hand), (number + 1) // 2)):
        name = list(whole)[index % len(whole)]
        yield f"damaged {name}", _damaged(bytearray(whole[name]), chance)


def _damaged(content: bytearray, chance: random.Random) -> bytes:
    match chance.choice(("cut", "flip", "flip", "repeat", "number")):
        case "cut":
            del content[chance.randrange(1, len(content)) :]
        case "flip":
            for _flip in range(chance.choice((1, 1, 2, 16))):
                content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        case "repeat":
            begin, end = sorted(chance.sample(range(len(content) + 1), 2))
            content[begin:end] = content[begin:end] * chance.choice((2, 3, 50))
        case _:
            at = chance.randrange(max(1, len(content) - 4))
            content[at : at + 4] = chance.choice((b"\xff\xff\xff\xff", bytes(4), b"\x7f\xff\xff\xff", b"\0\0\0\1"))
    return bytes(content)


class Looking:
    """Looks at files as the window does, insists on a sentence or a safe picture, and measures each single look."""

    def __init__(self) -> None:
        self.name = ""
        self.came: Counter[str] = Counter()
        self.slowest = {"processor": (0.0, ""), "clock": (0.0, "")}

    def look(self, name: str, data: bytes) -> None:
        """Look at one file.

        Raises:
            AssertionError: What came of it is neither.
        """
        self.name = name
        try:
            examined = self._measured(lambda: examine_bytes(data, "datei"))
        except RegistryError as error:
            _insist_on_sentence(error.sentence)
            self.came["refused"] += 1
            return
        assert examined.data == data
        self.came["shown" if self._shown(examined) else "kept"] += 1

    def _shown(self, examined: Examined) -> bool:
        data, kind = examined.data, examined.media_type
        if kind == SVG:
            drawing = self._measured(lambda: safe_drawing(data, SVG))
            assert drawing is not None
            assert not any(word in drawing.lower() for word in (b"//evil", b"<script", b"file:", b"<!", b"javascript"))
            return True
        if kind not in RASTERS:
            return False
        small = self._measured(lambda: thumbnail(data, kind, SIDE))
        assert small is not None
        assert is_small_png(small, SIDE)
        assert self._measured(lambda: derived(data, kind, (0, 0, 1, 1), (4, 4)))
        return True

    def _measured(self, call: Callable[[], T]) -> T:
        began, spent = time.monotonic(), _spent()
        try:
            return call()
        finally:
            self.slowest["processor"] = max(self.slowest["processor"], (_spent() - spent, self.name))
            self.slowest["clock"] = max(self.slowest["clock"], (time.monotonic() - began, self.name))


def main() -> None:
    """Look at files, and print what came of them as JSON: counts, and the most of processor, clock and memory."""
    number, seed = int(sys.argv[1]), int(sys.argv[2])
    looking = Looking()
    for name, data in files(number, random.Random(seed)):
        try:
            looking.look(name, data)
        except (AssertionError, TypeError) as error:
            raise SystemExit(f"{name}, seed {seed}: {error!r}") from error
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    print(json.dumps({"came": looking.came, "memory": memory, **looking.slowest}))


def _insist_on_sentence(text: str) -> None:
    assert text.startswith("datei "), text
    assert text.endswith("."), text


def _spent() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
