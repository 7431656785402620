"""A certificate authority of our own: signs a leaf certificate for any host a client asks the proxy for.

Its root is trusted by nobody but those who are handed :attr:`Authority.pem`; every authority has fresh keys.
"""

from __future__ import annotations

import ipaddress
import os
import ssl
import tempfile
import threading
import time
from collections import OrderedDict
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

_ROOT_LIFE = timedelta(days=3650)
_LEAF_LIFE = timedelta(days=390)
"""Some clients refuse leaves that live longer than 398 days."""
_EARLIER = timedelta(days=2)
"""How far validity reaches back, for clients whose clock is behind ours."""
_CACHED = 2048
"""Hosts whose certificates are kept."""


class AuthorityError(Exception):
    """A file that should hold an authority does not."""


class Authority:
    """A root certificate with its key, and the TLS contexts of the hosts it has signed for; thread-safe."""

    def __init__(self, certificate: x509.Certificate, key: ec.EllipticCurvePrivateKey) -> None:
        self._certificate = certificate
        self._key = key
        self._leaf_key = ec.generate_private_key(ec.SECP256R1())
        self._contexts: OrderedDict[str, ssl.SSLContext] = OrderedDict()
        self._lock = threading.Lock()

    @classmethod
    def create(cls, name: str = "wirecopy local replay") -> Authority:
        """A new authority that calls itself ``name`` in certificate viewers."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        builder = (
            _certificate(subject, subject, key.public_key(), _ROOT_LIFE)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_key_usage(signs_certificates=True), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        )
        return cls(builder.sign(key, hashes.SHA256()), key)

    @classmethod
    def load(cls, path: Path | str) -> Authority:
        """The authority that :meth:`save` wrote; raises :class:`AuthorityError` where the file holds none."""
        try:
            data = Path(path).read_bytes()
            key = load_pem_private_key(data, password=None)
            certificate = x509.load_pem_x509_certificate(data)
        except OSError as error:
            raise AuthorityError(f"{path}: cannot be read: {error.strerror}") from error
        except (ValueError, TypeError) as error:
            raise AuthorityError(f"{path}: holds no certificate and private key in PEM") from error
        if not isinstance(key, ec.EllipticCurvePrivateKey) or key.public_key() != certificate.public_key():
            raise AuthorityError(f"{path}: the private key is not the certificate's")
        return cls(certificate, key)

    def save(self, path: Path | str) -> None:
        """Write certificate and private key, readable by the owner only."""
        secret = self._key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            os.fchmod(file.fileno(), 0o600)
            file.write(self.pem + secret)

    @property
    def pem(self) -> bytes:
        """The root certificate, as clients take it for trusted; no secret in it."""
        return self._certificate.public_bytes(Encoding.PEM)

    def context(self, host: str) -> ssl.SSLContext:
        """The server side of TLS for ``host`` (a name in its ASCII form, or an IP address), HTTP/1.1 only."""
        host = host.strip("[]").rstrip(".").lower()
        with self._lock:
            context = self._contexts.get(host)
            if context is None:
                context = self._contexts[host] = self._make_context(host)
                if len(self._contexts) > _CACHED:
                    self._contexts.popitem(last=False)
            else:
                self._contexts.move_to_end(host)
        return context

    def _make_context(self, host: str) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.set_alpn_protocols(["http/1.1"])
        chain = self._leaf(host).public_bytes(Encoding.PEM) + self.pem
        secret = self._leaf_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        # The ssl module reads certificates from files only.
        with tempfile.NamedTemporaryFile(prefix="leaf-", suffix=".pem") as file:
            file.write(chain + secret)
            file.flush()
            context.load_cert_chain(file.name)
        return context

    def _leaf(self, host: str) -> x509.Certificate:
        # A common name holds 64 characters; clients read the alternative name and ignore it.
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host[:64])])
        public = self._leaf_key.public_key()
        issuer_key = x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key())
        builder = (
            _certificate(subject, self._certificate.subject, public, _LEAF_LIFE)
            .add_extension(x509.SubjectAlternativeName([_general_name(host)]), critical=False)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_key_usage(signs_certificates=False), critical=True)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
            .add_extension(issuer_key, critical=False)
        )
        return builder.sign(self._key, hashes.SHA256())


def _certificate(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, life: timedelta
) -> x509.CertificateBuilder:
    # The real clock, even where a test freezes Python's: the client at the other end judges by it.
    now = datetime.fromtimestamp(time.clock_gettime(time.CLOCK_REALTIME), UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _EARLIER)
        .not_valid_after(now + life)
    )


def _key_usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _general_name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)
