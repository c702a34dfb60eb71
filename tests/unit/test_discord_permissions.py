"""The rights we ask for, those the doctor misses, and what Discord makes of roles and channels."""

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.locale.catalogue import FluentCatalogue
from adapters.platforms.discord.permissions import (
    ASKED,
    EVERYTHING,
    RIGHTS,
    computed,
    invite,
    missing,
    names,
    remedy,
)
from tests.fakes.discord.permissions import ASKED as NEEDED
from tests.fakes.discord.permissions import Permission, in_channel
from tests.fakes.discord.shapes import channel as channel_json
from tests.fakes.discord.shapes import guild as guild_json
from tests.fakes.discord.shapes import member as member_json
from tests.fakes.discord.world import Kind, World

_BITS = st.integers(0, 127).map(
    lambda picked: Permission(sum(int(one) for n, one in enumerate(NEEDED) if picked & 1 << n))
)


def test_the_invite_asks_for_what_the_doctor_checks_and_posting_needs():
    """Three lists that are one; and Administrator is in none."""
    query = parse_qs(urlsplit(invite(42)).query)
    asked = int(query["permissions"][0])
    assert asked == ASKED == int(NEEDED)
    assert {right.bit for right in missing(0)} == {1 << n for n in range(54) if asked & 1 << n}
    assert not asked & Permission.ADMINISTRATOR
    assert query["scope"] == ["bot applications.commands"]
    assert query["client_id"] == ["42"]


def test_with_the_rights_of_the_invite_nothing_is_missing():
    """In a text channel as in a forum."""
    assert missing(ASKED) == ()
    assert missing(ASKED, kind=15) == ()
    assert missing(1 << 3) == ()


def test_a_forum_needs_no_right_to_open_threads():
    """A post is a message there."""
    opens = 1 << 35
    assert names(missing(ASKED & ~opens)) == "Create Public Threads"
    assert missing(ASKED & ~opens, kind=15) == ()


@pytest.mark.parametrize("language", ["en", "ru"])
def test_each_missing_right_is_named_with_its_reason_and_the_way_to_it(language):
    """One line each, after the line that says where."""
    lines = remedy(RIGHTS, FluentCatalogue().speak(language))
    assert len(lines) == 1 + len(RIGHTS)
    assert all(right.name in line for right, line in zip(RIGHTS, lines[1:], strict=True))
    assert remedy((), FluentCatalogue().speak(language)) == ()


@given(st.lists(_BITS, min_size=8, max_size=8), st.booleans(), st.booleans())
def test_rights_are_computed_as_discord_does(bits, has_role, is_admin):
    """Roles, then what the channel denies and allows to all, to roles, to the member; against an independent model."""
    world = World()
    guild = world.add_guild("Harbour")
    guild.roles[guild.id].permissions = bits[0] | Permission.VIEW_CHANNEL
    role = world.add_role(guild, "crew", bits[1] | (Permission.ADMINISTRATOR if is_admin else Permission(0)))
    world.add_member(guild, world.me, [role.id] if has_role else [])
    channel = world.add_channel(guild, "keepers", Kind.TEXT)
    channel.overwrites = {
        guild.id: (bits[2], bits[3]),
        role.id: (bits[4], bits[5]),
        world.me.id: (bits[6], bits[7]),
    }
    found = computed(channel_json(world, channel), guild_json(world, guild), member_json(guild.members[world.me.id]))
    assert missing(found) == missing(int(in_channel(guild, channel, world.me.id)))


def test_the_owner_may_do_everything():
    """Whatever roles say."""
    guild = {"id": "1", "owner_id": "7", "roles": [{"id": "1", "permissions": "0"}]}
    assert computed({"permission_overwrites": []}, guild, {"user": {"id": "7"}, "roles": []}) == EVERYTHING
