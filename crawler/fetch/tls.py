"""TLS as evidence: every certificate is accepted, and what it was and whether it would verify is written down."""

from __future__ import annotations

from typing import Any

import service_identity
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from OpenSSL import SSL
from scrapy.core.downloader.contextfactory import _ScrapyClientContextFactory
from service_identity.cryptography import verify_certificate_hostname, verify_certificate_ip_address
from twisted.internet._sslverify import ClientTLSOptions
from twisted.internet.interfaces import ISSLTransport
from twisted.web.iweb import IPolicyForHTTPS
from zope.interface import implementer  # type: ignore[import-untyped]

from crawler.fetch.authorities import check_ca_file
from crawler.model import TlsSession


@implementer(IPolicyForHTTPS)
class RecordingPolicy(_ScrapyClientContextFactory):
    """Scrapy's policy for https with one context for all connections, in which certificates are judged, not refused.

    Judged against the system's authorities and those of ``WIRECOPY_CA_FILE``. Raises ``CaFileError`` where that file
    cannot be read.
    """

    def __init__(self, *args: Any, ca_file: str | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._options = self._get_cert_options()
        context = self._options.getContext()
        context.set_default_verify_paths()
        if ca_file:
            check_ca_file(ca_file)
            context.load_verify_locations(ca_file)

    @classmethod
    def from_crawler(cls, crawler: Any, *args: Any, **kwargs: Any) -> RecordingPolicy:
        """The policy with the crawler's TLS settings."""
        return super().from_crawler(crawler, *args, ca_file=crawler.settings.get("WIRECOPY_CA_FILE"), **kwargs)

    def creatorForNetloc(self, hostname: bytes, port: int) -> Any:  # noqa: N802
        """What makes connections to ``hostname``."""
        return _RecordingOptions(self._options._makeTLSConnection, hostname.decode("ascii"))


class _RecordingOptions(ClientTLSOptions):
    def clientConnectionForTLS(self, protocol: Any) -> Any:  # noqa: N802
        connection: Any = super().clientConnectionForTLS(protocol)
        verdict = _Verdict(self._hostnameASCII, self._hostnameIsDnsName)
        connection.set_verify(SSL.VERIFY_PEER, verdict.judge)
        connection.verdict = verdict
        return connection


class _Verdict:
    """What OpenSSL says of a chain while it lets it pass."""

    def __init__(self, host: str, is_name: bool) -> None:
        self.host = host
        self.is_name = is_name
        self.errors: list[str] = []

    def judge(self, connection: SSL.Connection, certificate: Any, error: int, depth: int, ok: int) -> bool:
        """Called for every certificate of a chain, and for everything that is wrong with one."""
        words = _ERRORS.get(error, f"verification error {error}")
        if not ok and words not in self.errors:
            self.errors.append(words)
        return True

    def on_host(self, leaf: x509.Certificate) -> str | None:
        """Why the leaf is not for this host; None where it is."""
        try:
            if self.is_name:
                verify_certificate_hostname(leaf, self.host)
            else:
                verify_certificate_ip_address(leaf, self.host)
        except service_identity.VerificationError:
            return f"certificate is not for {self.host}"
        except (service_identity.CertificateError, ValueError) as error:
            return f"certificate names no host: {error}"
        return None


def is_tls(transport: Any) -> bool:
    """Whether a transport carries TLS."""
    return bool(ISSLTransport.providedBy(transport))


def tls_session(transport: Any) -> TlsSession:
    """The facts of a connection whose handshake is done."""
    connection = transport.getHandle()
    chain = connection.get_peer_cert_chain(as_cryptography=True) or []
    verdict: _Verdict = connection.verdict
    error: str | None = "the peer sent no certificate"
    if chain:
        error = "; ".join(filter(None, (*verdict.errors, verdict.on_host(chain[0])))) or None
    return TlsSession(
        protocol=connection.get_protocol_version_name().lower().replace("tlsv", "tls/").replace("sslv", "ssl/"),
        cipher=connection.get_cipher_name() or "",
        verified=error is None,
        error=error,
        chain=tuple(certificate.public_bytes(Encoding.DER) for certificate in chain),
    )


_ERRORS = {
    code: name.removeprefix("ERR_").replace("_", " ").lower()
    for name, code in vars(SSL.X509VerificationCodes).items()
    if name.startswith("ERR_")
}
