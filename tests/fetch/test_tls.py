"""TLS is evidence: any certificate is accepted, and what it was and whether it would verify is written down."""

from __future__ import annotations

import datetime
import hashlib
import ipaddress
import json
import re
import ssl
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

NOW = datetime.datetime.now(datetime.UTC)
DAY = datetime.timedelta(days=1)
BODY = b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret"


class Signer:
    """A certificate authority, or a certificate that signed itself."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder, self.name = folder, name
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
        self.certificate = self._build(self.subject, self.key.public_key(), None, ca=True)
        self.pem = folder / f"{name}.pem"
        self.pem.write_bytes(self.certificate.public_bytes(Encoding.PEM))

    def _build(self, subject: Any, key: Any, host: str | None, *, ca: bool, ends: Any = NOW + DAY) -> x509.Certificate:
        builder = x509.CertificateBuilder().subject_name(subject).issuer_name(self.subject).public_key(key)
        builder = builder.serial_number(x509.random_serial_number()).not_valid_before(NOW - 9 * DAY)
        builder = builder.not_valid_after(ends).add_extension(x509.BasicConstraints(ca=ca, path_length=None), True)
        if host is not None:
            try:
                name: Any = x509.IPAddress(ipaddress.ip_address(host))
            except ValueError:
                name = x509.DNSName(host)
            builder = builder.add_extension(x509.SubjectAlternativeName([name]), False)
        return builder.sign(self.key, hashes.SHA256())

    def context(self, host: str, *, ends: Any = NOW + DAY, version: Any = None) -> tuple[ssl.SSLContext, str]:
        """A server's context for a leaf of this authority, and the leaf's fingerprint."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "leaf")])
        leaf = self._build(subject, key.public_key(), host, ca=False, ends=ends)
        path = self.folder / f"leaf-{leaf.serial_number}.pem"
        path.write_bytes(
            key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
            + leaf.public_bytes(Encoding.PEM)
            + self.certificate.public_bytes(Encoding.PEM)
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        if version is not None:
            context.maximum_version = version
        return context, hashlib.sha256(leaf.public_bytes(Encoding.DER)).hexdigest()


def page(talk: Any) -> None:
    talk.send(BODY)


def cut(talk: Any) -> None:
    talk.send(b"HTTP/1.1 200 OK\r\nContent-Length: 60\r\n\r\nsecret")
    raise ConnectionResetError


def until_close(talk: Any) -> None:
    talk.send(b"HTTP/1.0 200 OK\r\n\r\nto the end")
    raise ConnectionResetError


def torn(talk: Any) -> None:
    talk.send(b"HTTP/1.0 200 OK\r\n\r\nto the en")
    talk.socket.shutdown(2)  # No close_notify: an attacker could have done it.
    raise ConnectionResetError


@pytest.fixture(scope="module")
def secure(serve: Any, crawl: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("certificates")
    trusted, unknown = Signer(folder, "trusted"), Signer(folder, "unknown")
    answers = {"/": page, "/cut": cut, "/until-close": until_close, "/torn": torn}
    contexts = {
        "good": trusted.context("127.0.0.1"),
        "old protocol": trusted.context("127.0.0.1", version=ssl.TLSVersion.TLSv1_2),
        "wrong host": trusted.context("elsewhere.example"),
        "expired": trusted.context("127.0.0.1", ends=NOW - DAY),
        "unknown": unknown.context("127.0.0.1"),
        "all of it": unknown.context("elsewhere.example", ends=NOW - DAY),
    }
    servers = {name: serve(answers, context) for name, (context, _) in contexts.items()}
    proxy, plain = serve(answers), serve(answers)
    proxy.tunnel = contexts["good"][0]
    tunnelled = {"proxy": proxy.url("")}
    good = servers["good"]
    lanes: list[Any] = [[server.url("/")] for server in servers.values()]
    lanes += [[good.url("/cut")], [good.url("/until-close")], [good.url("/torn")]]
    lanes.append([{"url": f"https://127.0.0.1:{plain.port}/no-tls"}])
    lanes.append(
        [{"url": "https://127.0.0.1:9/", "meta": tunnelled}, {"url": "https://127.0.0.1:9/cut", "meta": tunnelled}]
    )
    lanes.append([{"url": "http://story.example/", "meta": tunnelled}])
    lanes.append([{"url": "http://192.168.1.1/", "meta": tunnelled}, {"url": "http://localhost/", "meta": tunnelled}])
    dead = {"proxy": "http://user:secret@127.0.0.1:1"}
    lanes.append([{"url": f"{scheme}://dead.example/", "meta": dict(dead)} for scheme in ("http", "https")])
    lost = {"proxy": "http://nowhere.invalid:80"}
    lanes.append([{"url": "http://lost.example/", "meta": lost}])
    lanes.append([{"url": "https://refused.example/", "meta": {"proxy": plain.url("")}}])
    crawled = crawl(lanes, WIRECOPY_CA_FILE=str(trusted.pem), WIRECOPY_ALLOW_ADDRESSES=["127.0.0.1/32"])
    return servers, contexts, proxy, crawled


def session(secure: Any, name: str) -> dict[str, Any]:
    servers, _, _, crawled = secure
    (kept,) = crawled.of(servers[name].url("/"))
    assert kept.response == BODY
    found: dict[str, Any] = kept.tls
    return found


def test_scrapy_is_told_the_peer(secure: Any) -> None:
    servers, _, _, crawled = secure
    assert crawled.answers[f"GET {servers['good'].url('/')}"]["peer"] == ["127.0.0.1", True]


def test_the_certificates_are_in_the_archive_once_a_chain(secure: Any) -> None:
    servers, contexts, _, crawled = secure
    chains = [block for block in crawled.blocks("metadata") if block.url.startswith("urn:certificates:sha256:")]
    assert len({block.url for block in chains}) == len(chains) >= len(contexts) - 1
    certificates = [x509.load_pem_x509_certificates(block.start) for block in chains]
    fingerprints = {hashlib.sha256(found[0].public_bytes(Encoding.DER)).hexdigest() for found in certificates}
    assert fingerprints >= {leaf for name, (_, leaf) in contexts.items() if name != "good"}
    why = [block.start.decode() for block in crawled.blocks("metadata") if block.url == servers["good"].url("/cut")]
    assert f"tlsCertificateChain: {chains[0].url}" in why[0] or any(block.url in why[0] for block in chains)


def test_a_login_goes_to_its_host_alone_and_is_masked_in_the_archive(serve: Any, crawl: Any, tmp_path: Path) -> None:
    def cookies(talk: Any) -> None:
        talk.send(b"HTTP/1.1 200 OK\r\nSet-Cookie: sid=hidden\r\nContent-Length: 4\r\n\r\nnews")

    signer = Signer(tmp_path, "authority")
    mine, other = (serve({"/": cookies}, signer.context("127.0.0.1")[0]) for _ in range(2))
    logins = {f"127.0.0.1:{mine.port}": {"Cookie": "sid=hidden", "Authorization": "Basic aGlkZGVu"}}
    crawled = crawl(
        [[mine.url("/")], [other.url("/")]],
        collection=tmp_path / "c",
        variables={"WIRECOPY_LOGINS": json.dumps(logins)},
        WIRECOPY_MASK_LOGINS=True,
    )
    assert b"Cookie: sid=hidden" in mine.passed[0].request
    assert b"hidden" not in other.passed[0].request
    blocks = [block for kind in ("request", "response", "metadata") for block in crawled.blocks(kind)]
    of_mine = b"".join(block.start for block in blocks if block.url == mine.url("/"))
    assert b"hidden" not in of_mine
    assert b"aGlkZGVu" not in of_mine
    assert b"Set-Cookie: (masked)" in of_mine
    assert b"masked: authorization cookie set-cookie" in of_mine
    assert all(block.digest_is_right for block in blocks)
    assert b"Set-Cookie: sid=hidden" in b"".join(block.start for block in blocks if block.url == other.url("/"))


def test_a_trusted_certificate_verifies(secure: Any) -> None:
    tls = session(secure, "good")
    assert (tls["verified"], tls["error"], tls["protocol"]) == (True, None, "tls/1.3")
    assert tls["cipher"].startswith("TLS_")


def test_the_chain_is_kept_leaf_first(secure: Any) -> None:
    tls = session(secure, "good")
    assert tls["chain"][0] == secure[1]["good"][1]
    assert len(tls["chain"]) == 2


def test_the_protocol_is_the_one_negotiated(secure: Any) -> None:
    assert session(secure, "old protocol")["protocol"] == "tls/1.2"


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("wrong host", "certificate is not for 127.0.0.1"),
        ("expired", "cert has expired"),
        ("unknown", "self signed cert in chain"),
        ("all of it", "self signed cert in chain; cert has expired; certificate is not for 127.0.0.1"),
    ],
)
def test_a_bad_certificate_is_accepted_and_said_to_be_bad(secure: Any, name: str, error: str) -> None:
    tls = session(secure, name)
    assert (tls["verified"], tls["error"]) == (False, error)


def test_requests_and_responses_over_tls_are_byte_for_byte(secure: Any) -> None:
    servers, _, _, crawled = secure
    for server in servers.values():
        for passed in server.passed:
            (kept,) = crawled.of(server.url(passed.path))
            assert (kept.request, kept.response) == (passed.request, bytes(passed.response))


def test_only_a_proper_close_completes_a_body_without_length(secure: Any) -> None:
    good, crawled = secure[0]["good"], secure[3]
    told = {path: crawled.of(good.url(path))[0] for path in ("/until-close", "/torn", "/cut")}
    assert {path: (kept.outcome, kept.truncated) for path, kept in told.items()} == {
        "/until-close": ("ok", None),
        "/torn": ("aborted", "disconnect"),
        "/cut": ("aborted", "disconnect"),
    }


def test_a_failed_handshake_is_no_exchange(secure: Any) -> None:
    crawled = secure[3]
    assert not [kept for kept in crawled.kept if kept.url.endswith("/no-tls")]
    (failure,) = [failure for failure in crawled.failures if failure["url"].endswith("/no-tls")]
    assert failure["outcome"] == "tls_failure"
    said = ("wrong version number", "record layer failure")  # each version of OpenSSL has its own words
    assert failure["message"] in [f"no TLS handshake: {words}" for words in said]


def test_a_tunnel_is_no_part_of_the_exchange(secure: Any) -> None:
    _, contexts, proxy, crawled = secure
    assert proxy.connects
    (kept,) = crawled.of("https://127.0.0.1:9/")
    (passed,) = [passed for passed in proxy.of("/") if b"Host: 127.0.0.1:9" in passed.request]
    assert kept.request == passed.request
    assert kept.request.startswith(b"GET / HTTP/1.1\r\n")
    assert kept.response == BODY
    assert kept.tls["verified"] is True
    assert kept.tls["chain"][0] == contexts["good"][1]
    assert kept.address is None


def test_a_body_cut_in_a_tunnel_is_kept(secure: Any) -> None:
    (kept,) = secure[3].of("https://127.0.0.1:9/cut")
    assert kept.response.endswith(b"secret")
    assert kept.truncated == "disconnect"


def test_a_proxied_request_is_kept_in_absolute_form_under_its_own_url(secure: Any) -> None:
    (kept,) = secure[3].of("http://story.example/")
    assert kept.request.startswith(b"GET http://story.example/ HTTP/1.1\r\n")
    assert b"Host: story.example\r\n" in kept.request
    assert (kept.response, kept.address) == (BODY, None)


def test_a_proxy_is_not_asked_for_what_is_plainly_local(secure: Any) -> None:
    (failure,) = [failure for failure in secure[3].failures if failure["url"] == "http://192.168.1.1/"]
    assert failure["outcome"] == "address_denied"
    assert secure[3].of("http://localhost/"), "127.0.0.1 is allowed, and so is its name"


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("http://dead.example/", "no way through the proxy 127.0.0.1:1: connection refused"),
        ("https://dead.example/", "no way through the proxy 127.0.0.1:1: connection refused"),
        ("http://lost.example/", "no way through the proxy nowhere.invalid:80: the host name does not resolve"),
        ("https://refused.example/", "no way through the proxy 127.0.0.1:PORT: it answers 403 Not for you"),
    ],
)
def test_a_proxy_that_does_not_do_its_work_is_named(secure: Any, url: str, message: str) -> None:
    _, _, _, crawled = secure
    (failure,) = [failure for failure in crawled.failures if failure["url"] == url]
    assert failure["outcome"] == "unreachable"
    assert re.sub(r"1:\d{4,}", "1:PORT", failure["message"]) == message
    assert crawled.answers[f"GET {url}"]["ending"] == ["unreachable", failure["message"]]
