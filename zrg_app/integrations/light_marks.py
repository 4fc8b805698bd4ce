"""What do the few marks mean that people write into an answer? As HTML for mail, and as words for what takes no HTML. Pure.

`**bold**`, `_italic_` or `*italic*`, `[words](https://...)`, lists of two lines or more (`- ` or `1. `), and `> ` for a quote. Everything
else is text: there is no way to write a tag, and no mark reaches over the end of a line.
"""

import html as markup
import re
from collections.abc import Iterator
from dataclasses import dataclass

from zrg_app.kit.links import addresses_in

LINK = re.compile(r"\[([^\]\n]{1,200})\]\((https?://[^\s()]+)\)")
DEEPEST = 4
_BULLET = re.compile(r"[-*•] (?=\S)")
_NUMBER = re.compile(r"(\d{1,2})[.)] (?=\S)")
# Of bounded length, so that a line of nothing but stars costs no more than a line of words.
_STRESSED = re.compile(
    r"(?<![\w*])\*\*(?=[^\s*])(?P<bold>.{1,400}?)(?<=[^\s*])\*\*(?![\w*])|"
    r"(?<![\w*])\*(?=[^\s*])(?P<star>.{1,400}?)(?<=[^\s*])\*(?![\w*])|"
    r"(?<![\w_])_(?=[^\s_])(?P<line>.{1,400}?)(?<=[^\s_])_(?![\w_])")
_TAGS = {"bold": "strong", "star": "em", "line": "em"}


@dataclass(frozen=True, slots=True)
class _Block:
    kind: str  # text, bullets, numbers or quote
    lines: tuple[str, ...]
    first: int = 1


@dataclass(frozen=True, slots=True)
class _Link:
    start: int
    end: int
    address: str
    label: str


def html(text: str) -> str:
    """The text as HTML: everything escaped but the marks, line breaks kept, addresses clickable."""
    return "\n".join(_block_html(block, 0) for block in _blocks(_lines(text), 0))


def plain(text: str) -> str:
    """The text in words alone: stress is left out, a link says its address beside its words."""
    return "\n".join(_line_plain(line) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip("\n").split("\n")


def _blocks(lines: list[str], depth: int) -> list[_Block]:
    """Runs of lines of one kind; the empty lines around a list or a quote are its margin and go."""
    runs: list[_Block] = []
    place = 0
    while place < len(lines):
        block = _special(lines, place, depth)
        if block is None:
            end = place + 1
            while end < len(lines) and _special(lines, end, depth) is None:
                end += 1
            block = _Block("text", tuple(lines[place:end]))
        runs.append(block)
        place += len(block.lines)
    return [trimmed for number, block in enumerate(runs)
            if (trimmed := _trimmed(block, is_first=number == 0, is_last=number == len(runs) - 1)).lines]


def _special(lines: list[str], place: int, depth: int) -> _Block | None:
    """The list or quote that begins at a line; None for plain text. One line alone is no list: "- Chris" is how people sign."""
    if depth < DEEPEST and _is_quote(lines[place]):
        return _Block("quote", tuple(_while(lines, place, _is_quote)))
    bullets = _while(lines, place, _BULLET.match)
    if len(bullets) > 1:
        return _Block("bullets", tuple(bullets))
    number = _NUMBER.match(lines[place])
    if number is None:
        return None
    first, end = int(number[1]), place + 1
    while end < len(lines) and (other := _NUMBER.match(lines[end])) and int(other[1]) == first + end - place:
        end += 1
    return _Block("numbers", tuple(lines[place:end]), first) if end - place > 1 else None


def _is_quote(line: str) -> bool:
    return line == ">" or line.startswith("> ")


def _while(lines: list[str], place: int, fits) -> list[str]:
    end = place
    while end < len(lines) and fits(lines[end]):
        end += 1
    return lines[place:end]


def _trimmed(block: _Block, *, is_first: bool, is_last: bool) -> _Block:
    if block.kind != "text":
        return block
    start, end = 0, len(block.lines)
    while not is_first and start < end and not block.lines[start].strip():
        start += 1
    while not is_last and end > start and not block.lines[end - 1].strip():
        end -= 1
    return _Block("text", block.lines[start:end])


def _block_html(block: _Block, depth: int) -> str:
    if block.kind == "text":
        return "<br>\n".join(_line_html(line) for line in block.lines)
    if block.kind == "quote":
        inner = _blocks([line[2:] for line in block.lines], depth + 1)
        return "<blockquote>\n" + "\n".join(_block_html(each, depth + 1) for each in inner) + "\n</blockquote>"
    mark, tag = (_BULLET, "ul") if block.kind == "bullets" else (_NUMBER, "ol")
    start = f' start="{block.first}"' if tag == "ol" and block.first != 1 else ""
    items = "\n".join(f"<li>{_line_html(line[mark.match(line).end():])}</li>" for line in block.lines)
    return f"<{tag}{start}>\n{items}\n</{tag}>"


def _line_html(line: str) -> str:
    return "".join(_pieces(line, as_html=True))


def _line_plain(line: str) -> str:
    return "".join(_pieces(line, as_html=False))


def _pieces(line: str, *, as_html: bool) -> Iterator[str]:
    links = _links_of(line)
    masked = list(line)
    for link in links:
        # Stars and underlines of an address are its own.
        masked[link.start:link.end] = "x" * (link.end - link.start)
    yield from _stressed(line, "".join(masked), links, 0, len(line), as_html)


def _stressed(line: str, masked: str, links: list[_Link], start: int, end: int, as_html: bool) -> Iterator[str]:
    place = start
    while found := _STRESSED.search(masked, place, end):
        kind = found.lastgroup or "bold"
        yield from _linked(line, links, place, found.start(), as_html)
        inner = _stressed(line, masked, links, found.start(kind), found.end(kind), as_html)
        tag = _TAGS[kind]
        yield from (f"<{tag}>", *inner, f"</{tag}>") if as_html else inner
        place = found.end()
    yield from _linked(line, links, place, end, as_html)


def _linked(line: str, links: list[_Link], start: int, end: int, as_html: bool) -> Iterator[str]:
    place = start
    for link in links:
        if start <= link.start and link.end <= end:
            yield _escaped(line[place:link.start], as_html)
            yield _anchor(link) if as_html else _said(line, link)
            place = link.end
    yield _escaped(line[place:end], as_html)


def _escaped(text: str, as_html: bool) -> str:
    return markup.escape(text) if as_html else text


def _links_of(line: str) -> list[_Link]:
    found, place = [], 0
    for link in LINK.finditer(line):
        found += [*_bare(line, place, link.start()), _Link(link.start(), link.end(), link[2], link[1])]
        place = link.end()
    return found + _bare(line, place, len(line))


def _bare(line: str, start: int, end: int) -> list[_Link]:
    """The addresses of a part of a line that stand there as they are."""
    return [_Link(start + each.start, start + each.end, each.url, each.label)
            for each in addresses_in(line[start:end]) if each.scheme in ("http:", "https:", "mailto:", "")]


def _anchor(link: _Link) -> str:
    return f'<a href="{markup.escape(link.address)}">{markup.escape(link.label)}</a>'


def _said(line: str, link: _Link) -> str:
    written = line[link.start:link.end]
    if written == link.label:
        return written
    bare = link.address.split("://", 1)[-1].rstrip("/")
    return link.address if link.label.split("://", 1)[-1].rstrip("/") == bare else f"{link.label} ({link.address})"
