"""Feeds that a web page names."""

from selectolax.lexbor import LexborHTMLParser

from adapters.wire.markup import absolute, line

_TYPES = ("rss", "atom", "feed+json", "rdf")
_LESSER = ("comment", "category", "tag/", "/author/", "podcast")


def linked_feeds(page: str, base: str) -> list[str]:
    """Addresses of the feeds in `<link rel="alternate">`, the best first: all posts before comments and parts."""
    tree = LexborHTMLParser(page[:1_000_000])
    ranked: list[tuple[int, int, str]] = []
    for number, node in enumerate(tree.css("link[href]")[:500]):
        attributes = node.attributes
        relations = (attributes.get("rel") or "").lower().split()
        kind = (attributes.get("type") or "").lower()
        if "alternate" not in relations or not any(word in kind for word in _TYPES):
            continue
        if address := absolute(base, attributes.get("href") or ""):
            words = f"{line(attributes.get('title') or '')} {address}".lower()
            ranked.append((sum(word in words for word in _LESSER), number, address))
    return list(dict.fromkeys(address for _, _, address in sorted(ranked)))
