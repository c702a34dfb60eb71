"""Time zones are found as people name them."""

import re

import pytest

from adapters.locale.catalogue import LANGUAGES, FluentCatalogue
from adapters.wire.zones import COMMON, cities, found
from bot.domain.schedules import zone_named

CATALOGUE = FluentCatalogue()


def test_common_zones_exist_and_have_cities_in_every_language() -> None:
    """25 of them: as many as a menu takes."""
    assert len(COMMON) == len(set(COMMON)) == 25
    for zone in COMMON:
        assert zone_named(zone) is not None
        for language in LANGUAGES:
            assert re.search(r"\w", cities(zone, CATALOGUE.speak(language)))


@pytest.mark.parametrize(
    ("typed", "first", "number"),
    [
        ("Berlin", "Europe/Berlin", 1),
        ("paris", "Europe/Berlin", None),
        ("Рим", "Europe/Berlin", 1),
        ("Стамбул", "Europe/Moscow", 1),
        ("new york", "America/New_York", 1),
        ("America/New_York", "America/New_York", 1),
        ("Reykjavic", "Atlantic/Reykjavik", 1),
        ("kathm", "Asia/Kathmandu", 1),
        ("UTC", "UTC", None),
        ("Tokyo", "Asia/Tokyo", 1),
        ("Мадрид", "Europe/Berlin", 1),
        ("Berln", "Europe/Berlin", None),
    ],
)
def test_a_zone_is_found_by_a_city(typed: str, first: str, number: int | None) -> None:
    """In any language of the interface, by its beginning, or nearly right."""
    zones = found(typed, CATALOGUE)
    assert zones[0] == first
    assert number is None or len(zones) == number


@pytest.mark.parametrize("typed", ["", "   ", "Atlantis-upon-Void", "GMT+2", "x" * 5000])
def test_what_is_no_city_is_nothing(typed: str) -> None:
    """No zone is guessed."""
    assert found(typed, CATALOGUE) == ()


def test_only_as_many_as_are_wanted_are_found() -> None:
    """As many as a menu takes, unless it takes more."""
    assert len(found("america", CATALOGUE)) == 25
    assert len(found("america", CATALOGUE, most=100)) > 25
