"""Which WARC fields a record of each type must have, and which it must not (WARC 1.1, sections 5 and 6)."""

from __future__ import annotations

from crawler.archive.verify.fields import TYPES
from crawler.archive.verify.finding import Teller
from crawler.archive.warc_head import WarcHead

MANDATORY = ("WARC-Record-ID", "Content-Length", "WARC-Date", "WARC-Type")
NEEDED = {
    **dict.fromkeys(("response", "resource", "request", "conversion"), ("WARC-Target-URI",)),
    "revisit": ("WARC-Target-URI", "WARC-Profile"),
    "continuation": ("WARC-Target-URI", "WARC-Segment-Number", "WARC-Segment-Origin-ID"),
}
_LINKED = frozenset({"request", "response", "resource", "metadata", "revisit"})
ALLOWED = {
    "WARC-Concurrent-To": _LINKED,
    "WARC-IP-Address": _LINKED,
    "WARC-Refers-To": frozenset({"metadata", "revisit", "conversion"}),
    "WARC-Refers-To-Target-URI": frozenset({"revisit", "metadata", "conversion"}),
    "WARC-Refers-To-Date": frozenset({"revisit", "metadata", "conversion"}),
    "WARC-Target-URI": TYPES - {"warcinfo"},
    "WARC-Warcinfo-ID": TYPES - {"warcinfo"},
    "WARC-Filename": frozenset({"warcinfo"}),
    "WARC-Profile": frozenset({"revisit"}),
    "WARC-Segment-Origin-ID": frozenset({"continuation"}),
    "WARC-Segment-Total-Length": frozenset({"continuation"}),
    "Content-Type": TYPES - {"continuation"},
}
"""The types of records that may have a field; fields that are not listed any record may have."""
_WITHOUT_PAYLOAD = frozenset({"warcinfo", "metadata"})


def check_policy(fields: WarcHead, teller: Teller) -> None:
    """Tell of every field that a record of this type lacks or must not have."""
    for name in MANDATORY:
        if not fields.get(name):
            teller.tell("field-missing", f"{name} is missing")
    kind = fields.type
    for name in NEEDED.get(kind, ()):
        if not fields.get(name):
            teller.tell("field-missing", f"{name} is missing from a {kind} record")
    if kind not in TYPES:
        return
    for name, types in ALLOWED.items():
        if kind not in types and fields.get(name):
            teller.tell("field-forbidden", f"a {kind} record must not have {name}")
    if kind in _WITHOUT_PAYLOAD:
        for name in ("WARC-Payload-Digest", "WARC-Identified-Payload-Type"):
            if fields.get(name):
                teller.tell_once("payload-undefined", f"a {kind} record has no payload, and so no {name}")
    _check_content_type(fields, kind, teller)
    _check_segment(fields, kind, teller)
    if kind == "revisit" and "identical-payload-digest" in (fields.get("WARC-Profile") or ""):
        _check_identical(fields, teller)


def _check_content_type(fields: WarcHead, kind: str, teller: Teller) -> None:
    said = (fields.get("Content-Type") or "").lower()
    if not said:
        if kind != "continuation" and fields.get("Content-Length") != "0":
            teller.tell("content-type-missing", f"a {kind} record with a block ought to have a Content-Type")
        return
    media, _, parameters = said.partition(";")
    media = media.strip()
    if kind == "warcinfo" and media != "application/warc-fields":
        teller.tell("content-type-unexpected", f"the block of a warcinfo record ought to be warc-fields, not {media}")
    if kind not in ("request", "response"):
        return
    url = (fields.url or "").lower()
    if url.startswith(("http:", "https:")) and media != "application/http":
        teller.tell("content-type-unexpected", f"the block of an HTTP {kind} ought to be application/http, not {media}")
    message = parameters.replace(" ", "").replace('"', "")
    if media == "application/http" and message and message.startswith("msgtype=") and message != f"msgtype={kind}":
        teller.tell("content-type-message", f"a {kind} record says {parameters.strip()}")


def _check_segment(fields: WarcHead, kind: str, teller: Teller) -> None:
    number = fields.get("WARC-Segment-Number") or ""
    if not (number.isascii() and number.isdigit()):
        return
    if kind == "continuation" and int(number[:18]) < 2:
        teller.tell("segment-number", f"a continuation has a WARC-Segment-Number above 1, not {number}")
    if kind != "continuation" and int(number[:18]) != 1:
        teller.tell("segment-number", f"the first segment has WARC-Segment-Number 1, not {number}")


def _check_identical(fields: WarcHead, teller: Teller) -> None:
    if not fields.get("WARC-Payload-Digest"):
        teller.tell("field-missing", "WARC-Payload-Digest is missing from a revisit with an identical payload")
    if not fields.get("WARC-Refers-To-Target-URI") and not fields.get("WARC-Refers-To"):
        teller.tell_once("refers-to-nothing", "a revisit does not say which record holds its payload")
