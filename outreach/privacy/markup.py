"""What somebody wrote in a page, or in a part of a document of Word, Excel, PowerPoint or OpenDocument."""

import re
from collections.abc import Iterator

TAGS = re.compile(r"(?:<[^<>]*>)+")
NAME = re.compile(r"<(/?)(?:[\w.-]+:)?([\w.-]+)[^<>]*?(/?)>")

# Tags that part nothing: what a text is dressed in, and the marks of those who worked on it.
RUNS = {"r", "t", "delText", "instrText", "delInstrText", "hyperlink", "smartTag", "sdt", "sdtContent", "customXml"}
RUNS |= {"ins", "del", "moveFrom", "moveTo", "fldSimple", "fldChar", "fld", "dir", "bdo", "softHyphen", "proofErr"}
RUNS |= {"commentReference", "lastRenderedPageBreak", "footnoteReference", "endnoteReference", "annotationRef"}
RANGES = {f"{name}{end}" for name in ("bookmark", "commentRange", "perm") for end in ("Start", "End")}
RANGES |= {f"{name}-{end}" for name in ("bookmark", "reference-mark", "change") for end in ("start", "end")}
OPEN_DOCUMENT = {"span", "bookmark", "reference-mark", "soft-page-break", "change"}
PAGE = {"a", "b", "i", "u", "s", "em", "strong", "font", "small", "big", "sub", "sup", "mark", "abbr", "code", "tt"}
PAGE |= {"q", "cite", "kbd", "samp", "strike", "nobr", "label", "tspan"}
DRESSES = RUNS | RANGES | OPEN_DOCUMENT | PAGE
PROPERTIES = {"rPr", "sdtPr", "sdtEndPr", "smartTagPr"}  # of a run: all within dresses, too
HYPHEN = "noBreakHyphen"

# Where a line or a cell ends or begins; at every other tag something else begins.
LINE = re.compile(
    r"</?(?:w:p|w:tc|w:tab|w:br|w:cr|a:p|a:br|si|c|v|row|text:p|text:h|text:tab|text:line-break|text:s"
    r"|table:table-cell|p|div|t[dhr]|li|h[1-6]|option|title|br|hr|wbr)[\s/>]",
    re.IGNORECASE,
)
ELSEWHERE = "|"

# Attributes long enough for a number, remarks, and instructions.
WRITTEN = re.compile(
    r"(<[!?][^<>]*>)|(?<![\w:.-])(?:[\w.-]+:)?([\w.-]++)\s*+=\s*+"
    r"(?:\"([^\"<]{10,}+)\"|'([^'<]{10,}+)'|([^\s\"'<>]{10,}+))"
)
NUMBERED = re.compile(r"[-{]?[0-9A-Fa-f]+}?")
TYPED = {"name", "title", "descr", "target", "href", "tooltip", "display", "alt", "author", "initials", "content"}
DRAWN = {"d", "points", "path", "viewbox", "enhanced-path"}  # coordinates


def text_of(markup: str) -> str:
    """The text of a document: what a tag parts is apart, what it only dresses is together, though it be split over
    many runs of one line."""
    within = 0

    def instead(tags: re.Match[str]) -> str:
        nonlocal within
        apart, hyphen = False, ""
        for closes, name, empty in NAME.findall(tags[0]):
            if name in PROPERTIES:
                within = max(0, within - 1) if closes else within + (not empty)
            elif name == HYPHEN:
                hyphen = "-"
            elif not within and name not in DRESSES:
                apart = True
        if LINE.search(tags[0]) and not within:
            return "\n"
        return ELSEWHERE if apart else hyphen

    return TAGS.sub(instead, markup)


def besides(markup: str) -> Iterator[str]:
    """What is written in the tags: names of sheets, addresses of links, descriptions of pictures, remarks.

    The numbers programs give to what they make are left out, and the name that repeats one: "Picture 1804629432".
    """
    numbered = ""
    for found in WRITTEN.finditer(markup):
        remark, name, *values = found.groups("")
        value, name = remark or "".join(values), name.lower()
        if name == "id" and value.isdigit():
            numbered = value
        if name in DRAWN or (name and name not in TYPED and NUMBERED.fullmatch(value)):
            continue
        yield value.replace(numbered, "") if numbered and name == "name" else value
