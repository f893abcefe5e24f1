"""Family names that are words, trades or places in German, or so common that they say little about who is meant."""

from __future__ import annotations

from core.protection.recognising.spelling import spelled

_WORD_LIST = """
    Adler Amt Bach Bader Bauer Baum Becher Beck Becker Berg Berger Bischof Blum Bock Braun Brand Brandt Brücke Brunner
    Burg Busch Dorn Eisen Engel Esser Falk Feld Fink Fischer Förster Forst Frank Freund Frey Fried Fromm Fuchs Funk Ganz
    Gast Geist Graf Groß Grün Haas Hahn Hammer Haus Heim Held Herbst Herr Herz Hirsch Hof Hoffmann Holz Horn Hut Jäger
    Jung Junge Kaiser Kamp Kaufmann Keller Kern Kirsch Klein Klinge Koch Kohl König Koller Kopf Korn Kraft Kranz Kraus
    Krieg Krüger Kuhn Kurz Lang Lange Lehmann Lehrer Licht Lieb Linde Lohn Lorenz Löwe Maler Markt Maurer Meister
    Meyer Michel Mond Moos Müller Münster Nagel Neu Neumann Ernst Nord Ost Pfeiffer Pfarrer Platz Post Rat Rath Rau
    Reich Reif Richter Ring Ritter Rose Roth Rot Sander Sauer Schäfer Scheffler Schiller Schlosser Schmidt Schneider
    Scholz Schreiber Schreiner Schuh Schulte Schulz Schulze Schuster Schwan Schwarz See Seiler Siegel Sommer Sonne
    Spiegel Sport Stadt Stark Stein Stern Stock Stolz Storch Strauß Strom Süd Tag Tanz Teich Thron Topf Treu Turm Ufer
    Unger Vogel Vogt Voß Wagner Wald Walter Weber Weg Weide Wein Weiß Welt Werner West Wiese Wild Winkler Winter Wirth
    Wolf Wolff Wunder Zahn Ziegler Zimmer Zimmermann
"""
WORDS = frozenset(spelled(word).casefold() for word in _WORD_LIST.split())
"""In small letters and in the one spelling."""


def says_little(found: str) -> bool:
    """Say whether something that was found is one of these words in small letters: nobody writes a name so."""
    return found == found.lower() and spelled(found).casefold() in WORDS
