"""Which network addresses a fetch may reach: public ones, and nothing that only looks public.

The roster and the links in it come from outside, so a fetch is a request somebody else may have chosen. It must never
reach this machine, its neighbours, its cloud's metadata service, or one of these wrapped in another notation.

Sources of the tables: the IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890 and what updates it), the
class list of Stripe's smokescreen (NAT64, 6to4, Teredo), RFC 5214 for ISATAP, the WHATWG Fetch standard's "bad ports".
"""

import ipaddress
import re
import socket

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_V4_CLASSES = tuple(
    (ipaddress.IPv4Network(network), words)
    for network, words in (
        ("169.254.169.254/32", "a cloud metadata address"),
        ("100.100.100.200/32", "a cloud metadata address"),
        ("192.0.0.192/32", "a cloud metadata address"),
        ("168.63.129.16/32", "a cloud metadata address"),
        ("0.0.0.0/8", "an unspecified address (this network)"),
        ("10.0.0.0/8", "a private address"),
        ("100.64.0.0/10", "a shared carrier address"),
        ("127.0.0.0/8", "a loopback address (this machine)"),
        ("169.254.0.0/16", "a link-local address"),
        ("172.16.0.0/12", "a private address"),
        ("192.0.0.0/24", "an address reserved for protocols"),
        ("192.0.2.0/24", "a documentation address"),
        ("192.88.99.0/24", "a 6to4 relay address"),
        ("192.168.0.0/16", "a private address"),
        ("198.18.0.0/15", "a benchmarking address"),
        ("198.51.100.0/24", "a documentation address"),
        ("203.0.113.0/24", "a documentation address"),
        ("224.0.0.0/4", "a multicast address"),
        ("255.255.255.255/32", "the broadcast address"),
        ("240.0.0.0/4", "a reserved address"),
    )
)

_V6_CLASSES = tuple(
    (ipaddress.IPv6Network(network), words)
    for network, words in (
        ("::/128", "the unspecified address"),
        ("::1/128", "a loopback address (this machine)"),
        ("::ffff:0:0/96", "an IPv4 address in IPv6 clothes"),
        ("::ffff:0:0:0/96", "a translated IPv4 address"),
        ("::/96", "an IPv4 address in IPv6 clothes"),
        ("64:ff9b::/96", "a NAT64 address"),
        ("64:ff9b:1::/48", "a NAT64 address"),
        ("100::/64", "a discard address"),
        ("2001::/32", "a Teredo address"),
        ("2001:2::/48", "a benchmarking address"),
        ("2001:db8::/32", "a documentation address"),
        ("2001::/23", "an address reserved for protocols"),
        ("2002::/16", "a 6to4 address"),
        ("3ffe::/16", "a reserved address (the former test network)"),
        ("3fff::/20", "a documentation address"),
        ("fd00:ec2::254/128", "a cloud metadata address"),
        ("fd20:ce::254/128", "a cloud metadata address"),
        ("fc00::/7", "a private address"),
        ("fe80::/10", "a link-local address"),
        ("fec0::/10", "a site-local address"),
        ("ff00::/8", "a multicast address"),
    )
)

_PUBLIC_V6 = ipaddress.IPv6Network("2000::/3")
"""The only part of IPv6 that is given out for global use (RFC 4291, IANA)."""

_ISATAP = (0x00005EFE, 0x02005EFE)
"""Upper half of an interface id whose lower half is an IPv4 address (RFC 5214)."""

_BAD_PORTS = frozenset(
    {
        1719,
        1720,
        1723,
        2049,
        3659,
        4045,
        4190,
        5060,
        5061,
        6000,
        6379,
        6566,
        *range(6665, 6670),
        6679,
        6697,
        10080,
        11211,
    }
)
"""Ports from 1024 up where something other than a web server listens."""

_NUMBER = re.compile(r"0x[0-9a-f]*|[0-9]+")
_NAME = re.compile(r"[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*")


def refused_class(address: Address) -> str | None:
    """What `address` is, in words ("a private address"), when it is not a public one; else None."""
    if isinstance(address, ipaddress.IPv4Address):
        return next((words for network, words in _V4_CLASSES if address in network), None)
    words = next((words for network, words in _V6_CLASSES if address in network), None)
    if words is None and address not in _PUBLIC_V6:
        words = "a reserved address"
    if words is None and (int(address) >> 32) & 0xFFFFFFFF in _ISATAP:
        words = "an ISATAP address (IPv4 in IPv6 clothes)"
    if words is None and address.scope_id is not None:
        words = "an address bound to one network card"
    return words


def refused_port(port: int) -> bool:
    """Whether a fetch stays away from `port`: other services live there, and a request could be an order to them."""
    return port in _BAD_PORTS or (port < 1024 and port not in (80, 443))


def literal(host: str) -> Address | None:
    """The address that `host` (lower case, without brackets) spells in the usual way, or None when it is a name."""
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def is_disguised(host: str) -> bool:
    """Whether a host that is no usual address ends in a number, so that some reader would take it for IPv4.

    Covers decimal, octal, hexadecimal and shortened spellings (`2130706433`, `0177.1`, `0x7f.0.0.1`). The rule is that
    of the WHATWG URL standard ("ends in a number checker"); no public name ends in a number.
    """
    return _NUMBER.fullmatch(host.rsplit(".", 1)[-1]) is not None


def is_name(host: str) -> bool:
    """Whether `host` (lower case, punycode, no final dot) can be looked up: labels of 1 to 63 characters."""
    return len(host) <= 253 and _NAME.fullmatch(host) is not None


def is_own(address: Address) -> bool:
    """Whether a connection to `address` would end on this machine, public as it may look.

    The routing table knows: connecting a datagram socket sends nothing, and its near end is its far end only at home.
    """
    family = socket.AF_INET if address.version == 4 else socket.AF_INET6
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.setblocking(False)
            probe.connect((str(address), 9))
            return bool(probe.getsockname()[0] == str(address))
    except OSError:  # no route there, so no connection either
        return False
