"""Only public addresses are reached, however an internal one is spelled or wrapped."""

import ipaddress
import socket

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from yarl import URL

from adapters.wire.addresses import is_own, refused_class, refused_port
from adapters.wire.gate import Gate
from bot.errors import ConfigError, SourceRefused
from tests.fakes import attacks


def foreign(_: object) -> bool:
    """No address is this machine's."""
    return False


def gate(*allow: str, **names: tuple[str, ...]) -> Gate:
    """A gate with a name service that knows `names`, all under `.example`."""

    async def lookup(host: str) -> tuple[str, ...]:
        return names.get(host.removesuffix(".example"), ())

    return Gate(allow, lookup, foreign)


@pytest.mark.parametrize("text", attacks.INTERNAL)
def test_an_internal_address_is_named(text: str) -> None:
    """Its class is known in words, whatever network it is from."""
    assert refused_class(ipaddress.ip_address(text))


@pytest.mark.parametrize("text", attacks.PUBLIC)
def test_a_public_address_is_not_refused(text: str) -> None:
    """Also next to the border of a refused network."""
    assert refused_class(ipaddress.ip_address(text)) is None


@pytest.mark.parametrize("host", [*attacks.DISGUISED_HOSTS, *attacks.LOOKALIKE_HOSTS])
def test_a_disguised_address_is_refused(host: str) -> None:
    """No look-up takes place: the text of the link is enough."""
    with pytest.raises(SourceRefused, match="refused"):
        gate().link(f"http://{host}/feed")


@pytest.mark.parametrize("link", attacks.BROKEN_LINKS)
def test_an_ambiguous_link_is_refused(link: str) -> None:
    """Where two readers could see two hosts, or none, there is nothing to fetch."""
    with pytest.raises(SourceRefused, match="refused"):
        gate().link(link)


@pytest.mark.parametrize(("link", "asked"), attacks.PUBLIC_LINKS.items())
def test_a_public_link_is_followed(link: str, asked: str) -> None:
    """Host in lower case and punycode, the path as it was, no fragment."""
    assert str(gate().link(link)) == asked


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ("http://10.0.0.5/", "refused: 10.0.0.5 is a private address"),
        ("http://[::1]/", "refused: ::1 is a loopback address (this machine)"),
        ("http://169.254.169.254/latest", "refused: 169.254.169.254 is a cloud metadata address"),
        ("http://0x7f.1/", "refused: 0x7f.1 is an odd spelling of a network address, 127.0.0.1, a loopback address"),
        ("http://134744072/", "refused: 134744072 is an odd spelling of a network address, 8.8.8.8"),
        ("http://1.2.3.4.5/", "refused: 1.2.3.4.5 is an odd spelling of a network address"),
        ("ftp://example.com/", "refused: only http and https are fetched, not ftp"),
        ("https://example.com:22/", "refused: port 22 of example.com is not where web pages live"),
        ("http://8.8.8.8:22/", "refused: 8.8.8.8 is asked on port 22, which is not where web pages live"),
        ("http://me:secret@example.com/", "refused: there is a user name or password in the link"),
    ],
)
def test_a_refusal_says_what_is_wrong(link: str, words: str) -> None:
    """In a sentence that names the address and its kind, and never a password."""
    with pytest.raises(SourceRefused) as refusal:
        gate().link(link)
    assert str(refusal.value).startswith(words)
    assert "secret" not in str(refusal.value)


@pytest.mark.parametrize(
    ("location", "words"),
    [
        ("http://10.0.0.5/", "refused: 10.0.0.5 is a private address (here.example sent us there)"),
        ("//127.0.0.1/", "refused: 127.0.0.1 is a loopback address (this machine) (here.example sent us there)"),
        ("javascript:0", "refused: only http and https are fetched, not javascript (here.example sent us there)"),
        ("http://[::1", "refused: here.example sends us on to something that is not a link"),
        ("http://here.example/", "refused: here.example sends us on from https to an unencrypted address"),
        ("/a b", "refused: there is a blank, a backslash or a control character in the link"),
    ],
)
def test_a_redirect_passes_the_gate_too(location: str, words: str) -> None:
    """And it may not give up encryption."""
    with pytest.raises(SourceRefused) as refusal:
        gate().onward(URL("https://here.example/feed"), location)
    assert str(refusal.value).startswith(words)


def test_a_redirect_may_be_relative() -> None:
    """To the address that sent it."""
    here = URL("https://here.example/a/feed?x=1")
    assert str(gate().onward(here, "../b#c")) == "https://here.example/b"
    assert str(gate().onward(here, "//there.example")) == "https://there.example"


@pytest.mark.parametrize("text", attacks.INTERNAL)
async def test_a_name_that_leads_to_an_internal_address_is_refused(text: str) -> None:
    """Alone or hidden behind a public one."""
    names = gate(alone=(text,), mixed=("93.184.216.34", "2606:4700:4700::1111", text))
    for host in ("alone.example", "mixed.example"):
        with pytest.raises(SourceRefused, match=f"refused: {host} leads to .*, (a|the)"):
            await names.resolve(host, 443)


async def test_a_name_is_resolved_to_the_addresses_that_were_checked() -> None:
    """The connector gets literal addresses, so there is no second look-up."""
    names = gate(good=("93.184.216.34", "2606:4700:4700::1111"))
    found = await names.resolve("good.example", 443)
    assert [(each["host"], each["family"]) for each in found] == [
        ("93.184.216.34", socket.AF_INET),
        ("2606:4700:4700::1111", socket.AF_INET6),
    ]
    only_v4 = await names.resolve("good.example", 443, socket.AF_INET)
    assert [each["host"] for each in only_v4] == ["93.184.216.34"]


async def test_a_name_without_address_is_an_os_error() -> None:
    """Which the connector reports as a failed look-up."""
    with pytest.raises(OSError, match="no address"):
        await gate().resolve("nowhere.example", 443)


def test_the_last_door_is_the_socket() -> None:
    """Even an address that came past every other check gets no socket."""
    with pytest.raises(PermissionError, match=r"refused: 10\.0\.0\.5 is a private address"):
        gate().open_socket((socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.0.0.5", 80)))
    gate().open_socket((socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 80))).close()


async def test_an_address_of_this_machine_is_refused_public_as_it_looks() -> None:
    """Services behind a firewall often trust their own machine."""

    async def lookup(_: str) -> tuple[str, ...]:
        return ("93.184.216.34",)

    at_home = Gate((), lookup, own=lambda address: str(address) == "93.184.216.34")
    with pytest.raises(SourceRefused, match="an address of this machine"):
        at_home.link("http://93.184.216.34/")
    with pytest.raises(SourceRefused, match="an address of this machine"):
        await at_home.resolve("home.example", 80)


def test_the_routing_table_knows_this_machine() -> None:
    """Nothing is sent to find out."""
    assert is_own(ipaddress.ip_address("127.0.0.1"))


@pytest.mark.parametrize(
    ("allow", "link"),
    [
        ("10.0.0.5:8080", "http://10.0.0.5:8080/feed"),
        ("[fd00::1]:80", "http://[fd00::1]/feed"),
        ("feeds.example:25", "http://FEEDS.example:25/feed"),
        ("10.0.0.0/8", "http://10.1.2.3/feed"),
        ("10.0.0.5/8", "http://10.1.2.3:81/feed"),
        ("fd00::/8", "http://[fd00::1]/feed"),
        ("127.0.0.1", "http://127.0.0.1:1/feed"),
    ],
)
def test_the_operator_may_allow_an_address(allow: str, link: str) -> None:
    """A host with its port, or a network, with whatever port."""
    with pytest.raises(SourceRefused):
        gate().link(link)
    gate(allow).link(link)


async def test_an_allowed_name_may_lead_inside_and_only_that_one() -> None:
    """Its port counts, and another name for the same address stays out."""
    names = gate("feeds.example:8080", feeds=("10.0.0.5",), other=("10.0.0.5",))
    assert [each["host"] for each in await names.resolve("feeds.example", 8080)] == ["10.0.0.5"]
    names.open_socket((socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.0.0.5", 8080))).close()
    for host, port in (("feeds.example", 80), ("other.example", 8080)):
        with pytest.raises(SourceRefused):
            await names.resolve(host, port)
    with pytest.raises(PermissionError):
        names.open_socket((socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.0.0.5", 80)))


@pytest.mark.parametrize(
    "entry", ["", "feeds.example", "10.0.0.0/99", "http://10.0.0.5/", "a b:80", ":80", "host:port"]
)
def test_a_mistaken_exception_is_a_configuration_error(entry: str) -> None:
    """It would open something else than was meant."""
    with pytest.raises(ConfigError, match="neither host:port nor a network"):
        gate(entry)


@pytest.mark.parametrize(("port", "refused"), [(80, False), (443, False), (8000, False), (65535, False), (22, True)])
def test_ports_of_other_services_are_avoided(port: int, refused: bool) -> None:
    """A request could be an order to a mail or database server."""
    assert refused_port(port) is refused


NOT_GLOBAL_HERE = tuple(
    map(ipaddress.ip_network, ("192.0.0.0/24", "192.88.99.0/24", "168.63.129.16/32", "224.0.0.0/4"))
)
internal_v4 = st.sampled_from(
    [
        ipaddress.IPv4Network(n)
        for n in ("10.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16")
    ]
).flatmap(lambda network: st.integers(0, network.num_addresses - 1).map(lambda offset: network[offset]))


@given(st.ip_addresses(v=4))
@settings(max_examples=300)
def test_ipv4_agrees_with_the_standard_library(address: ipaddress.IPv4Address) -> None:
    """What Python's own table holds for not global is refused; we refuse little more."""
    little_more = any(address in network for network in NOT_GLOBAL_HERE)
    assert (refused_class(address) is None) == (address.is_global and not little_more)


@given(st.ip_addresses(v=6))
@settings(max_examples=300)
def test_ipv6_is_never_more_open_than_the_standard_library(address: ipaddress.IPv6Address) -> None:
    """And never leaves the part of IPv6 that is given out."""
    if refused_class(address) is None:
        assert address.is_global
        assert address in ipaddress.IPv6Network("2000::/3")


@given(internal_v4, st.integers(0, 7))
@settings(max_examples=200)
def test_an_internal_address_wrapped_in_ipv6_is_refused(address: ipaddress.IPv4Address, wrapping: int) -> None:
    """Mapped, compatible, translated, NAT64, local NAT64, 6to4, Teredo, ISATAP."""
    number = int(address)
    wrapped = (
        (0xFFFF << 32) + number,
        number,
        (0xFFFF << 48) + number,
        (0x64FF9B << 96) + number,
        (0x64FF9B0001 << 80) + number,
        (0x2002 << 112) + (number << 80),
        (0x20010000 << 96) + (number ^ 0xFFFFFFFF),
        (0x2A00 << 112) + (0x5EFE << 32) + number,
    )[wrapping]
    assert refused_class(ipaddress.IPv6Address(wrapped))


def spelled(number: int, style: int) -> str:
    """A part of an IPv4 address as a decimal, octal or hexadecimal number."""
    return (str(number), f"0{number:o}", f"0x{number:x}", f"0X{number:X}", f"0000{number:o}")[style]


@given(internal_v4, st.integers(1, 4), st.lists(st.integers(0, 4), min_size=4, max_size=4), st.sampled_from(["", "."]))
@settings(max_examples=300)
def test_no_spelling_of_an_internal_address_passes(
    address: ipaddress.IPv4Address, parts: int, styles: list[int], end: str
) -> None:
    """One to four parts, each decimal, octal or hexadecimal, with or without a final dot."""
    octets = list(address.packed)
    numbers = [*octets[: parts - 1], int.from_bytes(bytes(octets[parts - 1 :]), "big")]
    host = ".".join(spelled(number, style) for number, style in zip(numbers, styles, strict=False)) + end
    with pytest.raises(SourceRefused):
        gate().link(f"http://{host}/")


@given(st.text(max_size=60))
@settings(max_examples=300)
def test_any_text_is_a_link_or_a_refusal(text: str) -> None:
    """Nothing else comes out, and what is followed has a clean host."""
    for link in (text, f"http://{text}/", f"https://example.com/{text}"):
        try:
            url = gate().link(link)
        except SourceRefused:
            continue
        assert url.scheme in {"http", "https"}
        assert url.raw_host
        assert url.user is None
        assert url.fragment == ""
