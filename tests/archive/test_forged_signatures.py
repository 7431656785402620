"""Signatures and stamps as a forger makes them: certificates that may not sign others, dates that nothing proves."""

from __future__ import annotations

import base64
import json
import subprocess
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from freezegun import freeze_time

from crawler.archive.signing import SigningError, sign_wacz
from crawler.archive.signing.package import digest
from crawler.archive.signing.signed_data import pem
from crawler.archive.wacz import DIGEST
from tests.archive.test_signing import CONFIG, DOMAIN, Key, certificate, changed, codes, digest_file, save_key
from tests.archive.verify.build import described, sound, wacz_files, write_wacz

Issuer = tuple[x509.Certificate, Key]


def new_key() -> Key:
    return ec.generate_private_key(ec.SECP256R1())


@pytest.fixture
def wacz(tmp_path: Path) -> Path:
    return write_wacz(tmp_path / "c.wacz", described(wacz_files(sound())))


@pytest.fixture
def root() -> Issuer:
    key = new_key()
    return certificate("Root", key), key


@pytest.fixture
def roots(root: Issuer, tmp_path: Path) -> Path:
    (tmp_path / "roots.pem").write_text(pem([root[0]]))
    return tmp_path / "roots.pem"


def signed_by(wacz: Path, chain: list[x509.Certificate], key: Key) -> Path:
    """The file with this chain, which ``sign`` would perhaps refuse."""
    sign_wacz(wacz, key, chain=[certificate(DOMAIN, key, domain=DOMAIN)], domain=DOMAIN)
    return changed(wacz, domainCert=pem(chain))


def test_the_holder_of_one_domain_cannot_sign_for_another(wacz: Path, root: Issuer, roots: Path) -> None:
    own_key, key = new_key(), new_key()
    own = certificate("mallory.example", own_key, root, domain="mallory.example")
    forged = certificate(DOMAIN, key, (own, own_key), domain=DOMAIN)
    with pytest.raises(SigningError, match="is no authority"):
        sign_wacz(wacz, key, chain=[forged, own, root[0]], domain=DOMAIN)
    assert "signature-chain" in codes(signed_by(wacz, [forged, own, root[0]], key), roots)
    assert "signature-chain" in codes(signed_by(wacz, [forged, own], key))
    sign_wacz(wacz, own_key, chain=[own, root[0]], domain="mallory.example")
    crossed = changed(wacz, crossSignedCert=pem([certificate("x", own_key, (own, own_key), domain="x"), own]))
    assert "signature-chain" in codes(crossed, roots)


def test_a_pinned_certificate_is_trusted_and_vouches_for_no_other(wacz: Path, tmp_path: Path) -> None:
    own_key, key = new_key(), new_key()
    own = certificate(DOMAIN, own_key, domain=DOMAIN)
    (tmp_path / "pinned.pem").write_text(pem([own]))
    assert codes(signed_by(wacz, [own], own_key), tmp_path / "pinned.pem") == set()
    below = certificate(DOMAIN, key, (own, own_key), domain=DOMAIN)
    assert "signature-chain" in codes(signed_by(wacz, [below], key), tmp_path / "pinned.pem")


def test_an_authority_keeps_to_the_length_it_was_given_and_to_what_its_key_is_for(
    wacz: Path, root: Issuer, roots: Path
) -> None:
    middle_key, low_key, key = new_key(), new_key(), new_key()
    short = _authority("Short", middle_key, root, length=0)
    low = certificate("Low", low_key, (short, middle_key))
    leaf = certificate(DOMAIN, key, (low, low_key), domain=DOMAIN)
    assert "signature-chain" in codes(signed_by(wacz, [leaf, low, short], key), roots)
    encrypting = _authority("Encrypting", middle_key, root, signs=False)
    leaf = certificate(DOMAIN, key, (encrypting, middle_key), domain=DOMAIN)
    assert "signature-chain" in codes(signed_by(wacz, [leaf, encrypting], key), roots)
    whole = _authority("Whole", middle_key, root, length=0)
    leaf = certificate(DOMAIN, key, (whole, middle_key), domain=DOMAIN)
    assert codes(signed_by(wacz, [leaf, whole], key), roots) == set()


def test_a_date_of_signing_that_nothing_proves_is_told(wacz: Path, root: Issuer, roots: Path) -> None:
    key = new_key()
    sign_wacz(wacz, key, chain=[certificate(DOMAIN, key, root, domain=DOMAIN, days=5), root[0]], domain=DOMAIN)
    assert codes(wacz, roots) == set()
    with freeze_time(datetime.now(UTC) + timedelta(days=10)):  # its key may be anybody's by now, and the date too
        assert codes(wacz, roots) == {"signature-undated"}
    sign_wacz(wacz, key)
    assert codes(changed(wacz, created="2999-01-01T00:00:00Z")) == {"signature-anonymous", "signature-undated"}


def test_a_domain_that_shows_no_certificate_has_not_signed(wacz: Path) -> None:
    sign_wacz(wacz, new_key())
    assert codes(changed(wacz, domain=DOMAIN)) == {"signature-syntax"}


def test_a_datapackage_that_was_swapped_does_not_fit_whatever_is_mended_around_it(wacz: Path) -> None:
    sign_wacz(wacz, new_key())
    said = digest_file(wacz)
    with zipfile.ZipFile(wacz) as archive:
        files = {name: archive.read(name) for name in archive.namelist() if name != DIGEST}
    other = described({**wacz_files(sound()), "pages/pages.jsonl": files["pages/pages.jsonl"] + b"\n"})
    fresh = digest(other["datapackage.json"])
    swapped = write_wacz(wacz.with_name("swapped.wacz"), {**other, DIGEST: json.dumps(said).encode()})
    assert "signature-hash" in codes(swapped)
    said["hash"] = fresh
    assert "signature-hash" in codes(write_wacz(swapped, {**other, DIGEST: json.dumps(said).encode()}))
    said["signedData"]["hash"] = fresh
    assert "signature-wrong" in codes(write_wacz(swapped, {**other, DIGEST: json.dumps(said).encode()}))


@pytest.mark.parametrize("name", ["archive/more.html", "index.html", "extra/more.json"])
def test_a_file_that_was_put_in_later_is_told_wherever_it_lies(name: str, wacz: Path) -> None:
    sign_wacz(wacz, new_key())
    with zipfile.ZipFile(wacz, "a") as archive:
        archive.writestr(name, b"{}")
    assert "package-unlisted" in codes(wacz)


@pytest.mark.parametrize(
    ("name", "code"), [("datapackage.json", "package-syntax"), (DIGEST, "signature-syntax")], ids=["files", "signature"]
)
def test_what_one_reader_may_take_for_another_thing_than_the_next_is_told_and_not_signed(
    name: str, code: str, wacz: Path
) -> None:
    sign_wacz(wacz, new_key())
    with zipfile.ZipFile(wacz) as archive:
        files = {each: archive.read(each) for each in archive.namelist()}
    twice = b'{"path": "other", "resources": [], ' + files[name].lstrip()[1:].replace(b"{", b'{"path": "x", ', 1)
    forged = write_wacz(wacz.with_name("forged.wacz"), {**files, name: twice})
    assert code in codes(forged)
    if name != DIGEST:
        with pytest.raises(SigningError, match="twice"):
            sign_wacz(forged, new_key())


def test_two_files_of_one_name_are_not_signed(wacz: Path) -> None:
    with zipfile.ZipFile(wacz, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("pages/pages.jsonl", archive.read("pages/pages.jsonl"))
    with pytest.raises(SigningError, match="two files of one name"):
        sign_wacz(wacz, new_key())


@pytest.mark.parametrize("kind", ["sound", "under a leaf", "ended", "of the same name", "for web servers"])
def test_only_a_stamp_of_an_authority_that_was_one_then_counts(
    kind: str, wacz: Path, root: Issuer, roots: Path, tmp_path: Path
) -> None:
    key, own_key = new_key(), new_key()
    own = certificate("mallory.example", own_key, root, domain="mallory.example")
    above, chain = root, [root[0]]
    if kind == "under a leaf":
        above, chain = (own, own_key), [own, root[0]]
    elif kind == "of the same name":
        above = certificate("Root", own_key), own_key
        chain = [above[0]]
    days = -2 if kind == "ended" else 30
    signer = _stamper(key, above, days=days, purpose="server" if kind == "for web servers" else "stamps")
    sign_wacz(wacz, new_key())
    message = digest_file(wacz)["signedData"]["signature"].encode()
    answer = _stamp(tmp_path, message, signer, key, chain)
    if answer is None:
        assert kind == "for web servers"  # OpenSSL itself refuses to stamp with it
        return
    stamped = changed(wacz, timeSignature=base64.b64encode(answer).decode(), timestampCert=pem([signer, *chain]))
    wrong = set() if kind == "sound" else {"timestamp-wrong"}
    assert codes(stamped, roots) == {"signature-anonymous"} | wrong


def _authority(
    name: str, key: Key, issuer: Issuer, *, length: int | None = None, signs: bool = True
) -> x509.Certificate:
    usage = dict.fromkeys(("digital_signature", "content_commitment", "data_encipherment", "key_agreement"), False)
    usage |= {"key_encipherment": True, "key_cert_sign": signs, "crl_sign": False}
    builder = _blank(name, key, issuer, 30)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=length), critical=True)
    more = x509.KeyUsage(**usage, encipher_only=False, decipher_only=False)
    return builder.add_extension(more, critical=True).sign(issuer[1], hashes.SHA256())


def _stamper(key: Key, issuer: Issuer, *, days: int, purpose: str) -> x509.Certificate:
    purposes = x509.ExtendedKeyUsageOID
    use = purposes.TIME_STAMPING if purpose == "stamps" else purposes.SERVER_AUTH
    builder = _blank("Clock", key, issuer, days)
    return builder.add_extension(x509.ExtendedKeyUsage([use]), critical=True).sign(issuer[1], hashes.SHA256())


def _blank(name: str, key: Key, issuer: Issuer, days: int) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)]))
        .issuer_name(issuer[0].subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=5))
        .not_valid_after(now + timedelta(days=days))
    )


def _stamp(
    folder: Path, message: bytes, signer: x509.Certificate, key: Key, chain: list[x509.Certificate]
) -> bytes | None:
    """What OpenSSL answers as such an authority; None where it refuses."""
    save_key(folder / "tsa.key", key)
    (folder / "tsa.pem").write_text(pem([signer]))
    (folder / "chain.pem").write_text(pem(chain))
    (folder / "serial").write_text("01")
    (folder / "tsa.cnf").write_text(CONFIG.format(folder=folder))
    (folder / "message").write_bytes(message)
    query = ["openssl", "ts", "-query", "-data", folder / "message", "-sha256", "-cert", "-out", folder / "query"]
    subprocess.run(query, check=True, capture_output=True, timeout=120)
    reply = ["openssl", "ts", "-reply", "-queryfile", folder / "query", "-config", folder / "tsa.cnf"]
    done = subprocess.run(reply, capture_output=True, timeout=120, check=False)
    return done.stdout if done.returncode == 0 else None
