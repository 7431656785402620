"""Certificate chains: whether each is signed by the next, valid at a time, and led back to a root that is trusted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import pairwise
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature

from crawler.archive.signing.errors import SigningError


def read_chain(data: bytes) -> list[x509.Certificate]:
    """The certificates of a PEM text in their order. Raises ``ValueError`` where there is none."""
    return x509.load_pem_x509_certificates(data)


def read_roots(file: Path) -> list[x509.Certificate]:
    """The certificates of a PEM file. Raises ``SigningError`` where there is none."""
    try:
        return read_chain(file.read_bytes())
    except OSError as error:
        raise SigningError(f"cannot read the certificates {file}: {error.strerror}", file) from error
    except ValueError as error:
        raise SigningError(
            f"{file} holds no certificate in PEM: it needs a line -----BEGIN CERTIFICATE----- and what belongs to it",
            file,
        ) from error


def broken_link(chain: list[x509.Certificate], at: datetime) -> str | None:
    """What is wrong with a chain at a time, in words; None where nothing is."""
    for below, (certificate, issuer) in enumerate(pairwise(chain)):
        if not _issued(certificate, issuer):
            return f"{_name(certificate)} is not signed by {_name(issuer)}"
        if not _may_issue(issuer, below):
            return f"{_name(issuer)} is no authority that may sign {_name(certificate)}"
    for certificate in chain:
        if not certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc:
            return f"{_name(certificate)} was not valid at {at:%Y-%m-%dT%H:%M:%SZ}"
    return None


def is_trusted(chain: list[x509.Certificate], roots: Iterable[x509.Certificate]) -> bool:
    """Whether a chain ends in one of ``roots`` or at one signed by one of them."""
    below = len(chain) - 1
    return any(chain[-1] == root or (_issued(chain[-1], root) and _may_issue(root, below)) for root in roots)


def names_of(certificate: x509.Certificate) -> list[str]:
    """The host names a certificate is for (RFC 6125), its common name where it lists none."""
    try:
        listed = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        return listed.get_values_for_type(x509.DNSName)
    except x509.ExtensionNotFound:
        common = certificate.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
        return [str(name.value) for name in common]


def is_for(certificate: x509.Certificate, domain: str) -> bool:
    """Whether a certificate is for ``domain``; a star stands for one label."""
    domain = domain.lower().rstrip(".")
    for name in names_of(certificate):
        name = name.lower().rstrip(".")
        if name == domain or (name.startswith("*.") and name[2:] == domain.partition(".")[2]):
            return True
    return False


def _issued(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _may_issue(issuer: x509.Certificate, below: int) -> bool:
    """Whether a certificate is an authority's, with so many authorities below it (RFC 5280, section 6.1.4).

    Without this, whoever has a certificate for any domain could sign one for every other.
    """
    try:
        basic = issuer.extensions.get_extension_for_class(x509.BasicConstraints).value
    except (x509.ExtensionNotFound, ValueError):
        return False
    try:
        signs = issuer.extensions.get_extension_for_class(x509.KeyUsage).value.key_cert_sign
    except x509.ExtensionNotFound:
        signs = True
    return basic.ca and signs and (basic.path_length is None or below <= basic.path_length)


def _name(certificate: x509.Certificate) -> str:
    return certificate.subject.rfc4514_string() or f"certificate {certificate.serial_number:x}"
