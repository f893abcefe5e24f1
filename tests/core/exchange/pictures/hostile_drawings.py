"""Drawings that somebody made to act, to fetch or to hang; each with a part of the sentence that it gets."""

from __future__ import annotations

import base64
import gzip
from collections.abc import Iterator

from tests.core.exchange.pictures.drawn import svg, tall

Case = tuple[str, bytes, str]
FETCH = "fetches something from elsewhere"


def hostile_drawings() -> Iterator[Case]:
    """Return all of them."""
    for kind in (_acting, _foreign, _referring, _styled, _fetching, _defining, _broken, _tangled):
        yield from kind()


def _acting() -> Iterator[Case]:
    act = "contains a program"
    yield "a script", svg("<script>alert(1)</script>"), act
    yield "a script of another name", svg('<s:script xmlns:s="http://www.w3.org/2000/svg"/>'), act
    yield "an event", svg('<rect onload="alert(1)"/>'), act
    yield "an event in capitals", svg('<rect ONCLICK="alert(1)"/>'), act
    yield "an event of XML", svg('<rect xmlns:ev="http://www.w3.org/2001/xml-events" ev:event="click"/>'), act
    yield "an animation of a reference", svg('<use href="#a"><set attributeName="href" to="x"/></use>'), act
    yield "an animation", svg('<rect><animate attributeName="x" to="5" dur="1s"/></rect>'), act
    yield "a javascript link", svg('<use xlink:href="javascript:alert(1)"/>'), act
    yield "an old expression", svg('<rect style="width: expression(alert(1))"/>'), act


def _foreign() -> Iterator[Case]:
    yield "foreign content", svg("<foreignObject/>"), "parts that are no drawing"
    yield "another root", b'<page><svg xmlns="http://www.w3.org/2000/svg"/></page>', "parts that are no drawing"
    yield "a page", svg('<b:iframe xmlns:b="http://www.w3.org/1999/xhtml" src="x"/>'), "parts that are no drawing"


def _referring() -> Iterator[Case]:
    for name, reference in {
        "the internet": "http://evil.example/a.png",
        "the internet, without saying how": "//evil.example/a.png",
        "a file": "file:///etc/passwd",
        "a file beside it": "wappen.png",
        "a part of another drawing": "other.svg#part",
        "a drawing in itself": "data:image/svg+xml;base64,PHN2Zy8+",
        "a page in itself": "data:text/html,<script>alert(1)</script>",
    }.items():
        yield f"a picture from {name}", svg(f'<image xlink:href="{reference.replace("<", "&lt;")}"/>'), FETCH
        yield f"a use from {name}", svg(f'<use href="{reference.replace("<", "&lt;")}"/>'), FETCH


def _styled() -> Iterator[Case]:
    for name, style in {
        "an import": "@import url(http://evil.example/a.css);",
        "an import of a string": '@import "http://evil.example/a.css";',
        "an address": "rect{fill:url(http://evil.example/a)}",
        "an address in capitals": "rect{fill:URL( 'http://evil.example/a' )}",
        "an address in escapes": "rect{fill:\\75 rl(http://evil.example/a)}",
        "an address behind a comment": "rect{fill:/* */url(//evil.example/a)}",
        "a font": "@font-face{font-family:a;src:url(a.woff)}",
        "a set of pictures": "rect{fill:image-set('a.png' 1x)}",
        "an address between strings that look like a comment": "a{b:'/*';fill:url(//evil.example/a);c:'*/'}",
        "an address between addresses that look like a comment": "a{b:url(#a/*);fill:url(//evil.example/a*/)}",
    }.items():
        yield f"{name} in a style sheet", svg(f"<style>{style}</style>"), FETCH


def _fetching() -> Iterator[Case]:
    yield "an address in a style", svg('<rect style="fill:url(http://evil.example/a)"/>'), FETCH
    yield "an address in an attribute", svg('<rect fill="url(//evil.example/a#b)"/>'), FETCH
    yield "an address of a filter", svg('<rect filter="url(&quot;file:///etc/passwd#a&quot;)"/>'), FETCH
    yield "a picture for a filter", svg('<filter><feImage href="#a"/></filter>'), FETCH
    yield "a link", svg('<a href="http://evil.example/"><rect/></a>'), FETCH
    yield "another base", svg('<g xml:base="http://evil.example/"><use href="#a"/></g>'), FETCH
    sheet = b'<?xml-stylesheet href="http://evil.example/a.css"?>\n<svg'
    yield "a style sheet from elsewhere", svg().replace(b"<svg", sheet, 1), FETCH


def _defining() -> Iterator[Case]:
    define = "contains definitions"
    document_type = "<!DOCTYPE svg [{}]>\n<svg"
    for name, definition in {
        "an entity": '<!ENTITY a "b">',
        "an entity from a file": '<!ENTITY a SYSTEM "file:///etc/passwd">',
        "an entity from the internet": '<!ENTITY % a SYSTEM "http://evil.example/a.dtd"> %a;',
        "a bomb of entities": '<!ENTITY a "aaaaaaaaaa">'
        + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)),
    }.items():
        yield name, svg("<text>&a;</text>").replace(b"<svg", document_type.format(definition).encode(), 1), define
    elsewhere = b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://evil.example/svg11.dtd">\n<svg'
    yield "a document type from elsewhere", svg().replace(b"<svg", elsewhere, 1), define


def _broken() -> Iterator[Case]:
    yield "an encoding in which nothing is seen", svg().replace(b"UTF-8", b"UTF-7"), "is damaged"
    yield "two bytes for each letter", svg().decode().replace("UTF-8", "UTF-16").encode("utf-16"), "|"
    yield "half a drawing", svg()[:150], "is damaged"
    yield "a packed drawing", gzip.compress(svg()), "is packed"
    embedded = base64.b64encode(tall("png", 30_000)).decode()
    yield "a huge picture in it", svg(f'<image href="data:image/png;base64,{embedded}"/>'), "has too many points"
    yield "no picture in it", svg('<image href="data:image/png;base64,AAAA"/>'), "is no file that can be kept"


def _tangled() -> Iterator[Case]:
    tangled = "is too tangled"
    levels = "".join(f'<g id="l{n}">{f"""<use href="#l{n - 1}"/>""" * 10}</g>' for n in range(1, 10))
    yield "a bomb of uses", svg(f'<g id="l0"><rect/></g>{levels}'), tangled
    patterns = "".join(
        f'<pattern id="l{n}">{f"""<rect fill="url(#l{n - 1})"/>""" * 10}</pattern>' for n in range(1, 10)
    )
    yield "a bomb of patterns", svg(f'<pattern id="l0"><rect/></pattern>{patterns}'), tangled
    sheet = "".join(f".c{n}{{fill:url(#l{n - 1})}}" for n in range(1, 10))
    classes = "".join(f'<pattern id="l{n}">{f"""<rect class="c{n}"/>""" * 10}</pattern>' for n in range(1, 10))
    yield "a bomb of classes", svg(f"<style>{sheet}</style><pattern id='l0'><rect/></pattern>{classes}"), tangled
    yield "a use of itself", svg('<g id="a"><use href="#a"/></g>'), tangled
    yield "a chain of uses", svg("".join(f'<g id="c{n}"><use href="#c{n + 1}"/></g>' for n in range(20_000))), tangled
    yield "too many elements", svg("<rect/>" * 60_000), tangled
    yield "too deep", svg("<g>" * 5_000 + "</g>" * 5_000), "is damaged"
    yield "too long", svg("<!--" + "a" * 9_000_000 + "-->"), "is larger than"
