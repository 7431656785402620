"""What a person reads when a watchlist was run by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from crawler.cli import exit_codes
from crawler.replay.asked import Asked
from crawler.replay.proxy import Answer, ProxyServer


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
    assert told.endswith("open it with allow_addresses above the first [table]")


def test_a_source_that_can_not_be_had_is_not_among_those_read(wirecopy: Any, tmp_path: Path) -> None:
    there = '[[source]]\nurl = "http://127.0.0.1:9/feed"\n'
    (tmp_path / "w.toml").write_text(f'allow_addresses = ["127.0.0.1"]\npoliteness.retries = 0\n{there}')
    done = wirecopy("run", "w.toml", cwd=tmp_path)
    assert done.returncode == exit_codes.PARTIAL
    assert "  1 source not to be had\n" in done.stdout
    assert "source read" not in done.stdout


def test_the_environments_proxy_is_gone_through_where_the_watchlist_names_none(wirecopy: Any, tmp_path: Path) -> None:
    asked: list[str] = []

    def answer(request: Asked) -> Answer:
        asked.append(request.url)
        return Answer((b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",))

    story = '[[story]]\nurl = "http://quay.example/pier"\n'
    (tmp_path / "w.toml").write_text(story)
    with ProxyServer(answer) as server:
        wirecopy("run", "w.toml", cwd=tmp_path, WIRECOPY_PROXY=server.url)
        assert asked == ["http://quay.example/robots.txt", "http://quay.example/pier"]
        (tmp_path / "own.toml").write_text(f'proxy = "{server.url}"\n{story}')
        wirecopy("run", "own.toml", cwd=tmp_path, WIRECOPY_PROXY="http://127.0.0.1:9")
        assert len(asked) == 4
    done = wirecopy("run", "w.toml", cwd=tmp_path, WIRECOPY_PROXY="quay.example:3128")
    assert done.returncode == exit_codes.USAGE
    assert "quay.example:3128: $WIRECOPY_PROXY takes http://HOST:PORT" in done.stderr


def test_logins_that_are_none_are_a_wrong_call_and_no_failure_of_every_story(wirecopy: Any, tmp_path: Path) -> None:
    (tmp_path / "w.toml").write_text('[[story]]\nurl = "http://quay.example/pier"\n')
    done = wirecopy("run", "w.toml", cwd=tmp_path, WIRECOPY_LOGINS="{bad")
    assert (done.returncode, done.stdout) == (exit_codes.USAGE, "")
    assert done.stderr.startswith("wirecopy run: WIRECOPY_LOGINS is not a JSON object such as")
