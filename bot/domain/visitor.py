"""Who asks something of us, and where: known from the platform, checked by it just now."""

from dataclasses import dataclass

from bot.domain.place import Inbound, Place


@dataclass(frozen=True, slots=True)
class Visitor:
    """A person at a place, in the moment of asking."""

    platform: str
    person: str
    """The platform's id of the person."""
    tenant: str
    """The server or workspace, such as `discord:1234`; of a direct message, the person: `discord:@5678`."""
    place: Place
    """Where it was asked."""
    language: str
    """Of the person's interface."""
    manages: bool = False
    """The platform lets this person manage the server: looked up for this request, not remembered."""

    @property
    def who(self) -> str:
        """What limits and records call the person: `discord:5678`."""
        return f"{self.platform}:{self.person}"


def visitor_of(asked: Inbound) -> Visitor:
    """Who asks, and where; outside of servers, people are counted by themselves."""
    place = asked.place
    tenant = asked.tenant or f"{place.platform}:@{asked.author}"
    return Visitor(place.platform, asked.author, tenant, place, asked.language, asked.manages)
