"""Words that want to be more than words on Slack: to ring somebody, to lead somewhere, to look like ours, to break out.

Each is tried in every place that words of others can reach.
"""

from typing import Final

RINGING: Final = (
    *("<!channel>", "<!here>", "<!everyone>", "<!group>", "<!channel|all>", "<!here|@here>", "<! channel>"),
    *("<!subteam^S0KEEPERS>", "<!subteam^S0KEEPERS|@keepers>", "<@U00000001>", "<@U00000004|mira>", "<@W00000001>"),
    *("@channel", "@here @everyone", "\uff20channel", "@Mira", "<#C00000001>", "<#C00000001|general>"),
    *("&lt;!channel&gt;", "&#60;!channel&#62;", "&amp;lt;!here&amp;gt;", "<<!channel>>", "<\u200b!channel>"),
    *("<!chan\u00adnel>", "<\u202e!channel>", "\\<!channel>", "\\\\<@U00000001>", "<!chan\nnel>", "<!channel"),
    *("<!date^1795136700^{date}|<!channel>>", "<!date^1^{date}^https://evil.example|now>", "`<!channel>` <!here>"),
    *("%3C!channel%3E", "\\u003c!channel\\u003e", "\uff1c!channel\uff1e"),
)
"""They would tell somebody."""
LEADING: Final = (
    *("<https://evil.example>", "<https://evil.example|our bank>", "<https://evil.example|https://bank.example>"),
    *(
        "[our bank](https://evil.example)",
        "[https://bank.example](https://evil.example)",
        "[x]( https://evil.example )",
    ),
    *("![x](https://evil.example/p.png)", "https://evil.example/a?b=c&d", "HTTPS://EVIL.EXAMPLE", "www.evil.example"),
    *("evil.example/login", "mailto:a@evil.example", "<mailto:a@evil.example|write>", "a@evil.example", "<tel:1|call>"),
    *("slack://channel?team=T1&id=C1", "javascript:alert(1)", "<javascript:alert(1)|x>", "[x](javascript:alert(1))"),
    *(
        "[x][1]\n\n[1]: https://evil.example",
        "<https://evil.example",
        "https://evil.example|x>",
        "](https://evil.example)",
    ),
    *("[a](<https://evil.example>)", '<a href="https://evil.example">x</a>', "<img src=https://evil.example/p.png>"),
    *("https:\u200b//evil.example", "\uff48ttps://evil.example", "<evil.example>", "ftp://evil.example/x"),
    *("https://bank.example@evil.example/", "[1](https://evil.example)", "\\[x](https://evil.example)", "[9]"),
)
"""They would lead somewhere."""
SEEMING: Final = (
    *(
        "*bold* _sloped_ ~gone~",
        "`code` ```fence",
        "> said",
        ">>> said",
        "&gt; said",
        "# Counterpoint",
        "- a\n- b\n1. c",
    ),
    *("| a | b |\n|---|---|\n| c | d |", ":tada: :x: :white_check_mark:", "\u202edlog rof syap\u202c", "---\n***"),
    *("ze\u200bro \ufeffwidth \U000e0041", "\x00\x1b[31m\x7f\r\n\u2028\u2029\x85", "a & b < c > d &amp; &", "&"),
    *('"}}]},{"type":"section"}', '{"type":"mrkdwn","text":"<!here>"}', "b1:stop:e", "{ $name } {title} %s {0}"),
    *("sources 2", "Only you see this.", "x" * 3000, "\U0001f642" * 500, " ", "\u2066*Counterpoint*\u2069: pay"),
)
"""They would look like ours, or break what is around them."""
ALL: Final = (*RINGING, *LEADING, *SEEMING)
