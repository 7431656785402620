"""The pytest plugin: fixtures ``web`` and ``expected``, and one test for each field of a recording.

It is loaded in every run of pytest in an environment with wirecopy. So it imports nothing of wirecopy, Scrapy or
freezegun before a test asks for it, and touches only tests that are marked ``recorded``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from crawler.testing.expected import Expected
    from crawler.testing.recording import Recording
    from crawler.testing.web import Web

FOLDER = "tests/recorded"
"""Where recordings are looked for when nothing else is said."""
_KEPT = pytest.StashKey[dict[tuple[str, ...], Any]]()
_TOLD = pytest.StashKey[list[str]]()
_ARCHIVES = pytest.StashKey[dict[Path, Path]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """The option that writes down what was found, and the folder of recordings."""
    parser.getgroup("wirecopy").addoption(
        "--update-recorded", action="store_true", help="write what was found into the expected.json of recordings"
    )
    parser.addini("recorded", f"folder of recordings, from the root ({FOLDER})", default=FOLDER)


def pytest_configure(config: pytest.Config) -> None:
    """Declare the marker, for those who are strict about markers."""
    config.addinivalue_line(
        "markers",
        "recorded(*names, folder=None): replay these recordings, or all of a folder, to the fixtures web and expected",
    )
    config.stash[_KEPT], config.stash[_TOLD], config.stash[_ARCHIVES] = {}, [], {}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test for each recording named, and for each of its fields where the test asks for ``expected``."""
    marker = metafunc.definition.get_closest_marker("recorded")
    if marker is None or "_recorded" not in metafunc.fixturenames:
        return
    from crawler.testing.recording import RecordingError

    try:
        found = list(_recordings(metafunc, marker))
        cases = [case for recording in found for case in _cases(recording, "expected" in metafunc.fixturenames)]
    except RecordingError as error:
        raise pytest.UsageError(str(error)) from None
    metafunc.parametrize("_recorded", cases, indirect=True)


@pytest.fixture
def _recorded(request: pytest.FixtureRequest) -> tuple[Recording, str | None]:
    if not hasattr(request, "param"):
        pytest.fail("which recording? Mark the test: @pytest.mark.recorded('NAME') or @pytest.mark.recorded(folder=…)")
    case: tuple[Recording, str | None] = request.param
    return case


@pytest.fixture
def web(
    _recorded: tuple[Recording, str | None], request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Web]:
    """The recording that the test is marked with, replayed offline; the clock stands at the time of its capture."""
    try:
        from freezegun import freeze_time
    except ModuleNotFoundError:
        pytest.fail("the fixture web freezes the clock with freezegun: pip install 'wirecopy[testing]'")
    # Before the clock is frozen: some libraries can't be imported while it is.
    import crawler.testing.expected  # noqa: F401
    from crawler.testing.tape import archive_of
    from crawler.testing.web import Web

    recording, _ = _recorded
    archives = request.config.stash[_ARCHIVES]
    if recording.folder not in archives:
        archives[recording.folder] = archive_of(recording, tmp_path_factory.mktemp(recording.name))
    with freeze_time(recording.at, real_asyncio=True, ignore=["_pytest.timing"]):
        yield Web(recording, archives[recording.folder], request.config.stash[_KEPT])


@pytest.fixture
def expected(_recorded: tuple[Recording, str | None], request: pytest.FixtureRequest) -> Expected:
    """What is expected of the recording, one field a test: ``expected.check(found)``."""
    from crawler.testing.expected import Expected

    recording, field = _recorded
    config = request.config
    return Expected(recording, field, update=config.getoption("--update-recorded"), tell=config.stash[_TOLD].append)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Show what --update-recorded changed."""
    for told in config.stash.get(_TOLD, ()):
        terminalreporter.section("expected.json was updated", "-")
        for line in told.splitlines():
            terminalreporter.line(line, green=line.startswith("+"), red=line.startswith("-"))


def _recordings(metafunc: pytest.Metafunc, marker: pytest.Mark) -> Iterator[Recording]:
    from crawler.testing.recording import META, RecordingError, load, recordings

    here, root = metafunc.definition.path.parent, metafunc.config.rootpath
    folder = marker.kwargs.get("folder")
    places = (
        [here / folder, root / folder] if folder else [root / metafunc.config.getini("recorded"), here / "recorded"]
    )
    if not marker.args:
        yield from recordings(next((place for place in places if place.is_dir()), places[0]))
    for name in marker.args:
        place = next((place / name for place in (*places, here) if (place / name / META).is_file()), None)
        if place is None:
            raise RecordingError(
                f"{places[0] / name}: no such recording; `wirecopy record URL {places[0] / name}` makes one"
            )
        yield load(place)


def _cases(recording: Recording, by_field: bool) -> Iterator[Any]:
    if not by_field:
        yield pytest.param((recording, None), id=recording.name)
        return
    for field in recording.expected() or (None,):
        wrong = field in recording.known_wrong
        why = f"{field} is in known_wrong of {recording.name}: take it out of meta.toml once it passes"
        marks = [pytest.mark.xfail(strict=True, reason=why)] if wrong else []
        yield pytest.param((recording, field), id=f"{recording.name}-{field or 'nothing expected yet'}", marks=marks)
