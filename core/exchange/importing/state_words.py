"""The state of a channel in the words of lists: "aktiv", "ruht seit 2015", "im Aufbau", "gelöscht am 1.2.2019".

"Im Aufbau" and its like are read as approved: somebody has decided, the channel is not yet active.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from core.i18n import _
from core.model import ChannelState

_WORDS: Mapping[ChannelState, tuple[str, ...]] = {
    ChannelState.ACTIVE: (
        *("aktiv", "online", "in betrieb", "läuft", "live", "active", "freigeschaltet", "genutzt", "bespielt"),
        *("ja", "x", "✓", "sehr aktiv", "wird genutzt", "wird bespielt", "in nutzung", "wahr", "yes", "true", "1"),
    ),
    ChannelState.DORMANT: (
        *("inaktiv", "ruht", "ruhend", "pausiert", "pause", "still", "passiv", "ungenutzt", "nicht aktiv", "schläft"),
        *("nicht genutzt", "nein", "inactive", "dormant", "paused", "wird nicht gepflegt", "nicht gepflegt"),
        *(
            "nicht bespielt",
            "wird nicht genutzt",
            "kaum genutzt",
            "wird kaum noch genutzt",
            "falsch",
            "no",
            "false",
            "0",
        ),
    ),
    ChannelState.APPROVED: (
        *("im aufbau", "aufbau", "in vorbereitung", "vorbereitung", "genehmigt", "bewilligt", "approved", "in arbeit"),
        *("under construction", "in preparation"),
    ),
    ChannelState.PROPOSED: (
        *("geplant", "in planung", "planung", "beantragt", "antrag", "vorgeschlagen", "idee", "in prüfung", "planned"),
        *("proposed", "requested"),
    ),
    ChannelState.CLOSING: (
        *("wird geschlossen", "wird gelöscht", "wird abgeschaltet", "wird eingestellt", "in abwicklung", "läuft aus"),
        *("auslaufend", "closing"),
    ),
    ChannelState.CLOSED: (
        *("gelöscht", "geschlossen", "abgeschaltet", "eingestellt", "stillgelegt", "beendet", "deaktiviert", "offline"),
        *("archiviert", "aufgegeben", "abgemeldet", "entfernt", "nicht mehr vorhanden", "existiert nicht mehr"),
        *("geloescht", "nicht mehr aktiv", "closed", "deleted", "deactivated", "archived", "ended"),
    ),
    ChannelState.RESERVED: ("reserviert", "gesichert", "platzhalter", "nur reserviert", "reserved"),
    ChannelState.REJECTED: ("abgelehnt", "nicht genehmigt", "rejected", "declined"),
}
_STATES = {word: state for state, words in _WORDS.items() for word in words}
_SINCE = re.compile(r"(.*?),?\s+(?:seit|am|im|in|zum|since|on)?\s*(?!bis)[a-zäöü]*\.?\s?\d[\d.\s/-]*")


def state_named(text: str) -> ChannelState | None:
    """Return the state that a text names, or None if it names none."""
    words = " ".join(re.sub(r"\([^()]*\)|[.!?]+$", " ", text[:80].casefold()).split())
    for choice in ChannelState:
        if words in {choice.value, choice.label.casefold(), _(choice.label).casefold()}:
            return choice
    dated = _SINCE.fullmatch(words)
    return _STATES.get(words) or (_STATES.get(dated[1]) if dated else None)
