"""Heads of WARC records: those that are written as nearly all are, and all others."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crawler.archive.warc_head import HeadError, parse_head, plain_head, read_head

PLAIN = b"WARC/1.1\r\nWARC-Type: response\r\nContent-Length: 5\r\nX-Any: y\r\nWARC-Target-URI: a: b\r\n\r\n"
REPEATED = b"WARC/1.1\r\nWARC-Type: Response\r\ncontent-length: 5\r\nContent-Length: 7\r\nWARC-Target-URI: a: b\r\n\r\n"
ASKED = ("WARC-Type", "Content-Length", "WARC-Record-ID", "WARC-Concurrent-To", "WARC-Target-URI", "Content-Type")
NAMES = st.sampled_from([*ASKED, "warc-type", "Warc-Record-ID", "X", "X: Y", "X ", " X", ""])
VALUES = st.text(st.sampled_from("ab: \t\x0b\xa0é\rL"), max_size=8) | st.sampled_from(["<urn:a>", "response", "12"])


def test_fields_are_found_by_name_in_any_case_and_the_first_of_a_name_counts() -> None:
    head = parse_head(REPEATED + b"WARC-Date: 2020\r\n\r\n")
    assert head.type == "response"
    assert head.content_length == 5
    assert head.get_all("CONTENT-LENGTH") == ("5", "7")
    assert head.url == "a: b"
    assert head.get("a") is None
    assert head.get("WARC-Date") is None
    assert head.fields == (
        ("WARC-Type", "Response"), ("content-length", "5"), ("Content-Length", "7"), ("WARC-Target-URI", "a: b"),
    )  # fmt: skip


def test_a_head_as_nearly_all_are_is_read_at_once() -> None:
    head = plain_head(PLAIN + b"the block")
    assert head is not None
    assert (head.raw, head.type, head.content_length, head.url) == (PLAIN, "response", 5, "a: b")
    assert (head.get("x-any"), head.get("WARC-Date")) == ("y", None)


@given(st.lists(st.tuples(NAMES, st.sampled_from([":", ": ", ":  ", ""]), VALUES, st.sampled_from(["\r\n", "\n"]))))
@example([("WARC-Type", ": ", "a", "\r\n"), ("X", ": ", "", "\r\n")])
@example(
    [("WARC-Record-ID", ": ", "<urn:a>", "\r\n"), ("Content-Length", ": ", "12", "\r\n"), ("X", ": ", "a b", "\r\n")]
)
@example([("WARC-Concurrent-To", ": ", "<a>\rL <b>", "\r\n"), ("WARC-Target-URI", ": ", "L\x0b: a", "\r\n")])
def test_a_head_that_can_be_read_at_once_says_what_it_says_read_line_by_line(
    lines: list[tuple[str, str, str, str]],
) -> None:
    raw = b"WARC/1.0\r\n" + "".join(map("".join, lines)).encode() + b"\r\n"
    plain = plain_head(raw)
    if plain is None:
        return
    slowly = read_head(plain.raw)
    assert raw.startswith(plain.raw)
    assert parse_head(raw).fields == plain.fields == slowly.fields
    assert (plain.type, plain.id, plain.concurrent_to) == (slowly.type, slowly.id, slowly.concurrent_to)
    for name in (*(name for name, _ in plain.fields), *ASKED):
        assert plain.get(name) == slowly.get(name)
        assert plain.get_all(name) == slowly.get_all(name)


@pytest.mark.parametrize(
    "raw",
    [
        PLAIN.replace(b"\r\n", b"\n"),
        PLAIN.replace(b"WARC/1.1", b"WARC/1.10"),
        PLAIN.replace(b": a", b":\ta"),
        PLAIN.replace(b"a: b", b"a:\r\n b"),
        PLAIN.replace(b"WARC-Type", b"WARC-Type "),
        PLAIN.replace(b"\r\n\r\n", b"\r\nno field\r\n\r\n"),
    ],
    ids=["line ends", "version", "tab", "folded", "space before the colon", "no colon"],
)
def test_other_heads_say_the_same(raw: bytes) -> None:
    assert plain_head(raw) is None
    assert parse_head(raw).fields == parse_head(PLAIN).fields


@pytest.mark.parametrize("name", ["WARC-Type", "Content-Length", "WARC-Target-URI"])
def test_of_a_repeated_field_the_first_counts_however_it_is_spelled(name: str) -> None:
    value = PLAIN.partition(f"{name}: ".encode())[2].partition(b"\r\n")[0]
    for again in (name, name.lower()):
        raw = PLAIN.replace(b"\r\n\r\n", f"\r\n{again}: other\r\n\r\n".encode())
        assert plain_head(raw) is None
        assert parse_head(raw).get(name) == value.decode()


@pytest.mark.parametrize("raw", [b"WARC/1.1\r\n", b"HTTP/1.1 200 OK\r\n\r\n", PLAIN[:-2]])
def test_what_does_not_end_or_begin_as_a_head_is_no_plain_one(raw: bytes) -> None:
    assert plain_head(raw) is None


def test_a_head_has_a_version_line() -> None:
    with pytest.raises(HeadError, match="no WARC version line"):
        parse_head(b"HTTP/1.1 200 OK\r\n\r\n")
