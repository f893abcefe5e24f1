"""The styles of an OpenDocument text: headings, paragraphs, lists and tables on A4."""

from __future__ import annotations

SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "style", "table")
)
FO = 'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
PAGE_WIDTH = 17.0  # Centimetres between the margins.
_HEADINGS = {"h1": (18, "#1f4e79", 0, 6), "h2": (12, "#1f4e79", 14, 4), "h3": (10, "#1b1f24", 9, 2)}


def styles_of(language: str) -> str:
    """Return the part of the file that holds the styles, for a language."""
    country = {"de": "DE", "en": "GB"}[language]
    default = (
        '<style:default-style style:family="paragraph"><style:text-properties fo:font-family="Liberation Sans, Arial"'
        f' fo:font-size="10pt" fo:color="#1b1f24" fo:language="{language}" fo:country="{country}"/>'
        "</style:default-style>"
    )
    return (
        f'<office:document-styles {SPACES} {FO} office:version="1.2"><office:styles>{default}{_paragraph_styles()}'
        f"{_other_styles()}</office:styles><office:automatic-styles>{_PAGE_LAYOUT}</office:automatic-styles>"
        '<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="a4"/>'
        "</office:master-styles></office:document-styles>"
    )


_PAGE_LAYOUT = (
    '<style:page-layout style:name="a4"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm"'
    ' fo:margin-top="2cm" fo:margin-bottom="2cm" fo:margin-left="2.2cm" fo:margin-right="1.8cm"/></style:page-layout>'
)


def _paragraph_styles() -> str:
    plain = {"text": (10, 0, 5), "item": (10, 0, 2), "cell": (9, 1, 1), "gap": (5, 0, 0)}
    made = [_style(name, f'fo:font-size="{size}pt"', above, below) for name, (size, above, below) in plain.items()]
    made.append(_style("subtitle", 'fo:font-size="9pt" fo:color="#545d68"', 0, 8))
    made.append(_style("head", 'fo:font-size="8.5pt" fo:font-weight="bold" fo:color="#545d68"', 1, 1))
    for name, (size, colour, above, below) in _HEADINGS.items():
        letters = f'fo:font-size="{size}pt" fo:font-weight="bold" fo:color="{colour}"'
        made.append(_style(name, letters, above, below, level=name[1]))
    return "".join(made)


def _style(name: str, letters: str, above: int, below: int, *, level: str = "") -> str:
    """Return the style of a paragraph; one with a level is a heading and stays with what it heads."""
    outline = f' style:default-outline-level="{level}"' if level else ""
    stay = ' fo:keep-with-next="always"' if level else ""
    return (
        f'<style:style style:name="{name}" style:family="paragraph"{outline}><style:paragraph-properties'
        f' fo:margin-top="{above}pt" fo:margin-bottom="{below}pt"{stay}/>'
        f"<style:text-properties {letters}/></style:style>"
    )


def _other_styles() -> str:
    letters = {
        "bold": 'fo:font-weight="bold"',
        "italic": 'fo:font-style="italic"',
        "blank": 'fo:background-color="#fff3b0"',
        "muted": 'fo:color="#545d68"',
    }
    spans = "".join(
        f'<style:style style:name="{name}" style:family="text"><style:text-properties {look}/></style:style>'
        for name, look in letters.items()
    )
    return (
        f"{spans}"
        '<text:list-style style:name="dots"><text:list-level-style-bullet text:level="1" text:bullet-char="•">'
        '<style:list-level-properties text:list-level-position-and-space-mode="label-alignment">'
        '<style:list-level-label-alignment text:label-followed-by="listtab" fo:text-indent="-0.4cm"'
        ' fo:margin-left="0.6cm"/></style:list-level-properties></text:list-level-style-bullet></text:list-style>'
    )


def table_styles() -> str:
    """Return the styles of tables and their cells; word processors look for these beside the text only."""
    return (
        '<style:style style:name="box" style:family="table-cell"><style:table-cell-properties'
        ' fo:padding-left="0cm" fo:padding-right="0.2cm" fo:padding-top="0.05cm" fo:padding-bottom="0.08cm"'
        ' fo:border-left="none" fo:border-right="none" fo:border-top="none" fo:border-bottom="0.5pt solid #d5dae1"/>'
        '</style:style><style:style style:name="whole" style:family="table-row"><style:table-row-properties'
        ' fo:keep-together="always"/></style:style>'
        '<style:style style:name="wide" style:family="table"><style:table-properties'
        f' style:width="{PAGE_WIDTH}cm" table:align="left"/></style:style>'
    )
