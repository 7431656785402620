"""Signatures and time stamps, the latter by a real authority: OpenSSL's, behind a server of our own."""

from __future__ import annotations

import base64
import json
import subprocess
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from crawler.archive import pack
from crawler.archive.datapackage import write_datapackage
from crawler.archive.signing import SigningError, TimestampError, load_key, request_stamp, sign_wacz
from crawler.archive.signing.der import with_ordered_certificates
from crawler.archive.signing.signed_data import pem
from crawler.archive.verify import Finding, verify
from crawler.archive.wacz import DIGEST
from crawler.cli import exit_codes, main
from tests.archive.verify.build import described, sound, wacz_files, write_wacz

Key = ec.EllipticCurvePrivateKey
DOMAIN = "archive.example.org"
NOW = datetime.now(UTC)
CONFIG = """
[ tsa ]
default_tsa = here
[ here ]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
certs = {folder}/chain.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
"""


@dataclass(frozen=True)
class Authority:
    url: str
    folder: Path
    root: Path
    """Its root certificate in PEM."""
    asked: list[bytes]


def certificate(
    subject: str, key: Key, issuer: tuple[x509.Certificate, Key] | None = None, *, days: int = 30, **more: Any
) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)])
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer[0].subject if issuer else name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - timedelta(days=1))
        .not_valid_after(NOW + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=not more, path_length=None), critical=True)
    )
    if more.get("stamps"):
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    if domain := more.get("domain"):
        builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(domain)]), critical=False)
    return builder.sign(issuer[1] if issuer else key, hashes.SHA256())


def save_key(file: Path, key: Key) -> Path:
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    file.chmod(0o600)
    return file


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Authority]:
    folder = tmp_path_factory.mktemp("tsa")
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root = certificate("Root", root_key)
    signer = certificate("Clock", key, (root, root_key), stamps=True)
    save_key(folder / "tsa.key", key)
    (folder / "tsa.pem").write_text(pem([signer]))
    (folder / "chain.pem").write_text(pem([root]))
    (folder / "serial").write_text("01")
    (folder / "tsa.cnf").write_text(CONFIG.format(folder=folder))
    asked: list[bytes] = []

    class Clock(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = self.rfile.read(int(self.headers["Content-Length"]))
            asked.append(query)
            (folder / "query").write_bytes(asked[0] if self.path == "/stale" else query)
            command = ["openssl", "ts", "-reply", "-queryfile", folder / "query", "-config", folder / "tsa.cnf"]
            answer = subprocess.run(command, capture_output=True, check=True, timeout=120).stdout
            self.send_response(500 if self.path == "/broken" else 200)
            kind = "text/html" if self.path == "/html" else "application/timestamp-reply"
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(b"nonsense" if self.path == "/nonsense" else answer)

        def log_message(self, *_: object) -> None:
            """Nothing is logged."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Clock) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}).start()
        yield Authority(f"http://127.0.0.1:{server.server_port}", folder, folder / "chain.pem", asked)
        server.shutdown()


@pytest.fixture
def wacz(tmp_path: Path) -> Path:
    return write_wacz(tmp_path / "c.wacz", described(wacz_files(sound())))


@pytest.fixture
def key(tmp_path: Path) -> Key:
    return load_key(tmp_path / "keys" / "key.pem", create=True)


def codes(path: Path, roots: Path | None = None) -> set[str]:
    found: list[Finding] = []
    verify(path, found.append, roots=roots)
    return {finding.code for finding in found}


def digest_file(path: Path) -> dict[str, Any]:
    with zipfile.ZipFile(path) as archive:
        read: dict[str, Any] = json.loads(archive.read(DIGEST))
    return read


def changed(path: Path, **values: Any) -> Path:
    """The WACZ with other values in its signature data; None takes one away."""
    said = digest_file(path)
    said["signedData"] = {name: value for name, value in {**said["signedData"], **values}.items() if value is not None}
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    return write_wacz(path.with_name("changed.wacz"), {**files, DIGEST: json.dumps(said).encode()})


def test_a_key_is_made_on_first_use_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "new" / "key.pem"
    made = load_key(file, create=True)
    assert file.stat().st_mode & 0o777 == 0o600
    assert isinstance(made.curve, ec.SECP384R1)
    assert load_key(file, create=True).private_numbers() == made.private_numbers()
    file.chmod(0o644)
    with pytest.raises(SigningError, match="chmod 600"):
        load_key(file)


def test_keys_that_cannot_be_used(tmp_path: Path) -> None:
    with pytest.raises(SigningError, match="there is no key"):
        load_key(tmp_path / "gone.pem")
    (tmp_path / "junk.pem").write_text("junk")
    (tmp_path / "junk.pem").chmod(0o600)
    with pytest.raises(SigningError, match="no private key"):
        load_key(tmp_path / "junk.pem")
    load_key(tmp_path / "locked.pem", password=b"secret", create=True)
    with pytest.raises(SigningError, match="WIRECOPY_KEY_PASSWORD"):
        load_key(tmp_path / "locked.pem")
    assert load_key(tmp_path / "locked.pem", password=b"secret")


def test_an_anonymous_signature_is_what_browsers_make(wacz: Path, key: Key) -> None:
    before = zipfile.ZipFile(wacz)
    with before:
        files = {name: before.read(name) for name in before.namelist() if name != DIGEST}
    signed = sign_wacz(wacz, key)
    said = digest_file(wacz)
    data = said["signedData"]
    assert (said["path"], said["hash"], data["hash"]) == ("datapackage.json", signed.hash, signed.hash)
    assert set(data) == {"hash", "created", "software", "version", "signature", "publicKey"}
    assert len(base64.b64decode(data["signature"])) == 96  # P-384, the two numbers one behind the other
    with zipfile.ZipFile(wacz) as after:
        assert {name: after.read(name) for name in after.namelist() if name != DIGEST} == files
    assert codes(wacz) == {"signature-anonymous"}


def test_signing_again_replaces_the_signature(wacz: Path, key: Key) -> None:
    first = sign_wacz(wacz, key)
    assert sign_wacz(wacz, key).hash == first.hash
    with zipfile.ZipFile(wacz) as archive:
        assert archive.namelist().count(DIGEST) == 1


def test_what_wirecopy_packed_is_signed_with_the_time_its_datapackage_gives(
    record: Any, exchange: Any, tmp_path: Path, key: Key
) -> None:
    """For py-wacz, which takes a signature of another second than ``created`` for a wrong one."""
    record(exchange("https://quay.example/ferry", b"Ferry returns"))
    of_collection = json.loads((tmp_path / "c/datapackage.json").read_text())
    of_collection |= {"created": "2026-03-01T08:00:00Z", "modified": "2026-03-02T08:00:00Z"}
    (tmp_path / "c/datapackage.json").write_text(json.dumps(of_collection))
    pack(tmp_path / "c", tmp_path / "c.wacz")
    for _ in range(2):
        signed = sign_wacz(tmp_path / "c.wacz", key)
        with zipfile.ZipFile(tmp_path / "c.wacz") as archive:
            package = json.loads(archive.read("datapackage.json"))
            assert archive.namelist()[-2:] == ["datapackage.json", DIGEST]
        data = digest_file(tmp_path / "c.wacz")["signedData"]
        assert package["created"] == package["modified"] == data["created"] > "2026-03-02T08:00:00Z"
        assert package["wirecopy"]["collection"] == {name: of_collection[name] for name in ("created", "modified")}
        assert (data["hash"], codes(tmp_path / "c.wacz")) == (signed.hash, {"signature-anonymous"})
    with zipfile.ZipFile(tmp_path / "c.wacz") as archive:
        archive.extractall(tmp_path / "unpacked")
    write_datapackage(tmp_path / "unpacked")
    assert json.loads((tmp_path / "unpacked/datapackage.json").read_text())["created"] == "2026-03-01T08:00:00Z"


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"hash": "sha256:" + "0" * 64}, {"signature-hash", "signature-wrong"}),
        ({"signature": "AAAA"}, {"signature-wrong"}),
        ({"signature": "not base64!"}, {"signature-wrong"}),
        ({"publicKey": "AAAA"}, {"signature-syntax"}),
        ({"publicKey": None}, {"signature-syntax"}),
        ({"created": "yesterday"}, {"signature-syntax"}),
        ({"note": "x"}, {"signature-syntax"}),
        ({"created": 7}, {"signature-syntax"}),
    ],
)
def test_signature_data_that_were_tampered_with(
    values: dict[str, Any], expected: set[str], wacz: Path, key: Key
) -> None:
    sign_wacz(wacz, key)
    assert codes(changed(wacz, **values)) == expected


def test_the_signature_of_an_unpacked_wacz_is_checked_too(
    wacz: Path, key: Key, authority: Authority, tmp_path: Path
) -> None:
    folder = tmp_path / "unpacked"
    sign_wacz(wacz, key)
    with zipfile.ZipFile(wacz) as archive:
        archive.extractall(folder)
    assert codes(folder) == {"signature-anonymous"}
    digest = json.loads((folder / DIGEST).read_text())
    digest["signedData"]["signature"] = "AAAA"
    (folder / DIGEST).write_text(json.dumps(digest))
    assert codes(folder, roots=authority.root) == {"signature-wrong"}
    (folder / DIGEST).unlink()
    assert codes(folder) == set()  # a folder is not obliged to be signed


def test_another_key_does_not_fit(wacz: Path, key: Key, tmp_path: Path) -> None:
    sign_wacz(wacz, key)
    other = load_key(tmp_path / "other.pem", create=True).public_key()
    der = other.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    assert codes(changed(wacz, publicKey=base64.b64encode(der).decode())) == {"signature-wrong"}


def test_what_was_altered_is_not_signed(wacz: Path, key: Key, tmp_path: Path) -> None:
    files = described(wacz_files(sound()))
    altered = write_wacz(tmp_path / "a.wacz", {**files, "pages/pages.jsonl": b"other"})
    before = altered.read_bytes()
    with pytest.raises(SigningError, match=r"pages/pages\.jsonl"):
        sign_wacz(altered, key)
    assert altered.read_bytes() == before
    (tmp_path / "b.wacz").write_bytes(wacz.read_bytes()[:-30])
    with pytest.raises(SigningError, match="no whole WACZ"):
        sign_wacz(tmp_path / "b.wacz", key)
    with pytest.raises(SigningError, match="does not exist"):
        sign_wacz(tmp_path / "gone.wacz", key)
    (tmp_path / "c.warc").write_bytes(b"WARC/1.1")
    for other in (tmp_path / "c.warc", tmp_path):
        with pytest.raises(SigningError, match="is no WACZ: make one of a collection with `wirecopy pack`"):
            sign_wacz(other, key)
    assert {file.name for file in tmp_path.iterdir() if file.name.endswith(".new")} == set()


def test_a_domain_signs_with_its_certificate(wacz: Path, key: Key, authority: Authority, tmp_path: Path) -> None:
    root_key = ec.generate_private_key(ec.SECP256R1())
    root = certificate("Root of the web", root_key)
    chain = [certificate(DOMAIN, key, (root, root_key), domain=DOMAIN), root]
    signed = sign_wacz(wacz, key, chain=chain, domain=DOMAIN, authority=authority.url)
    assert signed.stamped_at is not None
    assert set(digest_file(wacz)["signedData"]) == {
        *("hash", "created", "software", "version", "signature", "domain", "domainCert"),
        *("timeSignature", "timestampCert"),
    }
    assert codes(wacz) == {"signature-untrusted", "timestamp-untrusted"}
    roots = tmp_path / "roots.pem"
    roots.write_text(pem([root]) + authority.root.read_text())
    assert codes(wacz, roots) == set()
    assert codes(wacz, authority.root) == {"signature-chain"}
    assert "timestamp-wrong" in codes(wacz, _saved(tmp_path / "web.pem", [root]))
    assert "signature-domain" in codes(changed(wacz, domain="other.example.org"))
    assert "signature-chain" in codes(changed(wacz, created="2001-01-01T00:00:00Z"))
    other = certificate("Elsewhere", root_key)
    assert "signature-chain" in codes(changed(wacz, domainCert=pem([chain[0], certificate("Root of the web", key)])))
    assert "signature-chain" in codes(changed(wacz, crossSignedCert=pem([other])))
    crossed = changed(wacz, crossSignedCert=pem([certificate(DOMAIN, key, (other, root_key), domain=DOMAIN), other]))
    assert codes(crossed, _saved(tmp_path / "both.pem", [other, *_read(authority.root)])) == set()
    rsa = changed(wacz, domainCert=_rsa_certificate())
    assert "signature-unknown" in codes(rsa)


def test_a_certificate_that_does_not_fit_is_refused(wacz: Path, key: Key) -> None:
    other = ec.generate_private_key(ec.SECP256R1())
    for chain, domain, said in (
        ([certificate(DOMAIN, other, domain=DOMAIN)], DOMAIN, "not of the key"),
        ([certificate(DOMAIN, key, domain=DOMAIN)], "x.example.org", "not for x.example.org"),
        ([certificate(DOMAIN, key, domain=DOMAIN, days=-1 + 1)], DOMAIN, "not valid at"),
        ([], DOMAIN, "go together"),
    ):
        with pytest.raises(SigningError, match=said):
            sign_wacz(wacz, key, chain=chain, domain=domain)


def test_a_time_stamp_is_one_that_openssl_takes_for_good(
    wacz: Path, key: Key, authority: Authority, tmp_path: Path
) -> None:
    signed = sign_wacz(wacz, key, authority=authority.url, roots=_read(authority.root))
    assert signed.stamped_at is not None
    assert abs(signed.stamped_at - datetime.now(UTC)) < timedelta(minutes=5)
    data = digest_file(wacz)["signedData"]
    (tmp_path / "data").write_text(data["signature"])
    (tmp_path / "tsr").write_bytes(base64.b64decode(data["timeSignature"]))
    command = ["openssl", "ts", "-verify", "-data", tmp_path / "data", "-in", tmp_path / "tsr"]
    subprocess.run([*command, "-CAfile", authority.root], check=True, capture_output=True, timeout=120)
    assert codes(wacz) == {"signature-anonymous", "timestamp-untrusted"}
    assert codes(wacz, authority.root) == {"signature-anonymous"}


def test_a_stamp_that_was_tampered_with(wacz: Path, key: Key, authority: Authority) -> None:
    sign_wacz(wacz, key, authority=authority.url)
    data = digest_file(wacz)["signedData"]
    der = bytearray(base64.b64decode(data["timeSignature"]))
    der[-1] ^= 1
    assert "timestamp-wrong" in codes(changed(wacz, timeSignature=base64.b64encode(der).decode()))
    assert "timestamp-wrong" in codes(changed(wacz, timeSignature="AAAA"))
    assert "timestamp-wrong" in codes(changed(wacz, timestampCert="x"))
    assert "timestamp-distant" in codes(changed(wacz, created="2026-01-01T00:00:00Z"))
    other = digest_file(wacz)["signedData"]["signature"]
    sign_wacz(wacz, key)
    moved = changed(wacz, timeSignature=data["timeSignature"], timestampCert=data["timestampCert"])
    assert digest_file(moved)["signedData"]["signature"] != other
    assert "timestamp-wrong" in codes(moved)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/html", "is it such an authority"),
        ("/nonsense", "sent no time stamp"),
        ("/broken", "refused: HTTP Error 500"),
        ("/stale", "of another request"),
    ],
)
def test_an_authority_that_answers_wrong_signs_nothing(
    path: str, said: str, wacz: Path, key: Key, authority: Authority
) -> None:
    if not authority.asked:
        request_stamp(authority.url, b"first")
    before = wacz.read_bytes()
    with pytest.raises(TimestampError, match=said):
        sign_wacz(wacz, key, authority=authority.url + path)
    assert wacz.read_bytes() == before
    with pytest.raises(TimestampError, match="did not answer"):
        request_stamp("http://127.0.0.1:9/", b"x")
    with pytest.raises(TimestampError, match="no http or https"):
        request_stamp("file:///etc/passwd", b"x")
    with pytest.raises(TimestampError, match=r"^tsa is no http or https address"):
        request_stamp("me:SECRET@tsa", b"x")


def test_the_library_for_time_stamps_may_be_missing(
    wacz: Path, key: Key, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_wacz(wacz, key, authority=authority.url)
    monkeypatch.setitem(__import__("sys").modules, "rfc3161_client", None)
    assert codes(wacz) == {"signature-anonymous", "timestamp-unchecked"}
    with pytest.raises(TimestampError, match=r"pip install 'wirecopy\[sign\]'"):
        sign_wacz(wacz, key, authority=authority.url)
    assert main(["sign", str(wacz), "--timestamp", authority.url]) == exit_codes.USAGE


def test_the_command_line(
    wacz: Path, authority: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.delenv("WIRECOPY_SIGNING_KEY", raising=False)
    assert main(["sign", str(wacz), "--timestamp", authority.url, "--json"]) == exit_codes.OK
    told = json.loads(capsys.readouterr().out)
    assert told["key_file"] == str(tmp_path / "config" / "wirecopy" / "signing-key.pem")
    assert told["signed"][0]["stamped_at"]
    assert main(["sign", str(wacz)]) == exit_codes.OK
    assert told["signed"][0]["key"] in capsys.readouterr().out
    for words in (["--key", "gone.pem"], ["--timestamp", "http://127.0.0.1:9/"], ["--roots", "gone.pem"]):
        assert main(["sign", str(wacz), *words]) == exit_codes.UNREADABLE
    assert main(["sign", str(tmp_path / "gone.wacz")]) == exit_codes.UNREADABLE
    assert main(["sign", str(wacz), "--domain", DOMAIN]) == exit_codes.USAGE
    assert len(capsys.readouterr().err.splitlines()) == 5


def _saved(file: Path, chain: list[x509.Certificate]) -> Path:
    file.write_text(pem(chain))
    return file


def _read(file: Path) -> list[x509.Certificate]:
    return x509.load_pem_x509_certificates(file.read_bytes())


def _rsa_certificate() -> str:
    from cryptography.hazmat.primitives.asymmetric import rsa

    rsa_key: Any = rsa.generate_private_key(65537, 2048)
    return pem([certificate(DOMAIN, rsa_key, domain=DOMAIN)])


def test_bytes_that_are_no_time_stamp_are_left_as_they_are() -> None:
    for data in (b"", b"0", b"0\x80", b"0\x03\x02\x01\x01", b"0\x84\xff\xff\xff\xff", bytes(range(64))):
        assert with_ordered_certificates(data) == data
