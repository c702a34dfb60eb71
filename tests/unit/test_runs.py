"""What becomes of runs of text on every platform, whatever its markup."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.wire.runs import in_link, led_to, merged, one_line, plain, rows, styled
from bot.domain.document import Run

TEXT = st.text(alphabet="ab *[]1\n\t\u200b\u2028", max_size=12)


@pytest.mark.parametrize(
    ("url", "led"),
    [
        ("https://a.example/x?y=z&w#t=1", "https://a.example/x?y=z&w#t=1"),
        ("https://a.example/a b(c)<d>\"'`|*[x]\\", "https://a.example/a%20b%28c%29%3Cd%3E%22'%60%7C%2A%5Bx%5D%5C"),
        ("https://a.example/%28x%29", "https://a.example/%28x%29"),
        ("https://a.example/щ\u202e", "https://a.example/%D1%89"),
        ("javascript:alert(1)", None),
        ("discord://x", None),
        ("//a.example", None),
        ("https://", None),
        ("https://[x", None),
        ("", None),
    ],
)
def test_an_address_cannot_end_its_link(url, led):
    """What is no web address is no link."""
    assert led_to(url) == led


@given(
    st.lists(st.tuples(TEXT, st.sampled_from(["plain", "bold"]), st.sampled_from([None, "x:", "https://a.example"])))
)
def test_neighbours_of_one_style_are_one_and_nothing_is_lost(parts):
    """What leads nowhere is no link, and joins its neighbours; what nobody sees is gone."""
    found = list(merged([Run(text, style, url=url) for text, style, url in parts], led_to))
    assert plain("".join(run.text for run in found)) == plain("".join(text for text, _, _ in parts).replace("\t", " "))
    assert all(run.text and "\u200b" not in run.text and run.url in {None, "https://a.example"} for run in found)
    unlinked = [(a, b) for a, b in pairwise(found) if not a.url and not b.url]
    assert all(a.style != b.style for a, b in unlinked)


def test_lines_and_the_text_of_a_link():
    """Only a number of ours keeps its brackets; marks stand next to words."""
    assert one_line("a \n\n b\u2028c") == "a b c"
    assert rows(" a \n\n b\x85") == ["a", "b"]
    assert in_link("[3] see [9]\nthere ") == ("[3]", " see (9) there")
    assert in_link(" [x] ") == ("", "(x)")
    assert styled(" a\nb ", "**") == " **a b** "
    assert styled("  ", "**") == "  "
    assert styled("a", "") == "a"


@pytest.mark.parametrize(
    ("text", "url", "linked", "beside"),
    [
        ("[3] Nobody at the wheel", "https://ada.example/1", "[3] Nobody at the wheel", ""),
        ("[3] Pay at bank.example", "https://evil.example/1", "[3]", " Pay at bank.example"),
        ("Pay at https://bank.test/x", "https://evil.example/1", "↗", "Pay at https://bank.test/x "),
        ("[1]www.bank", "https://evil.example", "[1]", " www.bank"),
        ("mail@bank.com", "https://evil.example", "↗", "mail@bank.com "),
        ("bank\u3002com", "https://evil.example", "↗", "bank\u3002com "),
        ("\uff42ank.com", "https://evil.example", "↗", "\uff42ank.com "),
        ("BANK.XN--P1AI", "https://evil.example", "↗", "BANK.XN--P1AI "),
        ("[2] ada.example", "https://www.ada.example/x", "[2] ada.example", ""),
        ("[2] ada.example", "https://blog.ada.example/x", "[2] ada.example", ""),
        ("[2] blog.ada.example", "https://ada.example/x", "[2]", " blog.ada.example"),
        ("[2] Version 2.0 of J.R. and e.g. this", "https://ada.example", "[2] Version 2.0 of J.R. and e.g. this", ""),
    ],
)
def test_a_link_says_no_other_site_than_it_leads_to(text, url, linked, beside):
    """Its words are words beside it then: people press what they read."""
    found = list(merged([Run(text, url=url)], led_to))
    assert [run.text for run in found if run.url] == [linked]
    assert "".join(run.text for run in found if not run.url) == beside
