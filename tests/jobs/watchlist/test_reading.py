"""A watchlist is read whole or not at all; every mistake is told with its line, its key and what to write instead."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.archive.store import Access
from crawler.jobs.watchlist import Watchlist, WatchlistError
from crawler.jobs.watchlist.reading import parse_watchlist, read_watchlist
from crawler.jobs.watchlist.template import template

FILE = Path("/somewhere/ferries.toml")
STORY = '[[story]]\nurl = "https://a.example/1"\n'
MAIL = '[alarms.email]\nto = ["a"]\nfrom = "b"\nserver = "{server}"\n'


def mistakes(text: str) -> list[str]:
    with pytest.raises(WatchlistError) as error:
        parse_watchlist(text, FILE)
    return [line.removeprefix(f"{FILE}:") for line in error.value.mistakes]


def test_a_story_is_all_it_takes() -> None:
    watchlist = parse_watchlist(STORY, FILE)
    assert [story.url for story in watchlist.story] == ["https://a.example/1"]
    assert [entry.name for entry in watchlist.collection] == ["ferries"]
    assert watchlist.archives == Path("/somewhere/archives")


def test_paths_are_seen_from_the_file() -> None:
    watchlist = parse_watchlist('archives = "/big/disk"\nlog = "logs/run.jsonl"\n' + STORY, FILE)
    assert (watchlist.archives, watchlist.log) == (Path("/big/disk"), Path("/somewhere/logs/run.jsonl"))


def test_archives_may_be_a_store_with_a_spool_before_it() -> None:
    text = 'archives = "s3://bucket/news/"\n[store]\nendpoint = "http://127.0.0.1:9000/"\nkeep_local = "2d"\n' + STORY
    watchlist = parse_watchlist(text, FILE)
    assert watchlist.archives == Path("/somewhere/spool")
    assert watchlist.store is not None
    assert watchlist.store.address == "s3://bucket/news"
    assert watchlist.store.access == Access("http://127.0.0.1:9000")
    assert watchlist.store.keep_local == timedelta(days=2)
    bare = parse_watchlist('archives = "s3://bucket/news"\n' + STORY, FILE)
    assert (bare.archives, bare.store and bare.store.keep_local) == (Path("/somewhere/spool"), timedelta(days=7))


@pytest.mark.parametrize(
    ("said", "meant"),
    [("90s", 90), ("30m", 1800), ("6h", 21600), ("1.5d", 129600), ("2w", 1209600), ("1y", 31536000)],
)
def test_spans_of_time(said: str, meant: int) -> None:
    watchlist = parse_watchlist(f'limits.time = "{said}"\n' + STORY, FILE)
    assert watchlist.limits.time == timedelta(seconds=meant)


@pytest.mark.parametrize(("said", "meant"), [("2", 2), ("0.5", 0.5), ('"2s"', 2), ('"1.5m"', 90), ('"0s"', 0)])
def test_the_pace_is_a_number_of_seconds_or_a_span(said: str, meant: float) -> None:
    text = f"[politeness]\ndelay = {said}\ntimeout = {said}\nhosts.'a.example'.delay = {said}\n"
    pace = parse_watchlist(text + STORY, FILE).politeness
    assert (pace.delay, pace.timeout, pace.hosts["a.example"].delay) == (meant, meant, meant)


@pytest.mark.parametrize(("said", "meant"), [("20 MB", 20_000_000), ("1.5GB", 1_500_000_000), ("10k", 10_000)])
def test_sizes(said: str, meant: int) -> None:
    assert parse_watchlist(f'limits.body = "{said}"\n' + STORY, FILE).limits.body == meant


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("colour = 3\n" + STORY, "1: colour: no such key; known here: contact, archives"),
        ("[revisit]\nshortests = '1h'\n" + STORY, "2: revisit, shortests: no such key; did you mean shortest?"),
        ("[politeness]\nproxy = 'http://p:1'\n" + STORY, "2: politeness, proxy: no such key here; write it above"),
        ("[revisit]\nlongest = '6x'\n" + STORY, "2: revisit, longest: '6x' is no span of time; write"),
        ("[revisit]\nshortest='2d'\nlongest='1d'\n" + STORY, "1: revisit: shortest is longer than longest"),
        ("archives = 's3://'\n" + STORY, "1: archives: 's3://' names no bucket; write s3://BUCKET/PREFIX"),
        ("archives = 's3://me:key@bucket/x'\n" + STORY, "1: archives: an address with a key in it has no place here"),
        ("archives = 'https://bucket.example/'\n" + STORY, "1: archives: 'https://bucket.example/' is no address of a"),
        ("store = {}\n" + STORY, "1: store: archives is a folder; write archives = "),
        ("archives = 's3://b/n'\nstore.address = 's3://c'\n" + STORY, "2: store, address: no such key; archives says"),
        ("archives = 's3://b/n'\nstore.key = 'x'\n" + STORY, "2: store, key: no such key; known here: spool, endpoint"),
        ("archives = 's3://b/n'\nstore.spool = 's3://b'\n" + STORY, "2: store, spool: 's3://b' is no folder of this"),
        ("ca_file = 'none.pem'\n" + STORY, "1: ca_file: none.pem: no such file; it takes certificates in PEM"),
        (f"ca_file = '{__file__}'\n" + STORY, f"1: ca_file: {__file__}: not a readable file of certificates in PEM"),
        ("[politeness]\ndelay = '2 sec'\n" + STORY, "2: politeness, delay: '2 sec' is no span of time; write"),
        ("[politeness]\ndelay = '2h'\n" + STORY, "2: politeness, delay: input should be less than or equal to 3600"),
        ("[politeness]\nper_hour = 0\n" + STORY, "2: politeness, per_hour: input should be greater than or equal to 1"),
        ('[alarms]\ncommand = ["a", "b\\u0000"]\n' + STORY, "2: alarms, command 2: 'b\\x00' is not a line of text"),
        (MAIL.format(server="mail:x") + STORY, "4: alarms, email, server: 'mail:x' is no mail server; write"),
        (MAIL.format(server="a/b") + STORY, "4: alarms, email, server: 'a/b' is no mail server; write"),
        ("[alarms]\nfailing_runs = 0\n" + STORY, "2: alarms, failing_runs: input should be greater than or equal to 1"),
        ("[alarms]\ncommand = 'logger'\n" + STORY, "2: alarms, command: is a list; write [\"...\"], not 'logger'"),
        (
            "[[source]]\nurl = 'https://a.example/f'\nfilter = { since = 'yesterday' }\n",
            "3: source 1, filter, since: 'yesterday' is no day; write 2026-01-31",
        ),
        ("[limits]\nbody = '3 apples'\n" + STORY, "2: limits, body: '3 apples' is no size; write"),
        (STORY + "[[story]]\nurl = 'ftp://a.example/'\n", "4: story 2, url: 'ftp://a.example/' is no web address"),
        (STORY + "[[story]]\ncopies = []\n", "3: story 2, url: is missing; add it to this table"),
        (STORY + STORY, "4: story 2, url: is story 1 already; keep one"),
        ("[[story]]\nurl = 'https://me:secret@a.example/'\n", "2: story 1, url: a web address with a password"),
        (STORY + "collection = 'a/b'\n", "3: story 1, collection: 'a/b' can't name a collection"),
        (STORY + "collection='fery'\n[[collection]]\nname='ferry'\n", "3: story 1, collection: no collection 'fery'"),
        ("politeness.hosts.'a.example'.delay = -1\n" + STORY, "1: politeness, hosts, a.example, delay: input"),
        ("politeness.hosts.'https://a.example/'.delay = 9\n" + STORY, "1: politeness, hosts, https://a.example/: 'h"),
        ("politeness.hosts.'a.example:81'.delay = 9\n" + STORY, "1: politeness, hosts, a.example:81: 'a.exa"),
        ("[[collection]]\nname = 'c'\nkeep = '30d'\n" + STORY, "3: collection 1, keep: c is one folder for ever; say"),
        (MAIL.format(server="m").replace('"a"', "") + STORY, "2: alarms, email, to: is empty; write at least one"),
        ("allow_addresses = ['everything']\n" + STORY, "1: allow_addresses 1: 'everything' is no range of addresses"),
        ("[[source]]\nurl='https://a.example/f'\nfilter = { wrds = [] }\n", "3: source 1, filter, wrds: no such key"),
        ("[alarms.email]\nto = ['a@b.example']\nfrom = 'c@d.example'\n" + STORY, "1: alarms, email, server: is"),
        ("[capture]\npictures = 'no'\n" + STORY, "2: capture, pictures: 'no' is neither true nor false"),
        ("[capture]\ncopies = 1\n" + STORY, "2: capture, copies: 1 is neither true nor false; write one of them"),
        ("[[story]]\nurl = 'http://10.0.0.1/'\n", "2: story 1, url: http://10.0.0.1/: wirecopy connects to no private"),
        (STORY + "copies = ['http://localhost/']\n", "3: story 1, copies: http://localhost/: wirecopy connects to no"),
        ("[[source]]\nurl = 'http://[::1]/f'\n", "2: source 1, url: http://[::1]/f: wirecopy connects to no private"),
        ("story = 3\n", "1: story: is a table of its own; write [[story]]"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_line_key_and_remedy(text: str, told: str) -> None:
    assert mistakes(text)[0].startswith(told)


def test_a_host_is_known_however_it_is_spelled() -> None:
    text = "[politeness.hosts]\n'WWW.A.Example'.delay = 9\n'bücher.example'.delay = 8\n'::1'.delay = 7\n" + STORY
    hosts = parse_watchlist(text, Path("w.toml")).politeness.hosts
    assert list(hosts) == ["www.a.example", "xn--bcher-kva.example", "::1"]


def test_an_empty_watchlist_is_told_so() -> None:
    assert mistakes("")[0].endswith("nothing to watch; add a [[story]] or a [[source]] with its url")


def test_all_mistakes_are_told_at_once_in_order_of_lines() -> None:
    told = mistakes("a = 1\nb = 2\n[[story]]\nurl = 'x'\n")
    assert [line.split(":")[0] for line in told] == ["1", "2", "4"]


def test_what_is_no_toml_is_told_with_its_line() -> None:
    assert "line 2" in mistakes('contact = "a"\n[story\n')[0]


def test_a_missing_file_names_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(WatchlistError, match="wirecopy init"):
        read_watchlist(tmp_path / "none.toml")


def test_a_file_in_another_encoding_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "w.toml").write_bytes("contact = 'Zürich'".encode("latin-1"))
    with pytest.raises(WatchlistError, match="not in UTF-8"):
        read_watchlist(tmp_path / "w.toml")


@given(st.text())
def test_any_text_is_a_watchlist_or_an_error(text: str) -> None:
    try:
        parse_watchlist(text, FILE)
    except WatchlistError as error:
        assert error.mistakes


@given(st.dictionaries(st.sampled_from(["contact", "story", "source", "revisit", "limits", "alarms", "capture"]),
       st.recursive(st.none() | st.integers() | st.text(), lambda inner: st.lists(inner) |
                    st.dictionaries(st.sampled_from(["url", "words", "time", "body", "email"]), inner),
                    max_leaves=8)))  # fmt: skip
def test_any_values_are_a_watchlist_or_an_error(values: dict[str, object]) -> None:
    lines = [f"{key} = {_toml(value)}" for key, value in values.items()]
    try:
        parse_watchlist("\n".join(lines), FILE)
    except WatchlistError as error:
        assert error.mistakes


def _toml(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {_toml(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return "0" if value is None else json.dumps(value)


@pytest.mark.parametrize("story", ["", "https://a.example/1"])
@pytest.mark.parametrize("source", ["", 'https://a.example/"feed".xml'.replace('"', "%22")])
def test_what_init_writes_is_a_watchlist(story: str, source: str) -> None:
    text = template(
        contact="desk@paper.example", story=[story] if story else [], source=[source] if source else [], archives=""
    )
    if not story and not source:
        assert "nothing to watch" in mistakes(text)[0]
        return
    watchlist = parse_watchlist(text, FILE)
    assert watchlist.contact == "desk@paper.example"
    assert [entry.url for entry in (*watchlist.story, *watchlist.source)] == [url for url in (story, source) if url]


def test_what_the_template_comments_out_is_right_too() -> None:
    text = template(contact="a@b.example", story=["https://a.example/1"], source=["https://a.example/f"], archives="")
    lines = [line.removeprefix("# ") if " = " in line or line.startswith("# [") else line for line in text.splitlines()]
    watchlist = parse_watchlist("\n".join(lines), FILE)
    assert watchlist.alarms.email is not None
    assert watchlist.source[0].filter.words == ("ferry", "harbour bridge")
    assert watchlist.politeness.hosts["slow.example"].delay == 10


def test_providers_are_those_of_the_command_line() -> None:
    watchlist = parse_watchlist(STORY + '[capture]\nproviders = ["gdelt", "wayback=http://127.0.0.1:8000"]\n', FILE)
    assert watchlist.capture.providers == ("gdelt", "wayback=http://127.0.0.1:8000")
    [mistake] = mistakes(STORY + '[capture]\nproviders = ["google"]\n')
    assert mistake.startswith("4:") and "there are gdelt, commoncrawl, wayback, mediacloud" in mistake


def test_the_published_schema_is_the_present_one() -> None:
    published = json.loads(Path(__file__).parents[3].joinpath("docs/watchlist.schema.json").read_text("utf-8"))
    assert published == Watchlist.model_json_schema()
