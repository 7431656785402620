"""RFC 3161 time stamps: asked for over HTTP, and checked without a network.

The cryptography is rfc3161-client's, which comes with ``pip install 'wirecopy[sign]'``.
"""

from __future__ import annotations

import base64
import binascii
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from cryptography import x509

from crawler.archive.errors import ReadError
from crawler.archive.signing.chain import broken_link, is_trusted
from crawler.archive.signing.der import with_ordered_certificates
from crawler.archive.signing.signed_data import pem
from crawler.model.address import origin

_TIMEOUT = 30
"""Seconds."""
_LONGEST = 1 << 20
"""Bytes of an answer that are read."""
_QUERY = "application/timestamp-query"
_REPLY = "application/timestamp-reply"
INSTALL = "time stamps take `pip install 'wirecopy[sign]'`"


class TimestampError(ReadError):
    """A time stamp that could not be had, or that is wrong."""


class StampingMissing(TimestampError):  # noqa: N818 - says what is the case
    """The library for time stamps is not installed."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What an authority says: these bytes were there at this time."""

    at: datetime
    response: str
    """The whole answer of the authority, in Base64."""
    certificates: str
    """Those of the authority in PEM, the one that signed first."""


def request_stamp(url: str, message: bytes, roots: Sequence[x509.Certificate] = ()) -> Stamp:
    """Ask the authority at ``url`` (RFC 3161, section 3.4) for a stamp of ``message``, and check it before it is used.

    Raises ``TimestampError`` where the authority can't be reached or its answer is not good.
    """
    client = _client()
    named = origin(url)
    if urlsplit(url).scheme not in ("http", "https"):
        named = (named or url).rpartition("@")[2]  # a password may stand before the sign
        raise TimestampError(f"{named} is no http or https address of a time stamping authority", named)
    builder = client.TimestampRequestBuilder().data(message).hash_algorithm(client.HashAlgorithm.SHA256)
    request = builder.nonce(nonce=True).cert_request(cert_request=True).build()
    answer = _post(url, request.as_bytes())
    try:
        response = client.decode_timestamp_response(with_ordered_certificates(answer))
        chain = _chain(response)
    except ValueError as error:
        raise TimestampError(f"{named} sent no time stamp: {error}", named) from error
    if response.tst_info.nonce != request.nonce:
        raise TimestampError(f"{named} sent the time stamp of another request", named)
    stamp = Stamp(_moment(response), base64.b64encode(answer).decode(), pem(chain))
    check_stamp(stamp.response, stamp.certificates, message, roots)
    return stamp


def check_stamp(response: str, certificates: str, message: bytes, roots: Sequence[x509.Certificate] = ()) -> datetime:
    """When ``message`` was stamped. ``roots`` are trusted; without them the last of ``certificates`` is taken as it is.

    Raises ``StampingMissing``, ``TimestampError`` where the stamp is not one of ``message`` by these certificates.
    """
    client = _client()
    try:
        read = client.decode_timestamp_response(with_ordered_certificates(base64.b64decode(response, validate=True)))
        chain = x509.load_pem_x509_certificates(certificates.encode())
        trusted = [chain[-1], *(root for root in roots if root != chain[-1])]
        builder = client.VerifierBuilder(tsa_certificate=chain[0], intermediates=chain[1:-1], roots=trusted)
        builder.build().verify_message(read, message)
        at = _moment(read)
    except (ValueError, binascii.Error, client.VerificationError) as error:
        raise TimestampError(f"the time stamp is not good: {error}", "timeSignature") from error
    # The library trusts every certificate it is handed; who is trusted is decided here.
    problem = broken_link(chain, at)
    if not problem and roots and not is_trusted(chain, roots):
        problem = "its certificates do not end in a trusted root"
    if problem:
        raise TimestampError(f"the time stamp is not good: {problem}", "timeSignature")
    return at


def _post(url: str, query: bytes) -> bytes:
    named = origin(url)
    request = urllib.request.Request(url, query, {"Content-Type": _QUERY, "Accept": _REPLY})
    try:
        with urllib.request.urlopen(request, timeout=_TIMEOUT) as response:  # a scheme other than HTTP was refused
            kind = response.headers.get_content_type()
            answer: bytes = response.read(_LONGEST)
    except urllib.error.HTTPError as error:
        with error:
            raise TimestampError(f"the time stamping authority {named} refused: {error}", named) from error
    except (OSError, ValueError) as error:
        reason = error.reason if isinstance(error, urllib.error.URLError) else error
        raise TimestampError(f"the time stamping authority {named} did not answer: {reason}", named) from error
    if kind != _REPLY:
        raise TimestampError(f"{named} answered with {kind}, not with {_REPLY}: is it such an authority?", named)
    return answer


def _chain(response: Any) -> list[x509.Certificate]:
    """The certificates of an answer, from the one that signed to the root."""
    found = [x509.load_der_x509_certificate(one) for one in response.signed_data.certificates]
    (signer,) = response.signed_data.signer_infos
    chain = [one for one in found if (one.issuer, one.serial_number) == (signer.issuer, signer.serial_number)]
    if not chain:
        raise ValueError("the certificate that signed it is not in the answer")
    while (above := [one for one in found if one.subject == chain[-1].issuer and one not in chain]) and above:
        chain.append(above[0])
    return chain


def _moment(response: Any) -> datetime:
    moment: datetime = response.tst_info.gen_time
    return moment


def _client() -> Any:
    try:
        import rfc3161_client
    except ImportError as error:
        raise StampingMissing(INSTALL, "rfc3161-client") from error
    return rfc3161_client
