"""The signature of a WACZ, checked without a network (wacz-auth 0.1.0, "Verification")."""

from __future__ import annotations

import json
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from crawler.archive.digest import digest_pieces, pieces_of
from crawler.archive.layout import DATAPACKAGE
from crawler.archive.signing.chain import broken_link, is_for, is_trusted, read_chain, read_roots
from crawler.archive.signing.signed_data import ANONYMOUS, DOMAIN, is_signature, read_public_key
from crawler.archive.signing.stamp import INSTALL, StampingMissing, TimestampError, check_stamp
from crawler.archive.verify.finding import Sink, Teller
from crawler.archive.verify.package import unambiguous
from crawler.archive.verify.parts import Parts
from crawler.archive.wacz import DIGEST
from crawler.archive.warc import parse_date

_APART = timedelta(minutes=10)
_AHEAD = timedelta(days=1)
"""By how much the clock of whoever signed may have been fast."""
_LONGEST = 16 << 20
"""Bytes of a ``datapackage-digest.json`` that are read."""


def check_signature(parts: Parts, sink: Sink, roots: Path | None) -> None:
    """Tell what is wrong with the signature of a WACZ, and what it proves where nothing is."""
    teller = Teller(DIGEST, sink)
    try:
        with parts.open(DIGEST) as file:
            said: Any = json.loads(file.read(_LONGEST), object_pairs_hook=unambiguous)
        with parts.open(DATAPACKAGE) as file:
            of_package, _ = digest_pieces(pieces_of(file))
    except KeyError:
        if DIGEST not in parts.names():
            teller.tell("wacz-unsigned", "there is no datapackage-digest.json")
        return
    except (ValueError, RecursionError, zipfile.BadZipFile) as error:
        teller.tell("signature-syntax", f"it is no JSON that all read alike: {error}")
        return
    if not isinstance(said, dict) or not isinstance(said.get("hash"), str):
        teller.tell("signature-syntax", "it has no hash")
        return
    if said["hash"] != of_package:
        teller.tell("signature-hash", f"datapackage.json has {of_package}, not {said['hash']}")
    signed = said.get("signedData")
    if signed is None:
        teller.tell("wacz-unsigned", "there is no signature")
    elif problem := _misfit(signed):
        teller.tell("signature-syntax", problem)
    else:
        if signed["hash"] != of_package:
            teller.tell("signature-hash", f"what was signed is {signed['hash']}, datapackage.json has {of_package}")
        _check(signed, teller, read_roots(roots) if roots else [])


def _misfit(signed: object) -> str | None:
    """Why the data are of neither form, in words."""
    if not isinstance(signed, dict) or not all(isinstance(value, str) for value in signed.values()):
        return "signedData is no object of texts"
    if unknown := signed.keys() - ANONYMOUS - DOMAIN:
        return f"signedData has properties that it must not have: {', '.join(sorted(unknown))}"
    wanted = {"hash", "created", "signature"}
    wanted |= {"domain", "domainCert"} if signed.keys() & {"domain", "domainCert"} else {"publicKey"}
    wanted |= {"timeSignature", "timestampCert"} if "timeSignature" in signed else set()
    if missing := wanted - signed.keys():
        return f"signedData lacks {', '.join(sorted(missing))}"
    if parse_date(signed["created"]) is None:
        return f"created is no date: {signed['created']!r}"
    return None


def _check(signed: dict[str, str], teller: Teller, roots: list[x509.Certificate]) -> None:
    created = parse_date(signed["created"]) or datetime.now(UTC)
    chain: list[x509.Certificate] = []
    try:
        if "domainCert" in signed:
            chain = read_chain(signed["domainCert"].encode())
            key: Any = chain[0].public_key()
        else:
            key = read_public_key(signed["publicKey"])
    except ValueError as error:
        teller.tell("signature-syntax", f"the key or certificate can't be read: {error}")
        return
    if not isinstance(key, ec.EllipticCurvePublicKey):
        teller.tell("signature-unknown", "the certificate's key is not for ECDSA, the only kind wacz-auth knows")
        return
    if not is_signature(signed["hash"], signed["signature"], key):
        teller.tell("signature-wrong", "the signature is not one of this hash by this key")
    elif chain:
        _check_domain(signed, chain, created, teller, roots)
    else:
        teller.tell("signature-anonymous", f"signed {signed['created']} by the key {_fingerprint(key)}")
    if created > datetime.now(UTC) + _AHEAD:
        teller.tell("signature-undated", f"it says to have been signed {signed['created']}, which is yet to come")
    if "timeSignature" in signed:
        _check_stamp(signed, created, teller, roots)
    elif chain and (problem := broken_link(chain, datetime.now(UTC))) and not broken_link(chain, created):
        teller.tell("signature-undated", f"signed {signed['created']} by its own account, without a stamp; {problem}")


def _check_domain(
    signed: dict[str, str], chain: list[x509.Certificate], created: datetime, teller: Teller, roots: list[Any]
) -> None:
    if not is_for(chain[0], signed["domain"]):
        teller.tell("signature-domain", f"the certificate is not for {signed['domain']}")
    if problem := broken_link(chain, created):
        teller.tell("signature-chain", problem)
    trusted = is_trusted(chain, roots)
    if "crossSignedCert" in signed:
        try:
            other = read_chain(signed["crossSignedCert"].encode())
        except ValueError as error:
            teller.tell("signature-syntax", f"crossSignedCert can't be read: {error}")
            return
        if other[0].public_key() != chain[0].public_key():
            teller.tell("signature-chain", "crossSignedCert is of another key than domainCert")
        elif problem := broken_link(other, created):
            teller.tell("signature-chain", f"crossSignedCert: {problem}")
        else:
            trusted = trusted or is_trusted(other, roots)
    if not trusted and roots:
        teller.tell("signature-chain", f"the chain of {signed['domain']} does not end in a trusted root")
    elif not trusted:
        teller.tell("signature-untrusted", f"signed {signed['created']} for {signed['domain']}")


def _check_stamp(signed: dict[str, str], created: datetime, teller: Teller, roots: list[Any]) -> None:
    message = signed["signature"].encode("utf-8")
    try:
        at = check_stamp(signed["timeSignature"], signed["timestampCert"], message, roots)
    except StampingMissing:
        teller.tell("timestamp-unchecked", INSTALL)
        return
    except TimestampError as error:
        teller.tell("timestamp-wrong", str(error))
        return
    if abs(at - created) > _APART:
        teller.tell("timestamp-distant", f"signed {signed['created']}, stamped {at:%Y-%m-%dT%H:%M:%SZ}")
    elif not roots:
        teller.tell("timestamp-untrusted", f"stamped {at:%Y-%m-%dT%H:%M:%SZ}")


def _fingerprint(key: ec.EllipticCurvePublicKey) -> str:
    der = key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return digest_pieces([der])[0]
