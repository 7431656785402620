"""What a person reads when a watchlist was run by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def test_a_page_at_a_private_address_is_no_capture_and_the_watchlists_own_key_is_the_remedy(
    wirecopy: Any, tmp_path: Path
) -> None:
    (tmp_path / "w.toml").write_text('[[story]]\nurl = "http://127.0.0.1:9/pier"\n')
    done = wirecopy("run", "w.toml", cwd=tmp_path)
    assert done.returncode == 9
    assert "  1 story visited\n  1 page refused\n" in done.stdout
    assert "captured" not in done.stdout
    assert "allow_addresses in a watchlist" in done.stdout
