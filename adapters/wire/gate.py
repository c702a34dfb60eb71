"""The gate every fetch passes: which links we follow, and which addresses we connect to.

Three checks, each enough for its own case: the link's text (`Gate.link`), every address a name leads to
(`Gate.resolve`, which hands the connector those very addresses, so a name cannot change its mind in between), and once
more the address of the socket that is about to connect (`Gate.open_socket`).
"""

import ipaddress
import socket
from collections.abc import Awaitable, Callable, Collection, Sequence
from typing import Any
from urllib.parse import urljoin, urlsplit

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import DefaultResolver
from yarl import URL

from adapters.wire.addresses import (
    Address,
    Network,
    is_disguised,
    is_name,
    is_own,
    literal,
    refused_class,
    refused_port,
)
from bot.errors import ConfigError, SourceRefused

Lookup = Callable[[str], Awaitable[Sequence[str]]]
"""From a host name to the addresses it has now, as text; `OSError` when there are none."""

LONGEST_LINK = 4096
_DEFAULT_PORTS = {"http": 80, "https": 443}


def _opened(entry: str) -> Network | tuple[str, int]:
    """One entry of an allow list: a network or address, or `host:port`."""
    try:
        return ipaddress.ip_network(entry, strict=False)
    except ValueError:
        host, _, port = entry.rpartition(":")
    host = host.strip("[]").lower()
    if not port.isdecimal() or not (is_name(host) or literal(host)):
        raise ConfigError([f"allow: {entry!r} is neither host:port nor a network such as 10.0.0.0/8"])
    return host, int(port)


class Gate(AbstractResolver):
    """Knows what may be fetched, and is the connector's resolver, so nothing gets past it.

    `allow` names exceptions: `host:port`, or a network in CIDR form. `lookup` resolves names (None: the system's way),
    `own` says whether an address belongs to this machine.

    Raises:
        ConfigError: an entry of `allow` is neither.
    """

    def __init__(
        self,
        allow: Collection[str] = (),
        lookup: Lookup | None = None,
        own: Callable[[Address], bool] = is_own,
    ) -> None:
        opened = [_opened(entry) for entry in allow]
        self._doors = {entry for entry in opened if isinstance(entry, tuple)}
        self._networks = tuple(entry for entry in opened if not isinstance(entry, tuple))
        self._cleared: set[tuple[str, int]] = set()
        self._lookup = lookup or self._ask_system
        self._own = own
        self._system: AbstractResolver | None = None

    def link(self, text: str) -> URL:
        """`text` as a link we may follow, without fragment.

        Raises:
            SourceRefused: it is no http(s) link, carries a name and password, or points where we do not go.
        """
        url = _read(text)
        host, port = url.raw_host or "", url.port or 0
        if (host, port) in self._doors:
            return url
        address = literal(host)
        if address is not None:
            self._check(address, host, port)
        elif refused_port(port) and not self._networks:
            raise SourceRefused(f"refused: port {port} of {host} is not where web pages live")
        return url

    def onward(self, url: URL, location: str) -> URL:
        """The link that a redirect from `url` to `location` leads to.

        Raises:
            SourceRefused: as for `link`; also when https leads to http, which anybody on the way can change.
        """
        try:
            onward = self.link(urljoin(str(url), location.strip(" ")))
        except SourceRefused as error:
            raise SourceRefused(f"{error} ({url.raw_host} sent us there)") from error
        except ValueError as error:
            raise SourceRefused(f"refused: {url.raw_host} sends us on to something that is not a link") from error
        if url.scheme == "https" and onward.scheme == "http":
            raise SourceRefused(f"refused: {url.raw_host} sends us on from https to an unencrypted address")
        return onward

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """The addresses of `host`, every one of them checked; one that is refused refuses the name.

        Raises:
            SourceRefused: it leads to an address we do not connect to.
            OSError: it leads nowhere.
        """
        addresses = [ipaddress.ip_address(text) for text in await self._lookup(host)]
        if not addresses:
            raise OSError(f"no address for {host}")
        for address in addresses:
            self._check(address, host, port)
        return [_found(host, address, port) for address in addresses if family in (socket.AF_UNSPEC, _family(address))]

    def open_socket(self, info: tuple[Any, ...]) -> socket.socket:
        """A socket for an address of `getaddrinfo`'s form, unless it is one we do not connect to.

        Raises:
            PermissionError: it is; nothing was opened.
        """
        family, kind, protocol, _, (host, port, *_) = info
        address = ipaddress.ip_address(host)
        words = None if (host, port) in self._cleared else self._objection(address, port)
        if words is not None:
            raise PermissionError(f"refused: {address} is {words}")
        return socket.socket(family, kind, protocol)

    async def close(self) -> None:
        """Let go of the system's resolver."""
        if self._system is not None:
            await self._system.close()

    def _check(self, address: Address, host: str, port: int) -> None:
        if (host, port) in self._doors:
            self._cleared.add((str(address), port))
            return
        words = self._objection(address, port)
        if words is not None:
            named = f"{address} is" if literal(host) else f"{host} leads to {address},"
            raise SourceRefused(f"refused: {named} {words}")

    def _objection(self, address: Address, port: int) -> str | None:
        if any(address in network for network in self._networks) or (str(address), port) in self._doors:
            return None
        words = refused_class(address)
        if words is None and refused_port(port):
            words = f"asked on port {port}, which is not where web pages live"
        if words is None and self._own(address):
            words = "an address of this machine"
        return words

    async def _ask_system(self, host: str) -> Sequence[str]:
        if self._system is None:
            self._system = DefaultResolver()
        return [found["host"] for found in await self._system.resolve(host, 0, socket.AF_UNSPEC)]


def _family(address: Address) -> socket.AddressFamily:
    return socket.AF_INET if address.version == 4 else socket.AF_INET6


def _found(host: str, address: Address, port: int) -> ResolveResult:
    return ResolveResult(
        hostname=host, host=str(address), port=port, family=_family(address), proto=0, flags=socket.AI_NUMERICHOST
    )


def _read(text: str) -> URL:
    """Read the text of a link strictly: where two readers might disagree about the host, it is refused."""
    text = text.strip(" ")
    if len(text) > LONGEST_LINK:
        raise SourceRefused(f"refused: the link is longer than {LONGEST_LINK} characters")
    if any(character <= " " or character in "\\\x7f" for character in text):
        raise SourceRefused("refused: there is a blank, a backslash or a control character in the link")
    try:
        url, authority = URL(text), urlsplit(text).netloc
    except ValueError as error:  # a UnicodeError is one too
        raise SourceRefused(f"refused: this is not a link: {text[:200]!a}") from error
    if url.scheme not in _DEFAULT_PORTS:
        raise SourceRefused(f"refused: only http and https are fetched, not {url.scheme or 'a link without either'}")
    if "@" in authority:
        raise SourceRefused("refused: there is a user name or password in the link")
    host = (url.raw_host or "").removesuffix(".")
    _check_host(host, bracketed="[" in authority)
    return url.with_host(host).with_fragment(None)


def _check_host(host: str, *, bracketed: bool) -> None:
    address = literal(host)
    if bracketed and (address is None or address.version == 4 or "%" in host):
        raise SourceRefused(f"refused: [{host[:100]}] is not an IPv6 address")
    if address is not None:
        return
    if is_disguised(host):
        raise SourceRefused(f"refused: {host} is an odd spelling of a network address{_unmasked(host)}")
    if not is_name(host):
        raise SourceRefused(f"refused: {host[:100]!a} is not the name of a host")


def _unmasked(host: str) -> str:
    try:
        address = ipaddress.IPv4Address(socket.inet_aton(host))
    except (OSError, ValueError):
        return ""
    words = refused_class(address)
    return f", {address}" + (f", {words}" if words else "")
