"""Addresses and links that must never be fetched, and public ones that must be."""

INTERNAL_V4 = (
    *("0.0.0.0", "0.0.0.1", "0.255.255.255"),
    *("10.0.0.0", "10.0.0.5", "10.255.255.255"),
    *("100.64.0.0", "100.64.0.1", "100.100.100.200", "100.127.255.255"),
    *("127.0.0.0", "127.0.0.1", "127.0.0.53", "127.1.2.3", "127.255.255.255"),
    *("168.63.129.16",),
    *("169.254.0.0", "169.254.0.1", "169.254.169.254", "169.254.170.2", "169.254.255.255"),
    *("172.16.0.0", "172.17.0.1", "172.31.255.255"),
    *("192.0.0.0", "192.0.0.8", "192.0.0.170", "192.0.0.192", "192.0.0.255"),
    *("192.0.2.0", "192.0.2.44", "192.0.2.255"),
    *("192.88.99.0", "192.88.99.1", "192.88.99.255"),
    *("192.168.0.0", "192.168.1.1", "192.168.255.255"),
    *("198.18.0.0", "198.18.0.1", "198.19.255.255"),
    *("198.51.100.0", "198.51.100.7", "198.51.100.255"),
    *("203.0.113.0", "203.0.113.9", "203.0.113.255"),
    *("224.0.0.0", "224.0.0.251", "239.255.255.250", "239.255.255.255"),
    *("240.0.0.0", "240.0.0.1", "254.1.2.3", "255.255.255.254", "255.255.255.255"),
)

INTERNAL_V6 = (
    *("::", "::1", "::2", "::7f00:1", "::127.0.0.1", "::8.8.8.8"),
    *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::ffff:8.8.8.8", "::ffff:c0a8:101"),
    *("::ffff:0:127.0.0.1", "::ffff:0:10.0.0.1"),
    *("64:ff9b::127.0.0.1", "64:ff9b::10.0.0.1", "64:ff9b::a9fe:a9fe", "64:ff9b::808:808"),
    *("64:ff9b:1::", "64:ff9b:1::7f00:1", "64:ff9b:1:ffff:ffff:ffff:10.0.0.1"),
    *("100::", "100::1", "100::ffff:ffff:ffff:ffff", "100:0:0:1::1"),
    *("200::1", "400::1", "1000::1", "1fff:ffff::1"),
    *("2001::", "2001::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:0:7f00:1::", "2001:0:ffff:ffff::80ff:fffe"),
    *("2001:1::1", "2001:2::1", "2001:2:0:ffff::1", "2001:3::1", "2001:10::1", "2001:20::1", "2001:30::1"),
    *("2001:1ff:ffff::1",),
    *("2001:db8::", "2001:db8::1", "2001:db8:ffff:ffff::1"),
    *("2002::", "2002:7f00:1::", "2002:a00:1::1", "2002:a9fe:a9fe::", "2002:c0a8:101::1", "2002:808:808::1"),
    *("2a00:1450::5efe:10.0.0.1", "2a00:1450::200:5efe:127.0.0.1", "2600:1f18::5efe:a9fe:a9fe"),
    *("3ffe::1", "3fff::1", "3fff:fff::1"),
    *("4000::1", "5f00::1", "8000::1", "e000::1", "fbff::1"),
    *("fc00::", "fc00::1", "fd00::1", "fd00:ec2::254", "fd20:ce::254", "fd12:3456:789a:1::1", "fdff:ffff::1"),
    *("fe00::1", "fe80::", "fe80::1", "fe80::5efe:127.0.0.1", "febf::1"),
    *("fec0::1", "feff::1"),
    *("2606:4700:4700::1111%eth0",),
    *("ff00::", "ff01::1", "ff02::1", "ff05::1:3", "ff0e::1", "ffff::1"),
)

INTERNAL = (*INTERNAL_V4, *INTERNAL_V6)

DISGUISED_HOSTS = (
    *("2130706433", "0x7f000001", "0x7F000001", "017700000001", "0x7f.0.0.1", "0177.0.0.1", "127.1", "127.0.1"),
    *("0x7f.1", "0177.1", "00000177.0.0.1", "127.0.0.01", "127.000.000.001", "127.0x0.0.1", "0x7f.0x0.0x0.0x1"),
    *("0", "0x0", "00", "0.0", "0x", "1", "127.0.0.1.5", "127.0.0.256", "1.2.3.4.5", "256.256.256.256"),
    *("3232235777", "0xc0a80101", "030052000401", "192.168.257", "192.11010305", "10.1", "012.1", "0xa.1", "167772161"),
    *("2852039166", "0xa9fea9fe", "025177524776", "169.254.43518", "0xa9.0xfe.0xa9.0xfe", "0251.0376.0251.0376"),
    *(
        "4294967295",
        "4294967296",
        "18446744073709551617",
        "99999999999999999999",
        "134744072",
        "0x08080808",
        "8.8.2056",
    ),
    *("2130706433.", "127.1.", "0x7f.1.", "example.1", "example.0x7f", "internal.127", "localhost.1"),
)
"""Spellings that some reader takes for an IPv4 address."""

LOOKALIKE_HOSTS = (
    *("１２７.0.0.1", "１２７．０．０．１", "127。0。0。1", "①②⑦.⓪.⓪.①", "１２７.１", "０x7f.1", "𝟏𝟐𝟕.𝟎.𝟎.𝟏"),
    *("127.0.0.1.", "10.0.0.5.", "169.254.169.254."),
)
"""Spellings that turn into an internal address when the name is prepared for look-up."""

BROKEN_LINKS = (
    *("", " ", "http://", "http:///", "http:///feed", "//10.0.0.5/", "/feed", "feed.xml", "10.0.0.5", "10.0.0.5:80"),
    *(
        "http:10.0.0.5/",
        "http:/10.0.0.5/",
        "https:127.0.0.1",
        "http:\\\\127.0.0.1\\",
        "http://127.0.0.1\\@example.com/",
    ),
    *(
        "http://example.com\\@127.0.0.1/",
        "http://[::1",
        "http://::1/",
        "http://[::1]extra/",
        "http://[]/",
        "http://[::1%25lo]/",
    ),
    *("http://[fe80::1%25eth0]/", "http://[fe80::1%eth0]/", "http://[2606:4700::1111%25eth0]/", "http://[v1.fe80]/"),
    *("http://[127.0.0.1]/", "http://[::ffff:127.0.0.1/", "http://127%2e0%2e0%2e1/", "http://%31%32%37.0.0.1/"),
    *(
        "http://example.com%00.internal/",
        "http://example.com\x00.internal/",
        "http://exa\tmple.com/",
        "http://exa\nmple.com/",
    ),
    *("http://example.com/\r\nHost: internal", "http://example.com /", "http://ex ample.com/", "http://.example.com/"),
    *("http://example..com/", "http://example.com../", "http://../", "http://./", "http://*/", "http://exam$ple.com/"),
    *("http://" + "a" * 64 + ".example/", "http://" + "a." * 130 + "example/", "http://example.com/" + "a" * 5000),
    *("http://user@example.com/", "http://user:secret@example.com/", "http://@example.com/", "http://:@example.com/"),
    *("http://example.com@10.0.0.5/", "http://127.0.0.1@example.com/", "http://a@b@example.com/"),
    *("http://example.com:0/", "http://example.com:99999/", "http://example.com:-1/", "http://example.com:80:80/"),
    *("http://example.com:port/", "http://example.com:22/", "http://example.com:25/", "http://example.com:6379/"),
    *("http://example.com:11211/", "http://example.com:6667/", "https://example.com:23/", "http://93.184.216.34:22/"),
    *(
        "file:///etc/passwd",
        "ftp://example.com/feed",
        "gopher://127.0.0.1:6379/_x",
        "data:text/xml,<rss/>",
        "javascript:0",
    ),
    *(
        "dict://127.0.0.1:11211/",
        "ldap://127.0.0.1/",
        "jar:http://127.0.0.1!/",
        "feed://example.com/",
        "ws://127.0.0.1/",
    ),
    *(
        "view-source:http://127.0.0.1/",
        "blob:http://127.0.0.1/x",
        "unix:/var/run/docker.sock",
        "http+unix://%2fvar%2frun/",
    ),
)
"""Links that are no links, or that two readers could understand differently."""


def in_link(address: str) -> str:
    """An address as the host of a link."""
    return f"http://[{address}]/feed" if ":" in address else f"http://{address}/feed"


ATTACKS = (
    *map(in_link, INTERNAL),
    *(f"http://{host}/feed" for host in (*DISGUISED_HOSTS, *LOOKALIKE_HOSTS)),
    *BROKEN_LINKS,
    *("http://localhost/", "http://LOCALHOST/", "http://localhost./", "http://metadata.google.internal/"),
    *(
        "http://localtest.me/",
        "http://127.0.0.1.nip.io/",
        "https://intranet/",
        "http://ⓛocalhost/",
        "http://a_b.internal/",
    ),
)
"""Links of every kind; the names among them lead to `NAMES`."""

NAMES = {
    "localhost": ("127.0.0.1", "::1"),
    "metadata.google.internal": ("169.254.169.254",),
    "localtest.me": ("127.0.0.1",),
    "127.0.0.1.nip.io": ("127.0.0.1",),
    "intranet": ("10.1.2.3",),
    "a_b.internal": ("fd12::1",),
}

PUBLIC_V4 = (
    *("1.0.0.1", "1.1.1.1", "8.8.8.8", "9.9.9.9", "11.0.0.1", "93.184.216.34", "100.63.255.255", "100.128.0.1"),
    *("126.255.255.255", "128.0.0.1", "151.101.1.69", "169.253.255.255", "169.255.0.1", "172.15.255.255", "172.32.0.1"),
    *("191.255.255.255", "192.0.1.1", "192.0.3.1", "192.167.255.255", "192.169.0.1", "198.17.255.255", "198.20.0.1"),
    *("203.0.112.255", "203.0.114.1", "223.255.255.255"),
)
PUBLIC_V6 = (
    *("2001:200::1", "2001:4860:4860::8888", "2001:db7:ffff::1", "2001:db9::1", "2003::1", "2400:cb00::1"),
    *("2600::1", "2606:4700:4700::1111", "2620:fe::fe", "2a00:1450:4001:830::200e", "2a04:4e42::81", "2c0f:f248::1"),
)
PUBLIC = (*PUBLIC_V4, *PUBLIC_V6)

PUBLIC_LINKS = {
    "http://example.com": "http://example.com",
    "HTTPS://Example.COM/Feed.XML?b=2&a=1#top": "https://example.com/Feed.XML?b=2&a=1",
    "http://example.com:80/feed": "http://example.com/feed",
    "https://example.com:443/feed": "https://example.com/feed",
    "https://example.com:8443/feed": "https://example.com:8443/feed",
    "http://example.com:8080/feed": "http://example.com:8080/feed",
    "https://example.com./feed": "https://example.com/feed",
    "https://münchen.example/feed": "https://xn--mnchen-3ya.example/feed",
    "https://пример.example/лента": "https://xn--e1afmkfd.example/%D0%BB%D0%B5%D0%BD%D1%82%D0%B0",
    "https://xn--mnchen-3ya.example/": "https://xn--mnchen-3ya.example/",
    "https://a-.b_c.example/": "https://a-.b_c.example/",
    "https://3com.example/": "https://3com.example/",
    "https://1.2.3.4.example/": "https://1.2.3.4.example/",
    "https://0x7f.example/": "https://0x7f.example/",
    "https://example.com/a%2Fb/%40me?q=%2B": "https://example.com/a%2Fb/@me?q=%2B",
    "https://example.com/@me": "https://example.com/@me",
    "https://example.com/?to=http://10.0.0.5/": "https://example.com/?to=http://10.0.0.5/",
    " https://example.com/feed ": "https://example.com/feed",
    "http://[2606:4700:4700::1111]/": "http://[2606:4700:4700::1111]/",
    "http://1.1.1.1/": "http://1.1.1.1/",
}
"""Links that are followed, and how they are asked for."""
