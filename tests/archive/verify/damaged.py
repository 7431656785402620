"""The corpus of damaged and odd WARC files: each with its bytes and everything that is wrong with it."""

from __future__ import annotations

import gzip
import re
import zlib

from tests.archive.verify.build import (
    CHUNKED,
    DATE,
    GET,
    IDENTICAL,
    INFO,
    MESSAGE,
    PAGE,
    URL,
    exchange,
    members,
    record,
    sha1,
    sha256,
    sound,
    uuid,
    warcinfo,
)

Case = tuple[bytes, set[str]]
GOOD = sound()
PACKED = members(GOOD)
LOST = {"request-unpaired", "concurrent-missing"}
"""What is left of an exchange whose response can't be read."""
_HELLO = sha1(b"Hello")
_ASK, _ANSWER = exchange()
_LAST = len(members(GOOD[:-1]))
"""Where the last member of ``PACKED`` begins."""
_OLDER, _OLD = exchange(40, WARC_Date="2026-02-01T00:00:00Z")


def _response(block: bytes = PAGE, **fields: object) -> bytes:
    return record("response", block, **fields)


def _asked(number: int) -> bytes:
    """A request to which no response came."""
    return record(
        "request", GET, WARC_Record_ID=uuid(number), WARC_Target_URI=f"{URL}/none", WARC_Block_Digest=sha256(GET)
    )


def _one(raw: bytes) -> bytes:
    return warcinfo() + raw


def _revisit(number: int = 5, block: bytes = b"", **fields: object) -> bytes:
    said = {
        "WARC_Record_ID": uuid(number), "WARC_Profile": IDENTICAL, "WARC_Payload_Digest": sha256(b"Hello"),
        "WARC_Refers_To": uuid(10), "WARC_Refers_To_Target_URI": URL, "WARC_Refers_To_Date": DATE,
        "Content_Type": None,
    } | fields  # fmt: skip
    return record("revisit", block, **said)


def _split(*numbers: int, said: int = len(PAGE)) -> bytes:
    """Some segments of a response in three; the third says how long all of them are."""
    parts = {1: PAGE[:20], 2: PAGE[20:30], 3: PAGE[30:]}
    records = [
        record(
            "continuation",
            parts[number],
            WARC_Record_ID=uuid(10 + place),
            WARC_Segment_Number=number,
            WARC_Segment_Origin_ID=uuid(1),
            WARC_Segment_Total_Length=said if number == 3 else None,
        )
        for place, number in enumerate(numbers)
        if number > 1
    ]
    return _one(_response(parts[1], WARC_Segment_Number=1) + b"".join(records))


def _stored(raw: bytes, flags: int = 0, extra: bytes = b"") -> bytes:
    """A gzip member with a header of our own making."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = packer.compress(raw) + packer.flush()
    trailer = zlib.crc32(raw).to_bytes(4, "little") + len(raw).to_bytes(4, "little")
    return b"\x1f\x8b\x08" + bytes([flags]) + b"\0\0\0\0\0\xff" + extra + body + trailer


def _relong(raw: bytes, by: int) -> bytes:
    """A record whose Content-Length is wrong."""
    return re.sub(rb"(?<=\r\nContent-Length: )\d+", lambda said: b"%d" % (int(said[0]) + by), raw, count=1)


def _flip(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1 :]


_NAMED = b"\x1f\x8b\x08\x0a\0\0\0\0\0\xffa.warc\0"
"""A gzip header with a file name and a check sum of itself."""

WARCS: dict[str, Case] = {
    # sound, in the various shapes there are
    "sound": (b"".join(GOOD), set()),
    "sound-gzip": (PACKED, set()),
    "header-name-and-crc": (
        _stored(b"".join(GOOD[:1]), 0x0A, b"a.warc\0" + (zlib.crc32(_NAMED) & 0xFFFF).to_bytes(2, "little"))
        + members(GOOD[1:]),
        set(),
    ),
    "header-extra-and-comment": (_stored(GOOD[0], 0x14, b"\x04\0abcdthis\0") + members(GOOD[1:]), set()),
    "date-1.1-precise": (_one(_response(WARC_Date="2026-03-01T09:30:00.123456789Z")), {"requests-absent"}),
    "date-1.1-coarse": (_one(_response(WARC_Date="2026-03")), {"requests-absent"}),
    "target-brackets-1.0": (
        _one(_response(version="WARC/1.0", WARC_Target_URI=f"<{URL}>")),
        {"requests-absent"},
    ),
    "lower-case": (
        warcinfo() + _response().replace(b"WARC/1.1\r\nWARC-Type: response", b"warc/1.1\r\nwarc-type: RESPONSE"),
        {"letter-case", "requests-absent"},
    ),
    "utf-8": (_one(_response(WARC_Filename=None, X_Note="Grüße")), {"field-unknown", "requests-absent"}),
    "folded": (_one(_response(X_Note="a\r\n\tb")), {"field-unknown", "head-folded", "requests-absent"}),
    "concurrent-twice": (
        b"".join(
            [*GOOD[:3], record("metadata", INFO, WARC_Record_ID=uuid(7), WARC_Concurrent_To=[uuid(10), uuid(11)])]
        ),
        set(),
    ),
    "chunked": (_one(_response(CHUNKED, WARC_Payload_Digest=_HELLO)), {"requests-absent"}),
    "content-coded": (
        _one(
            _response(
                b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(b"Hello", mtime=0),
                WARC_Payload_Digest=sha1(gzip.compress(b"Hello", mtime=0)),
            )
        ),
        {"requests-absent"},
    ),
    "md5-and-sha512": (
        _one(_response(WARC_Payload_Digest="md5:8b1a9953c4611296a827abf8c47804d7", WARC_Block_Digest=sha256(PAGE))),
        {"requests-absent"},
    ),
    "conversion": (
        _one(record("conversion", b"Hello", WARC_Record_ID=uuid(3), WARC_Refers_To=uuid(99))),
        {"reference-elsewhere"},
    ),
    "segments": (
        _one(
            _response(PAGE[:20], WARC_Segment_Number=1, WARC_Payload_Digest=_HELLO)
            + record(
                "continuation",
                PAGE[20:],
                WARC_Record_ID=uuid(2),
                WARC_Segment_Number=2,
                WARC_Segment_Origin_ID=uuid(1),
                WARC_Segment_Total_Length=len(PAGE),
            )
        ),
        {"http-head-open", "payload-segmented", "requests-absent"},
    ),
    "segment-gone": (_split(1, 3), {"http-head-open", "segment-missing", "requests-absent"}),
    "last-segment-gone": (_split(1, 2), {"http-head-open", "segment-missing", "requests-absent"}),
    "segment-twice": (_split(1, 2, 2, 3), {"http-head-open", "segment-twice", "requests-absent"}),
    "segments-short": (_split(1, 2, 3, said=64), {"http-head-open", "segment-length", "requests-absent"}),
    "segments-sound": (_split(1, 2, 3), {"http-head-open", "requests-absent"}),
    "first-segment-alone": (_split(1), {"http-head-open", "requests-absent"}),
    "revisit": (b"".join((*GOOD[:1], _ASK, _ANSWER, _revisit())), set()),
    "hidden-in-a-page": (_one(_response(b"HTTP/1.1 200 OK\r\n\r\n\r\nWARC/1.1\r\nWARC-Type: x")), {"requests-absent"}),
    # the file as a whole
    "empty": (b"", {"file-empty"}),
    "arc": (b"filedesc://x.arc 0.0.0.0 20080430204825 text/plain 76\n1 0 InternetArchive\n", {"arc-file"}),
    "arc-packed": (gzip.compress(b"filedesc://x.arc 0.0.0.0 20080430204825 text/plain 76\n", mtime=0), {"arc-file"}),
    "not-a-warc": (b"<html>", {"record-lost", "no-records"}),
    "no-warcinfo": (_ASK + _ANSWER, {"warcinfo-absent", "warcinfo-missing"}),
    "misnamed": (warcinfo(WARC_Filename="other.warc"), {"file-name"}),
    # gzip
    "gzip-whole-file": (gzip.compress(b"".join(GOOD), mtime=0), {"gzip-member-records"}),
    "gzip-split-record": (
        members(GOOD[:-1]) + members([GOOD[-1][:-20], GOOD[-1][-20:]]),
        {"gzip-record-split"},
    ),
    "gzip-empty-member": (members([GOOD[0], b"", *GOOD[1:]]), {"gzip-empty-member"}),
    "gzip-split-head": (
        members(GOOD[:-1]) + members([GOOD[-1][:99], GOOD[-1][99:]]),
        LOST | {"head-incomplete", "record-lost"},
    ),
    "gzip-trailing": (PACKED + b"more", {"gzip-trailing"}),
    "gzip-zeros-behind": (PACKED + b"\0" * 512, {"gzip-trailing"}),
    "gzip-junk": (PACKED[:_LAST] + b"junk" + PACKED[_LAST:], {"gzip-junk"}),
    "gzip-method": (_flip(PACKED, _LAST + 2), LOST | {"gzip-header"}),
    "gzip-reserved": (PACKED[:_LAST] + _stored(GOOD[-1], 0x80), LOST | {"gzip-header"}),
    "gzip-header-crc": (PACKED[:_LAST] + _stored(GOOD[-1], 0x02, b"ab"), LOST | {"gzip-header-crc"}),
    "gzip-header-name-open": (
        PACKED[:_LAST] + b"\x1f\x8b\x08\x08\0\0\0\0\0\xffname",
        LOST | {"gzip-header"},
    ),
    "gzip-deflate": (PACKED[: _LAST + 10] + b"\xff" * 9 + PACKED[_LAST + 19 :], LOST | {"gzip-deflate"}),
    "gzip-crc": (_flip(PACKED, len(PACKED) - 6), {"gzip-crc"}),
    "gzip-size": (_flip(PACKED, len(PACKED) - 2), {"gzip-size"}),
    "gzip-cut-member": (PACKED[:-30], {"gzip-truncated"}),
    "gzip-cut-trailer": (PACKED[:-3], {"gzip-truncated"}),
    "gzip-cut-header": (PACKED[: _LAST + 5], LOST | {"gzip-truncated"}),
    "gzip-cut-record": (PACKED[:_LAST], LOST),
    # where records begin and end
    "blank-line-before": (GOOD[0] + b"\r\n" + b"".join(GOOD[1:]), {"record-blank-lines"}),
    "blank-lines-behind": (b"".join(GOOD) + b"\r\n", {"record-blank-lines"}),
    "end-missing": (GOOD[0][:-4] + b"".join(GOOD[1:]), {"record-end"}),
    "end-lf": (GOOD[0][:-4] + b"\n\n" + b"".join(GOOD[1:]), {"record-end"}),
    "end-of-file-missing": (b"".join(GOOD)[:-4], {"record-end"}),
    "length-too-long": (
        b"".join((GOOD[0], _relong(GOOD[1], 50), *GOOD[2:])),
        {"block-length", "block-digest"},
    ),
    "length-too-short": (
        b"".join((*GOOD[:4], _relong(GOOD[4], -5))),
        {"block-length", "block-digest", "payload-digest", "http-length"},
    ),
    "length-past-the-end": (
        b"".join((*GOOD[:4], _relong(GOOD[4], 900))),
        {"block-short"},
    ),
    "gzip-length-past-the-end": (
        members((*GOOD[:2], _relong(GOOD[2], 900), *GOOD[3:])),
        {"block-short"},
    ),
    "length-missing": (_one(_response(Content_Length=None)), {"field-missing", "block-unbounded"}),
    "cut-in-block": (b"".join(GOOD)[:-20], {"block-short"}),
    "cut-in-head": (b"".join(GOOD[:3]) + GOOD[3][:60], {"head-incomplete"}),
    "garbage-between": (GOOD[0] + b"garbage" + b"".join(GOOD[1:]), {"record-lost"}),
    "block-and-end-gone": (
        b"".join((*GOOD[:3], GOOD[3].partition(b"\r\n\r\n")[0] + b"\r\n", GOOD[4])),
        {"head-incomplete", "response-unpaired"},
    ),
    "garbage-first": (b"garbage\r\n" + b"".join(GOOD), {"record-lost"}),
    "head-too-long": (GOOD[0] + b"WARC/1.1\r\nX: " + b"x" * (5 << 20), {"head-long"}),
    # heads
    "version-0.18": (warcinfo(version="WARC/0.18"), {"version-draft"}),
    "version-2.0": (warcinfo(version="WARC/2.0"), {"version-unknown"}),
    "version-01.0": (warcinfo(version="WARC/01.0"), {"version-unknown"}),
    "version-1": (warcinfo(version="WARC/1"), {"version-syntax"}),
    "version-1.0.0": (warcinfo(version="WARC/1.0.0"), {"version-syntax"}),
    "version-blank": (warcinfo(version="WARC/1.1 "), {"version-syntax"}),
    "version-letters": (warcinfo(version="WARC/x.y"), {"version-syntax"}),
    "lf-heads": (warcinfo().replace(b"\r\n", b"\n", 5), {"head-line-end"}),
    "no-colon": (warcinfo(X="y").replace(b"X: y", b"X y"), {"head-line"}),
    "space-before-colon": (warcinfo(X="y").replace(b"X: y", b"X : y"), {"head-name", "field-unknown"}),
    "continued-first": (warcinfo().replace(b"WARC-Type", b" x\r\nWARC-Type", 1), {"head-line"}),
    "latin-1": (warcinfo(X="Gr\udcfc\udcdfe"), {"head-encoding", "field-unknown"}),
    "control-character": (warcinfo(X="a\x01b"), {"head-control", "field-unknown"}),
    # fields by record type
    "no-id": (_one(_response(WARC_Record_ID=None)), {"field-missing", "requests-absent"}),
    "no-date": (_one(_response(WARC_Date=None)), {"field-missing", "requests-absent"}),
    "no-type": (_one(_response(WARC_Type=None)), {"field-missing"}),
    "no-target": (_one(_response(WARC_Target_URI=None)), {"field-missing"}),
    "no-profile": (_one(_revisit(WARC_Profile=None)), {"field-missing", "requests-absent", "refers-to-missing"}),
    "no-digest-in-revisit": (
        _one(_revisit(WARC_Payload_Digest=None)),
        {"field-missing", "requests-absent", "refers-to-missing"},
    ),
    "lonely-continuation": (_one(record("continuation", b"x", WARC_Target_URI=None)), {"field-missing"}),
    "duplicate-date": (warcinfo(WARC_Date=[DATE, DATE]), {"field-duplicate"}),
    "empty-address": (_one(_response(WARC_IP_Address="")), {"field-empty", "requests-absent"}),
    "filename-in-response": (_one(_response(WARC_Filename="x")), {"field-forbidden", "requests-absent"}),
    "target-in-warcinfo": (warcinfo(WARC_Target_URI=URL), {"field-forbidden"}),
    "address-in-warcinfo": (warcinfo(WARC_IP_Address="192.0.2.1"), {"field-forbidden"}),
    "refers-to-in-response": (_one(_response(WARC_Refers_To=uuid(0))), {"field-forbidden", "requests-absent"}),
    "content-type-in-continuation": (
        _one(
            _response()
            + record(
                "continuation",
                b"x",
                WARC_Record_ID=uuid(2),
                WARC_Segment_Number=2,
                WARC_Segment_Origin_ID=uuid(1),
                Content_Type="text/plain",
            )
        ),
        {"field-forbidden", "requests-absent"},
    ),
    "misspelt": (
        _one(_response(WARC_Paylaod_Digest="x", WARC_Dato="x")),
        {"field-misspelt", "field-unknown", "requests-absent"},
    ),
    "no-content-type": (_one(_response(Content_Type=None)), {"content-type-missing", "requests-absent"}),
    "warcinfo-content-type": (warcinfo(Content_Type="application/octet"), {"content-type-unexpected"}),
    "response-content-type": (
        _one(_response(Content_Type="text/html")),
        {"content-type-unexpected", "requests-absent"},
    ),
    "wrong-message-type": (
        _one(_response(Content_Type=MESSAGE + "request")),
        {"content-type-message", "requests-absent"},
    ),
    "segment-2-first": (_one(_response(WARC_Segment_Number=2)), {"segment-number", "requests-absent"}),
    "segment-1-continued": (
        _one(
            _response()
            + record(
                "continuation", b"x", WARC_Record_ID=uuid(2), WARC_Segment_Number=1, WARC_Segment_Origin_ID=uuid(1)
            )
        ),
        {"segment-number", "requests-absent"},
    ),
    # values
    "type-unknown": (_one(record("monkeys", b"x", WARC_Record_ID=uuid(3))), {"type-unknown"}),
    "type-no-token": (_one(record("a b", b"x", WARC_Record_ID=uuid(3))), {"type-syntax"}),
    "date-words": (warcinfo(WARC_Date="blue monday"), {"date-syntax"}),
    "date-14-digits": (warcinfo(WARC_Date="20260301093000"), {"date-syntax"}),
    "date-no-zone": (warcinfo(WARC_Date="2026-03-01T09:30:00"), {"date-syntax"}),
    "date-offset": (warcinfo(WARC_Date="2026-03-01T09:30:00+01:00"), {"date-syntax"}),
    "date-impossible": (warcinfo(WARC_Date="2026-02-30T09:30:00Z"), {"date-syntax"}),
    "date-too-precise": (warcinfo(WARC_Date="2026-03-01T09:30:00.1234567890Z"), {"date-syntax"}),
    "date-1.0-precise": (warcinfo(version="WARC/1.0", WARC_Date="2026-03-01T09:30:00.5Z"), {"date-precision"}),
    "date-1.0-coarse": (warcinfo(version="WARC/1.0", WARC_Date="2026-03-01"), {"date-syntax"}),
    "date-to-come": (warcinfo(WARC_Date="2999-01-01T00:00:00Z"), {"date-future"}),
    "date-before-the-web": (warcinfo(WARC_Date="1970-01-01T00:00:00Z"), {"date-early"}),
    "dates-back": (b"".join((GOOD[0], _ASK, _ANSWER, _OLDER, _OLD)), {"date-order"}),
    "id-no-uri": (warcinfo(WARC_Record_ID="<zaphod>"), {"uri-syntax"}),
    "id-bare": (warcinfo(WARC_Record_ID=uuid(0)[1:-1]), {"uri-brackets"}),
    "id-space": (warcinfo(WARC_Record_ID="<urn:a b>"), {"uri-syntax"}),
    "target-relative": (_one(_response(WARC_Target_URI="bad_uri")), {"uri-syntax"}),
    "target-brackets-1.1": (_one(_response(WARC_Target_URI=f"<{URL}>")), {"target-brackets", "requests-absent"}),
    "target-unescaped": (_one(_response(WARC_Target_URI=f"{URL}?q={{x}}")), {"uri-characters", "requests-absent"}),
    "address-letters": (_one(_response(WARC_IP_Address="a.b.c.d")), {"address-syntax", "requests-absent"}),
    "address-zone": (_one(_response(WARC_IP_Address="fe80::1%eth0")), {"address-syntax", "requests-absent"}),
    "length-words": (_one(_response(Content_Length="very lengthy")), {"number-syntax", "block-unbounded"}),
    "media-type": (
        _one(_response(Content_Type="gif\\image")),
        {"media-type-syntax", "content-type-unexpected", "requests-absent"},
    ),
    "media-type-parameters": (
        _one(record("resource", b"x", WARC_Record_ID=uuid(3), Content_Type="text/html; charset")),
        {"media-type-parameters"},
    ),
    "truncated-other": (_one(_response(WARC_Truncated="boredom")), {"truncated-unknown", "requests-absent"}),
    "truncated-no-token": (_one(_response(WARC_Truncated="a b")), {"truncated-syntax", "requests-absent"}),
    "profile-unknown": (
        _one(_revisit(WARC_Profile="https://example.org/mine")),
        {"profile-unknown", "requests-absent", "refers-to-missing"},
    ),
    "digest-empty-value": (_one(_response(WARC_Block_Digest="sha1:")), {"digest-syntax", "requests-absent"}),
    "digest-no-label": (_one(_response(WARC_Block_Digest=":" + _HELLO[5:])), {"digest-syntax", "requests-absent"}),
    "digest-too-short": (_one(_response(WARC_Block_Digest=_HELLO[:-1])), {"digest-syntax", "requests-absent"}),
    "digest-alphabet": (_one(_response(WARC_Block_Digest="sha1:" + "1" * 32)), {"digest-syntax", "requests-absent"}),
    "digest-unknown": (_one(_response(WARC_Block_Digest="crc9:abc")), {"digest-algorithm", "requests-absent"}),
    "digest-lower-base32": (_one(_response(WARC_Payload_Digest=_HELLO.lower())), {"digest-form", "requests-absent"}),
    "payload-of-warcinfo": (warcinfo(WARC_Payload_Digest=sha1(INFO)), {"payload-undefined"}),
    # blocks
    "block-digest": (_one(_response(WARC_Block_Digest=sha1(b"other"))), {"block-digest", "requests-absent"}),
    "payload-digest": (_one(_response(WARC_Payload_Digest=sha1(b"other"))), {"payload-digest", "requests-absent"}),
    "payload-of-the-block": (_one(_response(WARC_Payload_Digest=sha1(PAGE))), {"payload-digest", "requests-absent"}),
    "payload-with-chunks": (
        _one(_response(CHUNKED, WARC_Payload_Digest=sha1(b"5\r\nHello\r\n0\r\n\r\n"))),
        {"payload-digest-chunked", "requests-absent"},
    ),
    "payload-uncoded": (
        _one(
            _response(
                b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(b"Hello", mtime=0),
                WARC_Payload_Digest=_HELLO,
            )
        ),
        {"payload-digest", "requests-absent"},
    ),
    "payload-of-resource": (
        _one(record("resource", b"Hello", WARC_Record_ID=uuid(3), WARC_Payload_Digest=sha1(b"x"))),
        {"payload-digest"},
    ),
    "transfer-coded": (
        _one(
            _response(
                b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", WARC_Payload_Digest=_HELLO
            )
        ),
        {"payload-coded", "requests-absent"},
    ),
    "warc-fields": (record("warcinfo", b"no field\r\n", WARC_Record_ID=uuid(0)), {"warc-fields-syntax"}),
    "no-http": (_one(_response(b"ICY 200 OK\r\n\r\nHello")), {"http-start-line", "requests-absent"}),
    "request-as-response": (_one(_response(GET)), {"http-start-line", "requests-absent"}),
    "http-head-open": (_one(_response(b"HTTP/1.1 200 OK\r\nA: b\r\n")), {"http-head-open", "requests-absent"}),
    "http-bare-lf": (_one(_response(b"HTTP/1.1 200 OK\nA: b\n\nHello")), {"http-head-odd", "requests-absent"}),
    "http-length": (_one(_response(PAGE[:-1])), {"http-length", "requests-absent"}),
    "http-length-truncated": (_one(_response(PAGE[:-1], WARC_Truncated="disconnect")), {"requests-absent"}),
    "http-chunks-cut": (_one(_response(CHUNKED[:-9])), {"http-chunks", "requests-absent"}),
    "http-chunks-broken": (
        _one(_response(CHUNKED.replace(b"\r\n0\r\n", b"\r\nzzz\r\n"))),
        {"http-chunks", "requests-absent"},
    ),
    "http-not-chunked": (
        _one(_response(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nHello", WARC_Payload_Digest=_HELLO)),
        {"http-not-chunked", "requests-absent"},
    ),
    # what records say of one another
    "id-twice": (b"".join((*GOOD, GOOD[-1])), {"record-id-duplicate"}),
    "request-alone": (b"".join((*GOOD, exchange(90)[0])), LOST),
    "response-alone": (b"".join((*GOOD, record("response", PAGE, WARC_Record_ID=uuid(3)))), {"response-unpaired"}),
    "request-alone-that-names-no-response": (b"".join((*GOOD, _asked(99))), {"request-unanswered"}),
    "request-alone-where-none-is-paired-so": (warcinfo() + _asked(99), {"request-unpaired"}),
    "paired-by-url-and-date": (warcinfo() + record("request", GET, WARC_Record_ID=uuid(2)) + _response(), set()),
    "concurrent-self": (_one(_response(WARC_Concurrent_To=uuid(1))), {"concurrent-self", "requests-absent"}),
    "concurrent-date": (b"".join((GOOD[0], _ASK.replace(b"T09:30", b"T09:31"), _ANSWER)), {"concurrent-date"}),
    "concurrent-uri": (b"".join((GOOD[0], _ASK.replace(b"/story\r\n", b"/other\r\n", 1), _ANSWER)), {"concurrent-uri"}),
    "warcinfo-missing": (
        b"".join((GOOD[0], *exchange(10, WARC_Date=DATE))).replace(
            b"WARC-Warcinfo-ID: " + uuid(0).encode(), b"WARC-Warcinfo-ID: " + uuid(9).encode()
        ),
        {"warcinfo-missing"},
    ),
    "warcinfo-type": (
        b"".join((GOOD[0], _ASK, _ANSWER)).replace(
            b"WARC-Warcinfo-ID: " + uuid(0).encode(), b"WARC-Warcinfo-ID: " + uuid(10).encode()
        ),
        {"warcinfo-type"},
    ),
    "refers-to-missing": (_one(_revisit()), {"refers-to-missing", "requests-absent"}),
    "refers-to-nothing": (
        _one(_revisit(WARC_Refers_To=None, WARC_Refers_To_Target_URI=None)),
        {"refers-to-nothing", "requests-absent"},
    ),
    "refers-to-uri": (
        b"".join((GOOD[0], _ANSWER, _revisit(WARC_Refers_To_Target_URI=URL + "/x"))),
        {"refers-to-uri", "requests-absent"},
    ),
    "refers-to-date": (
        b"".join((GOOD[0], _ANSWER, _revisit(WARC_Refers_To_Date="2026-03-01T09:31:00Z"))),
        {"refers-to-date", "requests-absent"},
    ),
    "refers-to-digest": (
        b"".join((GOOD[0], _ANSWER, _revisit(WARC_Payload_Digest=sha256(b"x")))),
        {"refers-to-digest", "requests-absent"},
    ),
    "refers-to-by-date": (b"".join((GOOD[0], _ANSWER, _revisit(WARC_Refers_To=None))), {"requests-absent"}),
    "refers-to-revisit": (
        b"".join((GOOD[0], _ANSWER, _revisit(), _revisit(6, WARC_Refers_To=uuid(5)))),
        {"refers-to-revisit", "requests-absent"},
    ),
    "refers-to-loop": (
        b"".join((GOOD[0], _revisit(5, WARC_Refers_To=uuid(6)), _revisit(6, WARC_Refers_To=uuid(5)))),
        {"refers-to-loop", "refers-to-revisit", "requests-absent"},
    ),
}
