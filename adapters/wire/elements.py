"""The elements of HTML by what they do to a text, and the marks that stand for it while the text is read."""

PARAGRAPH, LINE = "\x02", "\x03"
"""Marks where a paragraph or a line begins or ends."""

INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "audio",
        "b",
        "bdi",
        "bdo",
        "big",
        "button",
        "canvas",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "embed",
        "font",
        "form",
        "head",
        "i",
        "iframe",
        "img",
        "input",
        "ins",
        "kbd",
        "label",
        "link",
        "mark",
        "math",
        "meta",
        "noscript",
        "object",
        "q",
        "s",
        "samp",
        "script",
        "select",
        "small",
        "source",
        "span",
        "strike",
        "strong",
        "style",
        "sub",
        "sup",
        "svg",
        "template",
        "textarea",
        "time",
        "title",
        "tt",
        "u",
        "var",
        "video",
        "wbr",
    ]
)
BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "details",
        "div",
        "dl",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "thead",
        "ul",
    ]
)
STARTS = frozenset(["br", "li", "dt", "dd"])
"""They begin a line."""
CELLS = frozenset(["td", "th", "tr", "caption"])
UNSEEN = frozenset(
    [
        "script",
        "style",
        "nav",
        "head",
        "title",
        "template",
        "noscript",
        "noframes",
        "noembed",
        "iframe",
        "object",
        "svg",
        "form",
        "button",
        "select",
        "textarea",
        "audio",
        "video",
        "canvas",
        "annotation",
    ]
)
"""What readers do not see, or what is no part of the text."""
KNOWN = INLINE | BLOCKS | STARTS | CELLS | {"!--"}
_HIDING_STYLES = ("display:none", "visibility:hidden", "font-size:0;", "font-size:0px")


def hiding(style: str) -> bool:
    """Whether a `style` takes its element out of sight."""
    style = "".join(style.lower().split()) + ";"
    return any(each in style for each in _HIDING_STYLES)
