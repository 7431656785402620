"""Signing a WACZ: its datapackage-digest.json written anew, and the date of its datapackage; all else as it was."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from crawler.archive.datapackage import as_of
from crawler.archive.digest import digest
from crawler.archive.errors import explain
from crawler.archive.layout import DATAPACKAGE, sync_folder
from crawler.archive.signing.chain import broken_link, is_for
from crawler.archive.signing.errors import SigningError
from crawler.archive.signing.signed_data import unstamped
from crawler.archive.signing.stamp import request_stamp
from crawler.archive.verify.codes import Severity
from crawler.archive.verify.finding import Finding
from crawler.archive.verify.package import check_package, read_package
from crawler.archive.verify.parts import ZipParts
from crawler.archive.wacz import DIGEST
from crawler.model.moment import rfc3339
from crawler.model.presence import is_there


@dataclass(frozen=True, slots=True)
class Signed:
    """A WACZ that was signed."""

    file: Path
    hash: str
    """Of its datapackage.json."""
    key: str
    """SHA-256 of the public key, by which others know it."""
    stamped_at: datetime | None


def sign_wacz(
    file: Path,
    key: ec.EllipticCurvePrivateKey,
    *,
    chain: Sequence[x509.Certificate] = (),
    domain: str | None = None,
    authority: str | None = None,
    roots: Sequence[x509.Certificate] = (),
    progress: Callable[[int], None] | None = None,
) -> Signed:
    """Sign a WACZ, replacing it as a whole: with a key alone, or with that of a certificate for ``domain``.

    One that wirecopy packed says in its datapackage that it was made now: py-wacz refuses signatures of another second.
    ``authority`` is the address of a time stamping authority. Before anything is signed, the files are held against the
    datapackage. Raises ``SigningError`` for what can't or must not be signed, ``TimestampError``, ``ArchiveError``.
    """
    if not is_there(file):
        raise SigningError(f"{file} does not exist", file)
    if not _begins_like_zip(file):
        raise SigningError(f"{file} is no WACZ: make one of a collection with `wirecopy pack`", file)
    if domain is not None or chain:
        _check_certificate(list(chain), domain, key, file)
    fresh = file.with_name(file.name + ".new")
    try:
        with zipfile.ZipFile(file) as old:
            created = rfc3339(datetime.now(UTC).replace(microsecond=0))
            package = as_of(_checked(old, file), created)
            of_package = digest(package)
            said = unstamped(of_package, created, key, list(chain), domain)
            stamp = None
            if authority:
                stamp = request_stamp(authority, said["signature"].encode("ascii"), roots)
                said |= {"timeSignature": stamp.response, "timestampCert": stamp.certificates}
            text = json.dumps({"path": DATAPACKAGE, "hash": of_package, "signedData": said}, indent=1) + "\n"
            _write(old, fresh, package, text, progress or _nobody)
        fresh.replace(file)
        sync_folder(file.absolute().parent)
    except (zipfile.BadZipFile, KeyError) as error:
        raise SigningError(f"{file} is no whole WACZ: {error}; `wirecopy verify {file}` says more", file) from error
    except OSError as error:
        with suppress(OSError):
            fresh.unlink()
        raise explain(error, "sign", file) from error
    return Signed(file, of_package, fingerprint(key), stamp.at if stamp else None)


def _begins_like_zip(file: Path) -> bool:
    """Also where its end was lost."""
    if not file.is_file():
        return False
    try:
        with file.open("rb") as stream:
            return stream.read(2) == b"PK"
    except OSError as error:
        raise explain(error, "sign", file) from error


def fingerprint(key: ec.EllipticCurvePrivateKey) -> str:
    """SHA-256 of the public key in DER (SubjectPublicKeyInfo)."""
    public = key.public_key()
    return digest(public.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo))


def _check_certificate(
    chain: list[x509.Certificate], domain: str | None, key: ec.EllipticCurvePrivateKey, file: Path
) -> None:
    if not chain or domain is None:
        raise SigningError("a domain and its certificate go together: name both, or neither", file)
    if chain[0].public_key() != key.public_key():
        raise SigningError(f"the certificate for {domain} is not of the key it is to be signed with", file)
    if not is_for(chain[0], domain):
        raise SigningError(f"the certificate is not for {domain}", file)
    if problem := broken_link(chain, datetime.now(UTC)):
        raise SigningError(f"the certificate can't be used: {problem}", file)


def _checked(wacz: zipfile.ZipFile, file: Path) -> bytes:
    """The datapackage, once every file was held against it."""
    grave: list[Finding] = []

    def note(finding: Finding) -> None:
        if finding.severity is Severity.ERROR:
            grave.append(finding)

    names = wacz.namelist()
    if len(set(names)) < len(names):
        raise SigningError(f"{file} is not signed: it has two files of one name; `wirecopy verify {file}` tells", file)
    parts = ZipParts(wacz)
    package = read_package(parts, note)
    if package is not None:
        check_package(package, parts, note)
    if grave:
        raise SigningError(
            f"{file} is not signed: {grave[0].file}: {grave[0].message}; `wirecopy verify {file}` says all", file
        )
    return wacz.read(DATAPACKAGE)


def _write(old: zipfile.ZipFile, fresh: Path, package: bytes, text: str, progress: Callable[[int], None]) -> None:
    with fresh.open("wb") as out:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as new:
            for entry in old.infolist():
                if entry.filename == DIGEST:
                    continue
                kept = zipfile.ZipInfo(entry.filename, entry.date_time)
                kept.compress_type, kept.external_attr = entry.compress_type, entry.external_attr
                kept.create_system, kept.file_size = entry.create_system, entry.file_size
                if entry.filename == DATAPACKAGE:
                    new.writestr(kept, package)
                    continue
                with old.open(entry) as source, new.open(kept, "w") as stored:
                    shutil.copyfileobj(source, stored, 1 << 18)
                progress(entry.file_size)
            last = zipfile.ZipInfo(DIGEST, (1980, 1, 1, 0, 0, 0))
            last.external_attr, last.create_system = 0o644 << 16, 3
            new.writestr(last, text)
        out.flush()
        os.fsync(out.fileno())


def _nobody(_: int) -> None:
    """Told of progress, does nothing."""
