"""What a person reads when a watchlist was run by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from crawler.cli import exit_codes


def test_a_page_that_does_not_come_is_no_capture(wirecopy: Any, tmp_path: Path) -> None:
    there = '[[story]]\nurl = "http://127.0.0.1:9/pier"\n'
    (tmp_path / "w.toml").write_text(f'allow_addresses = ["127.0.0.1"]\npoliteness.retries = 0\n{there}')
    done = wirecopy("run", "w.toml", cwd=tmp_path, WIRECOPY_CONTACT="")
    assert done.returncode == exit_codes.PARTIAL
    assert "  1 story visited\n  1 page failed\n" in done.stdout
    assert "captured" not in done.stdout
    assert 'no contact is set, so sites cannot reach you; write contact = "..." into w.toml' in done.stderr


def test_a_page_at_a_private_address_is_not_asked_for_and_the_watchlists_own_key_is_the_remedy(
    wirecopy: Any, tmp_path: Path
) -> None:
    (tmp_path / "w.toml").write_text('[[story]]\nurl = "http://127.0.0.1:9/pier"\n')
    done = wirecopy("run", "w.toml", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (exit_codes.USAGE, "")
    (told,) = done.stderr.splitlines()
    assert "w.toml:2: story 1, url: http://127.0.0.1:9/pier: wirecopy connects to no private address" in told
    assert told.endswith("open it with allow_addresses")


def test_a_source_that_can_not_be_had_is_not_among_those_read(wirecopy: Any, tmp_path: Path) -> None:
    there = '[[source]]\nurl = "http://127.0.0.1:9/feed"\n'
    (tmp_path / "w.toml").write_text(f'allow_addresses = ["127.0.0.1"]\npoliteness.retries = 0\n{there}')
    done = wirecopy("run", "w.toml", cwd=tmp_path)
    assert done.returncode == exit_codes.PARTIAL
    assert "  1 source not to be had\n" in done.stdout
    assert "source read" not in done.stdout
