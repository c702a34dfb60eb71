"""Real lists of feeds, as people keep them."""

from pathlib import Path

import pytest

from adapters.roster.editing import render
from adapters.roster.opml import export_opml, import_opml
from adapters.roster.reading import read
from bot.domain.roster import Roster


@pytest.mark.real_data
def test_no_address_of_a_real_list_is_lost(real_data: Path) -> None:
    """Every address is imported or a note says why not; the result is a roster without mistakes."""
    lists = sorted((real_data / "feed-lists").rglob("*.opml"))
    assert lists
    for path in lists:
        data = path.read_bytes()
        found = import_opml(data)
        left_out = [note for note in found.notes if "left out" in note]
        assert sum(len(t.sources) for t in found.thinkers) + len(left_out) == data.count(b"xmlUrl="), path.name
        roster = Roster(found.thinkers)
        assert read(render(roster)) == roster
        assert import_opml(export_opml(roster).encode()).thinkers == found.thinkers, path.name


@pytest.mark.real_data
def test_thousands_of_addresses_are_told_apart(real_data: Path) -> None:
    """Five thousand of one list: each address once, ids and names unique."""
    lines = (real_data / "feed-lists" / "smallweb-36k-urls.txt").read_text().splitlines()
    addresses = [line.strip() for line in lines if line.startswith("http")][:5_000]
    rows = "".join(f'<outline text="Blog" xmlUrl="{a.replace("&", "&amp;").replace(chr(34), "")}"/>' for a in addresses)
    found = import_opml(f"<opml>{rows}</opml>".encode())
    assert len(found.thinkers) + len(found.notes) == len(addresses)
    assert len({t.id for t in found.thinkers}) == len({t.name for t in found.thinkers}) == len(found.thinkers)
    assert len(found.thinkers) > 4_800
