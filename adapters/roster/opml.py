"""OPML in and out: how feed readers hand lists of feeds to each other.

A list says only names and addresses. Ours says more in attributes of our own namespace, which other programs skip; so a
roster that went out and came back has the same thinkers.
"""

import itertools
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from lxml import etree

from adapters.roster import addresses
from adapters.roster.reading import MOST_BYTES
from adapters.wire.accounts import public_feed
from bot.domain.roster import Roster, SourceSpec, SourceType, Thinker, ThinkerKind
from bot.errors import RosterError

MOST_SOURCES = 20_000
"""Sources taken from one list."""
_OURS = "urn:counterpoint:roster"
_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,99}")
_BARE = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-fA-F]+);)")
"""The commonest mistake in such lists: an ampersand in a name or an address that is not escaped."""
_DESCRIPTION = re.compile(
    rb"""\sdescription\s*=\s*"[^\n]*?"(?=\s+(?:xmlUrl|htmlUrl|type|text|title|version|language|category)\s*=|\s*/?>\s*<)"""
)
"""The second: a description (which is not taken over) with HTML or quotation marks in it."""
_NAME = 160
"""Characters kept of a name."""
_KINDS = {SourceType.PODCAST: ThinkerKind.PODCAST, SourceType.SUBSTACK: ThinkerKind.NEWSLETTER}


@dataclass(frozen=True, slots=True)
class Imported:
    """What a list held: thinkers that fit into the roster it was read for, and a sentence on everything left out."""

    thinkers: tuple[Thinker, ...]
    notes: tuple[str, ...]


def import_opml(data: bytes, existing: Roster | None = None) -> Imported:
    """Read a list of feeds; ids, names and sources are new beside those of `existing`.

    Every feed becomes a thinker of its own, unless the list is ours and says whose it is. Folders, and topics, are not
    taken over. The kind of a thinker is a guess from the address: podcast, newsletter, else person.

    Raises:
        RosterError: the file is too large or is no OPML.
    """
    reader = _Reader(existing or Roster(()))
    for outline in _outlines(data, reader.notes):
        reader.take(outline)
    return Imported(tuple(reader.thinkers.values()), tuple(reader.notes))


def enlisted(address: str, name: str, existing: Roster) -> Imported:
    """One source by the rules of a list: a new thinker, or a note why not. An empty name is told from the address."""
    reader = _Reader(existing)
    reader.take({"text": name, "xmlurl": address})
    return Imported(tuple(reader.thinkers.values()), tuple(reader.notes))


def export_opml(roster: Roster) -> str:
    """The roster as OPML 2.0: every source that has a public feed, in the order of the roster."""
    root = etree.Element("opml", {"version": "2.0"}, nsmap={"counterpoint": _OURS})
    title = etree.SubElement(etree.SubElement(root, "head"), "title")
    title.text = "Counterpoint roster"
    body = etree.SubElement(root, "body")
    for thinker in roster.thinkers:
        for source in thinker.sources:
            if (address := public_feed(source)) is not None:
                etree.SubElement(body, "outline", _attributes(thinker, source, address))
    printed = etree.tostring(root, encoding="unicode", pretty_print=True)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{printed}'


def _attributes(thinker: Thinker, source: SourceSpec, address: str) -> dict[str, str]:
    of_ours = {"thinker": thinker.id, "kind": thinker.kind, "type": source.type, "tier": str(thinker.tier)}
    if source.mirror:
        of_ours["mirror"] = "true"
    return {
        "type": "rss",
        "text": thinker.name,
        "title": thinker.name,
        "xmlUrl": address,
        **({"description": thinker.why} if thinker.why else {}),
        **({"category": ",".join(f"/{topic}" for topic in thinker.topics)} if thinker.topics else {}),
        **{f"{{{_OURS}}}{key}": str(value) for key, value in of_ours.items()},
    }


def _outlines(data: bytes, notes: list[str]) -> Iterator[dict[str, str]]:
    """The attributes of every outline that has an address; keys in lower case, ours without namespace as `our:key`."""
    if len(data) > MOST_BYTES:
        raise RosterError([f"the OPML file is larger than {MOST_BYTES // 1_000_000} MB"])
    root = _salvaged(data, notes)
    if root is None:
        raise RosterError(["this is not an OPML file: it cannot be read as XML"])
    name = etree.QName(root).localname
    if name.lower() != "opml":
        raise RosterError([f"this is not an OPML file: it begins with <{name[:40]}>"])
    for element in root.iter("outline", "{*}outline"):
        attributes = {_key(str(key)): str(value) for key, value in element.attrib.items()}
        if "xmlurl" in attributes:
            yield attributes


def _salvaged(data: bytes, notes: list[str]) -> etree._Element | None:
    """The root element, after as little mending as it takes: a recovering parser loses addresses or parts of them."""
    root = _parsed(data)
    for mistake, mended in ((_BARE, b"&amp;"), (_DESCRIPTION, b"")):
        if root is None:
            data = mistake.sub(mended, data)
            root = _parsed(data)
    if root is None and (root := _parsed(data, recover=True)) is not None:
        notes.append("the file is not well-formed XML: some addresses may be missing")
    return root


def _key(name: str) -> str:
    return name.replace(f"{{{_OURS}}}", "our:").lower()


def _parsed(data: bytes, *, recover: bool = False) -> etree._Element | None:
    """The root element; None if there is none, or the document declares entities, which a list of feeds never needs."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=recover, remove_comments=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    declared = root.getroottree().docinfo.internalDTD if root is not None else None
    if declared is not None and list(declared.iterentities()):  # type: ignore[union-attr]  # unknown to the stubs
        return None
    return root


@dataclass(slots=True)
class _Reader:
    """Turns outlines into thinkers, one after the other."""

    existing: Roster
    notes: list[str] = field(default_factory=list)
    thinkers: dict[str, Thinker] = field(default_factory=dict)
    """By id."""
    groups: dict[str, str] = field(default_factory=dict)
    """The id a thinker had in the list, with the id here."""
    seen: set[str] = field(default_factory=set)
    """Ids, names and sources that are taken."""

    def __post_init__(self) -> None:
        for thinker in self.existing.thinkers:
            self.seen |= {f"id {thinker.id}", f"name {_folded(thinker.name)}"}
            self.seen |= {f"source {addresses.same(s.type, s.address)}" for s in thinker.sources}

    def take(self, outline: dict[str, str]) -> None:
        """Add the source of an outline, to its thinker or to a new one; or note why not."""
        name = _line(outline.get("title") or outline.get("text") or "", _NAME)
        address = outline["xmlurl"].strip()
        source = _source(outline, address)
        label = f'"{name or "(no name)"}", {_line(address, 200) or "(no address)"}'
        if source is None:
            self.notes.append(f"{label}: left out, not an http(s) address")
            return
        key = f"source {addresses.same(source.type, source.address)}"
        if key in self.seen:
            self.notes.append(f"{label}: left out, listed already")
        elif len(self.seen) >= MOST_SOURCES * 3:
            self.notes.append(f"{label}: left out, the list is too long")
        else:
            self.seen.add(key)
            self._give(source, outline, name)

    def _give(self, source: SourceSpec, outline: dict[str, str], name: str) -> None:
        group = outline.get("our:thinker", "")
        if group in self.groups:
            known = self.thinkers[self.groups[group]]
            self.thinkers[known.id] = replace(known, sources=(*known.sources, source))
            return
        ours = bool(_ID.fullmatch(group))
        host = _host(public_feed(source) or "")
        name = self._free("name", name or host, [f"{name or host} ({host[:30]})"], " {}", fold=_folded)
        ident = self._free("id", group if ours else _slug(name) or _slug(host) or "thinker", [], "-{}", fold=str)
        if ours:
            self.groups[group] = ident
        kind = outline.get("our:kind")
        self.thinkers[ident] = Thinker(
            id=ident,
            name=name,
            kind=ThinkerKind(kind) if kind in tuple(ThinkerKind) else _KINDS.get(source.type, ThinkerKind.PERSON),
            sources=(source,),
            tier=2 if ours and outline.get("our:tier") == "2" else 1,
            why=_line(outline.get("description", ""), 300) if ours else "",
        )

    def _free(self, what: str, wish: str, others: list[str], counted: str, *, fold: Callable[[str], str]) -> str:
        """The first of the wishes that nobody has: as it is, else otherwise, else counted from 2."""
        last = (others or [wish])[-1]
        numbers = (f"{last}{counted.format(number)}" for number in itertools.count(2))
        name = next(n for n in itertools.chain([wish, *others], numbers) if f"{what} {fold(n)}" not in self.seen)
        self.seen.add(f"{what} {fold(name)}")
        return name


def _source(outline: dict[str, str], address: str) -> SourceSpec | None:
    """The source an outline names: of the type it says, if it is ours, else as the address looks."""
    source = addresses.recognised(address)
    said = outline.get("our:type")
    if source and said in (SourceType.FEED, SourceType.SUBSTACK, SourceType.PODCAST):
        source = SourceSpec(SourceType(said), address)
    return replace(source, mirror=outline.get("our:mirror") == "true") if source else None


def _line(text: str, most: int) -> str:
    """Text on one line, without what cannot be printed."""
    printable = "".join(c for c in " ".join(text.split()) if c.isprintable())
    return " ".join(printable.split())[:most].strip()


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def _host(address: str) -> str:
    return urlsplit(address).netloc.casefold().removeprefix("www.")


def _slug(name: str) -> str:
    """A name as an id: Latin letters without accents, digits, hyphens; empty for a name in another alphabet."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-")
