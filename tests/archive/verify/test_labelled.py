"""Kinds of files that public test sets (JHOVE, JWAT) label valid or not, made anew, and what each is called here."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

import pytest

from crawler.archive.verify import Verdict, verify
from tests.archive.verify.build import GET, INFO, MESSAGE, PAGE, URL, record, uuid

BODY = b"Hello"
LATER = {"WARC_Segment_Number": 42, "WARC_Segment_Origin_ID": uuid(9)}


def response(**fields: object) -> bytes:
    return record("response", PAGE, **fields)


def digest(algorithm: str, data: bytes, form: str) -> str:
    made = hashlib.new(algorithm, data).digest()
    shown = {"16": made.hex(), "32": base64.b32encode(made).decode(), "64": base64.b64encode(made).decode()}[form]
    return f"{algorithm}:{shown}"


VALID = {
    "upper and lower case": record("warcinfo", INFO).replace(b"WARC-Type: warcinfo", b"WARC-TYPE: WarcInfo")
    + response(WARC_Record_ID=uuid(2)).replace(b"WARC/1.1", b"warc/1.1").replace(b"T09:30:00Z", b"t09:30:00z"),
    "continuation without Content-Type": record("continuation", BODY, **LATER),
    "several concurrent records": response()
    + record("request", GET, WARC_Record_ID=uuid(2), WARC_Concurrent_To=[uuid(1), uuid(3)])
    + record("metadata", b"via: x\r\n", WARC_Record_ID=uuid(3), WARC_Concurrent_To=uuid(1)),
    "folded lines": response(Content_Type=f"{MESSAGE}\r\n response"),
    "fields of others": response(X_Archivist="Ms. Æble", Conforms_To="house rules"),
    "encoded words": response(X_Note="=?UTF-8?Q?h=C3=A9?= and \x01".replace("\x01", "=?UTF-8?B?w6U=?=")),
    "first segment": response(WARC_Segment_Number=1),
    "truncated for a reason of one's own": response(WARC_Truncated="bored"),
    **{
        f"{algorithm} in base {form}": response(
            WARC_Payload_Digest=digest(algorithm, BODY, form), WARC_Block_Digest=digest(algorithm, PAGE, form)
        )
        for algorithm in ("md5", "sha1", "sha256", "sha512")
        for form in ("16", "32", "64")
    },
}
ODD = {
    "an early version": response(version="WARC/0.18"),
    "no Content-Type": response(Content_Type=None),
    "warcinfo of another type": record("warcinfo", INFO, Content_Type="text/plain"),
    "an unknown digest": response(WARC_Payload_Digest="shitsu1:AAAA"),
    "an empty field": response(WARC_Truncated=""),
    "an unknown type": record("monkey", b"ook", Content_Type="text/plain"),
    "a payload digest of what has no payload": record("warcinfo", INFO, WARC_Payload_Digest=digest("sha1", INFO, "32")),
    "a payload type of what has no payload": record("metadata", INFO, WARC_Identified_Payload_Type="text/plain"),
}
INVALID = {
    **{
        f"version line {version!r}": response(version=version)
        for version in (
            *("WARC/1", "WARC/1.0.0", "WARC/x.0", "WARC/2.5", "WARC/", "WARC", "WARC/1.0 ", "WARC/1.0 x", "X-WARC/1.0"),
            *("", "WARC/-1.0", "WARC/1.", "WARC/.1", "WARC/0.12", "HTTP/1.1", "WARC 1.0"),
        )
    },
    **{
        f"{name}: {value}": response(**{name: value})
        for name, value in (
            *(("WARC_Payload_Digest", value) for value in ("sha1:    ", "    :2WAXX5NUWNNCS2BDKCO5OVDQBJVNKIVV", "x!")),
            *(("WARC_Date", value) for value in ("", "yesterday", "2026-13-01T00:00:00Z", "2026-03-01 09:30:00")),
            *(("WARC_Record_ID", value) for value in ("", "nope", "<>")),
            *(("Content_Length", value) for value in ("", "x", "-1", "1.5", None)),
            *(("WARC_Segment_Number", value) for value in ("x", "0", "2")),
            *(("WARC_IP_Address", value) for value in ("1.2.3", "localhost", "::g")),
            *(("Content_Type", value) for value in ("text", "/html")),
            ("WARC_Type", ""),
            ("WARC_Target_URI", ""),
            ("WARC_Target_URI", "/story"),
            ("WARC_Warcinfo_ID", "x"),
            ("WARC_Identified_Payload_Type", "text"),
            ("WARC_Date", ["2026-03-01T09:30:00Z", "2026-03-01T09:30:00Z"]),
            ("WARC_Filename", "x.warc"),
            ("WARC_Profile", "http://x.example/"),
            ("WARC_Refers_To", uuid(9)),
            ("WARC_Segment_Origin_ID", uuid(9)),
            ("WARC_Segment_Total_Length", "12"),
        )
    },
    **{
        f"a warcinfo with {name}": record("warcinfo", INFO, **{name: value})
        for name, value in (
            ("WARC_Target_URI", URL),
            ("WARC_IP_Address", "192.0.2.1"),
            ("WARC_Concurrent_To", uuid(9)),
            ("WARC_Warcinfo_ID", uuid(9)),
            ("WARC_Refers_To", uuid(9)),
        )
    },
    **{f"nothing but a type: {kind}": b"WARC/1.0\r\nWARC-Type: %b\r\n\r\n" % kind.encode() for kind in
       ("warcinfo", "response", "request", "resource", "conversion", "metadata", "revisit", "continuation", "monkey")},
    "lines that end in LF": response().replace(b"\r\n", b"\n"),
    "a continuation that is the first segment": record("continuation", BODY, **{**LATER, "WARC_Segment_Number": 1}),
    "a record and garbage": response() + b"garbage\r\nand more\r\n",
    "garbage and a record": b"garbage\r\n\r\n" + response(),
    "a sound, not a WARC": b"RIFF\x24\x08\x00\x00WAVEfmt \x10\x00\x00\x00",
    "nothing": b"",
}  # fmt: skip


def verdict(data: bytes, folder: Path) -> Verdict:
    (folder / "x.warc").write_bytes(data)
    return verify(folder / "x.warc", lambda _: None)


@pytest.mark.parametrize("name", VALID)
def test_what_is_valid_is_so(name: str, tmp_path: Path) -> None:
    assert verdict(VALID[name], tmp_path) <= Verdict.INFO


@pytest.mark.parametrize("name", ODD)
def test_what_is_odd_is_a_warning(name: str, tmp_path: Path) -> None:
    assert verdict(ODD[name], tmp_path) is Verdict.WARNING


@pytest.mark.parametrize("name", INVALID)
def test_what_is_not_well_formed_is_an_error(name: str, tmp_path: Path) -> None:
    assert verdict(INVALID[name], tmp_path) is Verdict.ERROR
