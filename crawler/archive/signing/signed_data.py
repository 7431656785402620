"""``signedData`` of a datapackage-digest.json: made and checked (wacz-auth 0.1.0, "Signature Data Format").

What is signed is the text of the hash, ``sha256:…``, with ECDSA and SHA-256. Tools differ on how it is written: with a
key alone as two numbers one behind the other, as browsers do (ArchiveWeb.page); with a certificate in DER, as
authsign does. Both are read for either.
"""

from __future__ import annotations

import base64
import binascii

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils

from crawler import __version__

ANONYMOUS = frozenset({"hash", "created", "software", "version", "signature", "publicKey"})
DOMAIN = frozenset(
    {
        *("hash", "created", "software", "version", "signature", "domain", "domainCert"),
        *("timeSignature", "timestampCert", "crossSignedCert"),
    }
)
"""The properties of the two forms."""
_ALGORITHM = ec.ECDSA(hashes.SHA256())


def sign_hash(text: str, key: ec.EllipticCurvePrivateKey, *, raw: bool) -> str:
    """The signature of a hash in Base64: ``raw`` as two numbers, else in DER."""
    der = key.sign(text.encode("ascii"), _ALGORITHM)
    if not raw:
        return base64.b64encode(der).decode()
    size = (key.curve.key_size + 7) // 8
    numbers = b"".join(number.to_bytes(size, "big") for number in utils.decode_dss_signature(der))
    return base64.b64encode(numbers).decode()


def is_signature(text: str, signature: str, key: ec.EllipticCurvePublicKey) -> bool:
    """Whether ``signature`` (Base64) is that of the hash ``text`` by ``key``."""
    try:
        data = base64.b64decode(signature, validate=True)
        signed = text.encode("ascii")
    except (binascii.Error, ValueError):
        return False
    size = (key.curve.key_size + 7) // 8
    forms = [data]
    if len(data) == 2 * size:
        numbers = int.from_bytes(data[:size], "big"), int.from_bytes(data[size:], "big")
        forms.append(utils.encode_dss_signature(*numbers))
    for form in forms:
        try:
            key.verify(form, signed, _ALGORITHM)
        except InvalidSignature:
            continue
        return True
    return False


def unstamped(
    text: str, created: str, key: ec.EllipticCurvePrivateKey, chain: list[x509.Certificate], domain: str | None
) -> dict[str, str]:
    """The signature data for a hash, without a time stamp: by a key alone, or by that of a domain's certificate."""
    said = {"hash": text, "created": created, "software": f"wirecopy {__version__}", "version": "0.1.0"}
    if not chain or domain is None:
        spki = key.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        return said | {"signature": sign_hash(text, key, raw=True), "publicKey": base64.b64encode(spki).decode()}
    return said | {
        "signature": sign_hash(text, key, raw=False),
        "domain": domain,
        "domainCert": pem(chain),
    }


def pem(chain: list[x509.Certificate]) -> str:
    """Certificates as one text."""
    return "".join(certificate.public_bytes(serialization.Encoding.PEM).decode() for certificate in chain)


def read_public_key(text: str) -> ec.EllipticCurvePublicKey:
    """A public key in Base64 (SubjectPublicKeyInfo). Raises ``ValueError`` for anything else than an ECDSA key."""
    key = serialization.load_der_public_key(base64.b64decode(text, validate=True))
    if not isinstance(key, ec.EllipticCurvePublicKey):
        raise ValueError("the public key is not for ECDSA")  # noqa: TRY004 - the text is wrong, not its type
    return key
