from __future__ import annotations

import ssl
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography import x509
from freezegun import freeze_time

from crawler.replay import Authority, AuthorityError


def test_a_host_gets_one_context_however_its_name_is_written(authority: Authority) -> None:
    assert authority.context("News.Example.") is authority.context("news.example")
    assert authority.context("other.example") is not authority.context("news.example")


def test_what_is_saved_is_loaded_and_only_the_owner_may_read_it(authority: Authority, tmp_path: Path) -> None:
    path = tmp_path / "authority.pem"
    authority.save(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert Authority.load(path).pem == authority.pem


def test_the_public_half_holds_no_key(authority: Authority) -> None:
    assert b"PRIVATE" not in authority.pem


@pytest.mark.parametrize("content", [b"", b"nonsense", None])
def test_a_file_that_holds_no_authority_is_named(content: bytes | None, authority: Authority, tmp_path: Path) -> None:
    path = tmp_path / "broken.pem"
    path.write_bytes(authority.pem if content is None else content)
    with pytest.raises(AuthorityError, match=r"broken\.pem"):
        Authority.load(path)


def test_a_key_that_belongs_to_another_certificate_is_refused(authority: Authority, tmp_path: Path) -> None:
    path = tmp_path / "mixed.pem"
    authority.save(path)
    mixed = Authority.create().pem + path.read_bytes().removeprefix(authority.pem)
    path.write_bytes(mixed)
    with pytest.raises(AuthorityError, match="not the certificate's"):
        Authority.load(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(AuthorityError, match=r"none\.pem: cannot be read"):
        Authority.load(tmp_path / "none.pem")


def test_certificates_are_valid_now_even_where_the_clock_of_python_is_frozen() -> None:
    with freeze_time("2001-01-01"):
        root = x509.load_pem_x509_certificate(Authority.create().pem)
    assert root.not_valid_before_utc < datetime.now(UTC) < root.not_valid_after_utc


def test_an_address_and_a_long_name_can_be_signed_for(authority: Authority) -> None:
    for host in ("127.0.0.1", "[::1]", ".".join(["a" * 40] * 3) + ".example"):
        assert isinstance(authority.context(host), ssl.SSLContext)
