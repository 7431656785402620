"""The pages of the desk over the demo's collection, as a browser and as a program ask for them."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from crawler.archive import Collection
from crawler.demo import ORIGINAL, SEED
from crawler.export.jsonl import read_articles
from crawler.web.front import Login
from tests.derived import write_tables

HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>'


@pytest.fixture(scope="session")
def desk(demo: Any, serving: Callable[..., Any]) -> Any:
    return serving(demo.collection.parent)


def first_story(desk: Any) -> dict[str, Any]:
    return desk.json("/stories.json")["stories"][0]


def test_the_first_page_lists_collections_and_stories(desk: Any) -> None:
    page = desk.text("/")
    assert "Skerry Sound" in page
    assert desk.json("/index.json")["collections"][0]["name"] == "demo"


def test_who_copies_whom_is_told_by_site(desk: Any) -> None:
    flows = desk.json("/outlets.json")["flows"]
    page = desk.text("/outlets")
    assert len(flows) >= 3
    assert all(f"<td>{flow['copy']}</td><td>{flow['source']}</td>" in page for flow in flows)


@pytest.mark.parametrize("path", ["/nowhere/a%3Fb%00", "/article/demo/a%2Fb%23c"])
def test_the_twin_of_an_address_with_escapes_keeps_them(desk: Any, path: str) -> None:
    assert f'href="{path}.json"' in desk.get(path)[2].decode()


@pytest.mark.parametrize("path", ["/stories", "/articles", "/counts", "/outlets", "/runs"])
def test_every_page_has_a_twin_in_json(desk: Any, path: str) -> None:
    assert f'href="{path}.json"' in desk.text(path)
    assert isinstance(desk.json(f"{path}.json"), dict)


def test_stories_are_found_by_words_outlet_and_outcome(desk: Any) -> None:
    assert desk.json("/stories.json?q=mayors+ferry&outcome=article")["total"] == 1
    assert desk.json("/stories.json?q=nowhere")["total"] == 0
    assert desk.json("/articles.json?outcome=blocked")["articles"][0]["outcome"] == "blocked"
    assert desk.json("/articles.json?q=%22published+five+conditions%22")["total"] >= 2
    assert desk.json(f"/articles.json?q={quote(SEED)}")["articles"][0]["url"] == SEED
    assert desk.json("/articles.json?since=2024-03-15&until=2024-03-15")["total"] >= 1
    assert desk.json("/articles.json?until=1990")["total"] == 0


@pytest.mark.parametrize("written", ["2024-99-99", "2024-02-30", "yesterday", "2024-3-1"])
def test_a_date_that_is_none_is_told_and_not_taken_for_any(desk: Any, written: str) -> None:
    path = f"?since={written}&until=2024"
    assert desk.json("/stories.json" + path)["unread"] == [
        f"since: “{written}” is no date; write 2024, 2024-03 or 2024-03-15"
    ]
    assert "is no date" in desk.text("/stories" + path)


@pytest.mark.parametrize("query", ["q=%22", "q=*", "q=AND+OR", "page=99999999999999", "page=x", "sort=;drop", "q=%00"])
def test_odd_questions_are_answered(desk: Any, query: str) -> None:
    assert desk.get(f"/articles?{query}")[0] == 200
    assert desk.get(f"/stories?{query}")[0] == 200


def test_a_story_shows_the_tree_of_its_copies_with_reasons(desk: Any) -> None:
    story = first_story(desk)
    path = f"/story/{story['collection']}/{story['story_id']}"
    copies = desk.json(f"{path}.json")["copies"]
    (original,) = [copy for copy in copies if copy["role"] == "original"]
    assert original["article_url"] == ORIGINAL
    assert {copy["depth"] for copy in copies} >= {0, 1}
    page = desk.text(path)
    assert "Why its source came first" in page
    assert all(f'href="#{part}"' in page and f'<h2 id="{part}">' in page for part in ("timeline", "pictures"))
    assert "Cite this" in page
    assert original["record_id"] in page


def test_a_story_is_found_by_the_id_it_had_when_another_article_was_taken_for_its_first(desk: Any) -> None:
    story = first_story(desk)
    path = f"/story/{story['collection']}/{story['story_id']}"
    copies = desk.json(f"{path}.json")["copies"]
    assert len({copy["article_url"] for copy in copies}) > 1
    for copy in copies:
        former = hashlib.sha256(copy["article_url"].encode()).hexdigest()[:16]
        for twin in ("", ".json") if former != story["story_id"] else ():
            status, headers, _ = desk.get(f"/story/{story['collection']}/{former}{twin}")
            assert (status, headers["location"]) == (302, f"{path}{twin}")


def test_a_story_is_found_by_the_id_it_had_of_a_page_that_an_archive_kept(
    demo: Any, tmp_path: Path, serving: Callable[..., Any]
) -> None:
    root = shutil.copytree(demo.collection, tmp_path / "kept")
    copies = [json.loads(line) for line in (root / "tables" / "copies.jsonl").read_text("utf-8").splitlines()]
    file = root / "tables" / "articles.jsonl"
    articles = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    page = "https://gone.example/ferry"
    for article in articles:
        if article["record"]["id"] == copies[-1]["record_id"]:
            article["memento"] = {"page": page, "captured_at": None, "archive": "archive.example"}
    file.write_text("".join(f"{json.dumps(article)}\n" for article in articles), "utf-8")
    former = hashlib.sha256(page.encode()).hexdigest()[:16]
    status, headers, _ = serving(tmp_path).get(f"/story/kept/{former}")
    assert (status, headers["location"]) == (302, f"/story/kept/{copies[-1]['story_id']}")


def test_a_copy_is_shown_beside_its_source(desk: Any) -> None:
    story = first_story(desk)
    copies = desk.json(f"/story/{story['collection']}/{story['story_id']}.json")["copies"]
    rewrite = next(copy for copy in copies if copy["coverage_of_copy"] and copy["coverage_of_copy"] < 1)
    twin = desk.json(f"{rewrite['compare']}.json")
    assert twin["direction"] == "original"
    assert {link["label"] for link in twin["links"]} >= {"added", "dropped"}
    assert twin["links"][0]["copy_text"] in desk.text(rewrite["compare"]).replace("&#39;", "'").replace("&#34;", '"')


def test_an_article_shows_the_witnesses_of_each_field(desk: Any) -> None:
    found = desk.json(f"/articles.json?q={quote(SEED)}")["articles"][0]
    path = f"/article/demo/{found['record_id'].removeprefix('urn:uuid:')}"
    page = desk.text(path)
    assert 'id="field-date-published"' in page
    assert "Other witnesses" in page
    assert desk.json(f"{path}.json")["url"] == SEED


def test_a_record_is_shown_and_can_be_taken_away(desk: Any, tmp_path: Path) -> None:
    found = desk.json(f"/articles.json?q={quote(SEED)}")["articles"][0]
    path = f"/record/demo/{found['record_id'].removeprefix('urn:uuid:')}"
    page = desk.text(path)
    assert "WARC-Payload-Digest" in page
    assert "HTTP/1.1 200" in page
    status, fields, body = desk.get(f"{path}.warc.gz")
    assert (status, fields["content-type"]) == (200, "application/warc")
    (tmp_path / "one.warc.gz").write_bytes(body)
    from crawler.archive import open_archive

    with open_archive(tmp_path / "one.warc.gz") as archive:
        assert [capture.url for capture in archive.captures()] == [SEED]


def test_a_record_that_is_damaged_is_told_of(demo: Any, tmp_path: Path, serving: Callable[..., Any]) -> None:
    root = shutil.copytree(demo.collection, tmp_path / "torn")
    with Collection(root) as collection:
        capture = collection.find(SEED)
        assert capture is not None
        record, picture = capture.record, next(one for one in collection.captures() if one.mime == "image/png")
    desk = serving(tmp_path)
    for ref in (record, picture.record):
        with next(root.rglob(ref.warc)).open("r+b") as file:
            file.seek(ref.offset)
            file.write(bytes(ref.length))
    at = picture.captured_at.strftime("%Y%m%d%H%M%S")
    for path in (f"/record/torn/{record.id.removeprefix('urn:uuid:')}", f"/picture/{at}/{picture.url}"):
        status, _, page = desk.get(path)
        assert status == 502
        assert b"This cannot be shown" in page
        assert record.warc.encode() in page


def test_history_and_changes_of_an_address(desk: Any) -> None:
    page = desk.text(f"/history?url={quote(SEED)}")
    assert "1 capture" in page
    captures = desk.json(f"/history.json?url={quote(SEED)}")["captures"]
    named = f"demo/{captures[0]['record_id'].removeprefix('urn:uuid:')}"
    assert desk.json(f"/changes.json?before={named}&after={named}")["edits"] == []


def test_two_numbers_that_a_page_prints_at_once_are_no_change(desk: Any) -> None:
    changes = {(series["name"], series["points"]): series["change"] for series in desk.json("/counts.json")["series"]}
    assert changes["comments", 2] is None


def test_it_is_said_whose_a_count_is(desk: Any) -> None:
    for series in desk.json("/counts.json")["series"]:
        assert (series["of"] is None) == (series["article_url"] is not None)
        shown = series["of"] or "/" + series["article_url"].split("/", 3)[3]
        assert escape(shown) in desk.text("/counts")
        page = desk.text(f"/counts/series?name={quote(series['series'], safe='')}")
        assert series["of"] or f">{escape(series['article_url'])}</a>" in page


def test_a_count_is_drawn_with_its_data(desk: Any) -> None:
    series = desk.json("/counts.json")["series"]
    followers = next(row for row in series if row["name"] == "followers")
    page = desk.text(f"/counts/series?name={quote(followers['series'], safe='')}")
    assert "<circle" in page
    assert "483K+" in page or followers["last"] in page


def test_runs_tell_what_was_done(desk: Any) -> None:
    run = desk.json("/runs.json")["runs"][0]
    assert run["captures"] > 50
    assert run["outcomes"]["ok"] > 30


def test_a_collection_is_downloaded_in_ranges(desk: Any) -> None:
    status, fields, body = desk.get("/download/demo", Range="bytes=0-3")
    assert (status, body) == (206, b"PK\x03\x04")
    assert fields["content-range"].startswith("bytes 0-3/")


@pytest.mark.parametrize(
    "path",
    ["/nowhere", "/story/demo/none", "/story/none/none", "/article/demo/none", "/record/demo/none", "/record/x/none",
     "/compare/demo/a/b", "/history", "/history?url=javascript:alert(1)", "/changes?before=demo/x&after=demo/y",
     "/counts/series?name=x", "/download/none", "/download/..%2f..%2fetc%2fpasswd", "/static/../desk.py",
     "/static/..%2f..%2fdesk.py", "/web/x",
     "/web/20261301/https://a.example/", "/scripts/99999999999999/https://a.example/", "/picture/2/https://a.example/",
     "/web/2026/https://nowhere.example/", "/timemap/xml/http://a.example/"],
)  # fmt: skip
def test_what_is_not_there_is_not_found(desk: Any, path: str) -> None:
    assert desk.get(path)[0] in (400, 404)
    assert b"Traceback" not in desk.get(path)[2]


def test_nothing_but_our_own_may_load(desk: Any) -> None:
    _, fields, _ = desk.get("/")
    policy = fields["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'self'; script-src 'self'")
    assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "169.254.169.254", ""])
def test_a_name_that_is_not_ours_is_refused(desk: Any, host: str) -> None:
    assert desk.get("/", Host=host)[0] in (400, 421)


def test_hostile_headlines_are_shown_and_not_run(demo: Any, tmp_path: Path, serving: Callable[..., Any]) -> None:
    shutil.copytree(demo.collection, tmp_path / "demo")
    table = tmp_path / "demo" / "tables"
    articles = [
        replace(article, headline=HOSTILE, byline=HOSTILE, authors=(HOSTILE,), text=f"{HOSTILE} {article.text}")
        for article in read_articles(table / "articles.jsonl")
    ]
    write_tables(table, articles)
    for name in ("stories", "copies", "count_series"):
        rows = [json.loads(row) for row in (table / f"{name}.jsonl").read_text().splitlines()]
        with (table / f"{name}.jsonl").open("w") as out:
            for row in rows:
                row |= {
                    key: HOSTILE for key in ("headline", "publisher", "original_publisher", "raw", "of") if key in row
                }
                out.write(json.dumps(row) + "\n")
    hostile = serving(tmp_path)
    story = first_story(hostile)
    copies = hostile.json(f"/story/demo/{story['story_id']}.json")["copies"]
    copy = next(copy for copy in copies if copy["role"] == "copy" and copy["record_id"])
    key = copy["record_id"].removeprefix("urn:uuid:")
    series = hostile.json("/counts.json")["series"][0]["series"]
    paths = ("/", "/stories", "/articles", f"/articles?q={quote(HOSTILE)}", f"/story/demo/{story['story_id']}",
             f"/article/demo/{key}", copy["compare"], f"/web/20261122/{copy['article_url']}", "/counts",
             f"/counts/series?name={quote(series, safe='')}", f"/history?url={quote(SEED)}", "/outlets")  # fmt: skip
    for path in paths:
        page = hostile.get(path)[2].decode()
        assert "<script>alert" not in page, path
        assert "<img src=x" not in page, path


def test_a_token_is_asked_for_where_one_is_set(demo: Any, serving: Callable[..., Any]) -> None:
    closed = serving(demo.collection.parent, login=Login(token="a-long-random-word"))
    for path in ("/", "/stories.json", "/download/demo", f"/web/2026/{SEED}"):
        status, _, body = closed.get(path)
        assert status == 401
        assert b"Skerry" not in body
    assert closed.get(f"{closed.origins.replay}/web/2026id_/{SEED}")[0] == 401
    assert closed.get("/stories", Authorization="Bearer wrong")[0] == 401
    assert closed.get("/stories", Authorization="Bearer a-long-random-word")[0] == 200
    prefix = Login(token="a-long-random-word").prefix("replay")
    assert closed.get(f"{closed.origins.replay}{prefix}/cdx?url={SEED}")[0] == 200
    assert closed.get(f"{closed.origins.replay}/~{'0' * 32}/cdx?url={SEED}")[0] == 401


def test_a_reverse_proxy_names_who_may_come_in(demo: Any, serving: Callable[..., Any]) -> None:
    closed = serving(demo.collection.parent, login=Login(header="X-Remote-User"))
    assert closed.get("/stories")[0] == 403
    assert closed.get("/stories", X_Remote_User="orla")[0] == 200


def test_too_many_requests_are_held_off(demo: Any, serving: Callable[..., Any]) -> None:
    limited = serving(demo.collection.parent, rate=0.001)  # none comes back however long the asking takes
    answers = [limited.get("/static/desk.css")[0] for _ in range(30)]
    assert answers[0] == 200
    assert 429 in answers


def test_a_collection_that_grows_is_seen(demo: Any, tmp_path: Path, serving: Callable[..., Any]) -> None:
    shutil.copytree(demo.collection, tmp_path / "first")
    growing = serving(tmp_path)
    assert len(growing.json("/index.json")["collections"]) == 1
    Collection.create(tmp_path / "second").close()
    growing.service.catalogue.refresh()
    assert len(growing.json("/index.json")["collections"]) == 2


def test_programs_see_what_a_crawl_added_though_nobody_opens_a_page_of_the_desk(
    demo: Any, tmp_path: Path, serving: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    growing = serving(tmp_path)
    asked = (
        f"/cdx?url={ORIGINAL}", f"/timegate/{ORIGINAL}", f"/timemap/json/{ORIGINAL}", f"/web/{ORIGINAL}",
        f"{growing.origins.replay}/web/2024id_/{ORIGINAL}",
    )  # fmt: skip
    for service in asked:
        status, _, body = growing.get(service)
        assert (status, body) == (200, b"") or status == 404
    monkeypatch.setattr("crawler.replay.holdings.CHECK_EVERY", -1.0)
    for number, service in enumerate(asked):
        shutil.copytree(demo.collection, tmp_path / str(number))
        status, _, body = growing.get(service)
        assert status == 302 or (status == 200 and body)
        shutil.rmtree(tmp_path / str(number))


@pytest.mark.parametrize(
    ("story", "said"),
    [
        ({"story_id": "x"}, "a row has no 'headline'"),
        ({"story_id": ["x"]}, "binding parameter"),
        ({"story_id": "x", "articles": 10**30}, "too large"),
        ({"story_id": "x", "articles": None}, "NOT NULL constraint failed: stories.articles"),
    ],
)
def test_tables_of_another_program_are_told_of_and_hide_no_others(
    demo: Any, tmp_path: Path, serving: Callable[..., Any], story: dict[str, Any], said: str
) -> None:
    shutil.copytree(demo.collection, tmp_path / "demo")
    shutil.copytree(demo.collection, tmp_path / "strange")
    keys = ("headline", "original_publisher", "first_published_earliest", "articles", "sites")
    row = story if said.startswith("a row") else dict.fromkeys(keys) | story
    (tmp_path / "strange" / "tables" / "stories.jsonl").write_text(json.dumps(row) + "\n")
    found = {one["name"]: one["problem"] for one in serving(tmp_path).json("/index.json")["collections"]}
    assert found["demo"] is None
    assert said in found["strange"]
    assert "`wirecopy index" in found["strange"]


@pytest.mark.parametrize(
    ("table", "key", "value", "page"),
    [
        ("articles", "captured_at", "2024-99-99", "/articles"),
        ("copies", "coverage_of_copy", "much", "/outlets"),
        ("count_series", "flags", None, "/counts"),
        ("count_series", "captured_at", "noon", "/counts"),
    ],
)
def test_rows_that_lists_cannot_be_made_of_cost_no_other_collection(
    demo: Any, tmp_path: Path, serving: Callable[..., Any], table: str, key: str, value: object, page: str
) -> None:
    shutil.copytree(demo.collection, tmp_path / "demo")
    rows = shutil.copytree(demo.collection, tmp_path / "strange") / "tables" / f"{table}.jsonl"
    rows.write_text("".join(json.dumps(json.loads(row) | {key: value}) + "\n" for row in rows.read_text().splitlines()))
    desk = serving(tmp_path)
    found = {one["name"]: one["problem"] for one in desk.json("/index.json")["collections"]}
    assert found["demo"] is None
    assert "`wirecopy index" in found["strange"]
    desk.text(page)


@pytest.mark.parametrize(("table", "key", "value"), [("copies", "reasons", 5), ("articles", "panels", "none")])
def test_a_page_that_cannot_be_made_of_its_tables_says_so(
    demo: Any, tmp_path: Path, serving: Callable[..., Any], table: str, key: str, value: object
) -> None:
    rows = shutil.copytree(demo.collection, tmp_path / "strange") / "tables" / f"{table}.jsonl"
    rows.write_text("".join(json.dumps(json.loads(row) | {key: value}) + "\n" for row in rows.read_text().splitlines()))
    desk = serving(tmp_path)
    story = first_story(desk)["story_id"]
    record = desk.json(f"/articles.json?q={quote(SEED)}")["articles"][0]["record_id"].removeprefix("urn:uuid:")
    path = {"copies": f"/story/strange/{story}", "articles": f"/article/strange/{record}"}[table]
    status, _, page = desk.get(path)
    assert status == 500
    assert b"This cannot be shown" in page
    assert b"`wirecopy index` makes" in page


def test_tables_of_an_older_wirecopy_are_shown_and_those_it_did_not_make_are_told(
    demo: Any, tmp_path: Path, serving: Callable[..., Any]
) -> None:
    shutil.copytree(demo.collection, tmp_path / "old")
    for table in ("stories", "copies", "versions"):
        (tmp_path / "old" / "tables" / f"{table}.jsonl").unlink()
    (old,) = serving(tmp_path).json("/index.json")["collections"]
    assert (old["articles"] > 0, old["stories"]) == (True, 0)
    made = f"an older wirecopy made the others; `wirecopy index {tmp_path / 'old'}` makes all"
    assert old["problem"] == f"no tables stories, copies, versions: {made}"


@pytest.mark.parametrize("depth", [960, 5000])
def test_tables_nested_beyond_reason_cost_no_other_page(
    demo: Any, tmp_path: Path, serving: Callable[..., Any], depth: int
) -> None:
    shutil.copytree(demo.collection, tmp_path / "whole")
    deep = shutil.copytree(demo.collection, tmp_path / "deep") / "tables" / "articles.jsonl"
    witness = {"source": "dom", "place": "h1", "confidence": 0.9, "reason": None, "value": "deep"}
    evidence = {"headline": {**witness, "candidates": [witness]}}
    rows = [json.dumps(json.loads(row) | {"evidence": evidence}) for row in deep.read_text().splitlines()]
    deep.write_text("".join(f"{row}\n" for row in rows).replace('"deep"', "[" * depth + "]" * depth))
    desk = serving(tmp_path)
    assert desk.json("/index.json")["collections"]
    for article in desk.json("/articles.json")["articles"]:
        path = f"/article/{article['collection']}/{article['record_id'].removeprefix('urn:uuid:')}"
        status, _, page = desk.get(path)
        assert b"</html>" in page
        assert status == 200 or b"nest this too deeply" in page  # how deep is too deep differs by Python's version
        assert status == 200 or article["collection"] == "deep"
    assert {article["collection"] for article in desk.json("/articles.json")["articles"]} >= {"whole"}


def test_a_folder_of_warcs_is_no_file_to_take_away(demo: Any, tmp_path: Path, serving: Callable[..., Any]) -> None:
    shutil.copytree(demo.collection / "archive", tmp_path / "warcs")
    desk = serving(tmp_path)
    status, _, page = desk.get("/download/warcs")
    assert status == 404
    assert b"folder of WARCs" in page
    assert "/download/" not in desk.text("/")


def test_a_warc_is_taken_away_as_a_warc(demo: Any, tmp_path: Path, serving: Callable[..., Any]) -> None:
    warc = next((demo.collection / "archive").iterdir())
    shutil.copy(warc, tmp_path / "one.warc.gz")
    desk = serving(tmp_path)
    assert '<a href="/download/one.warc.gz">WARC</a>' in desk.text("/")
    _, fields, body = desk.get("/download/one.warc.gz")
    assert (fields["content-type"], body) == ("application/warc", warc.read_bytes())
    assert fields["content-disposition"] == 'attachment; filename="one.warc.gz"'


@pytest.fixture
def viewer(tmp_path: Path) -> Path:
    """A folder that looks as if ReplayWeb.page were installed in it."""
    folder = tmp_path / "viewer"
    folder.mkdir()
    for name in ("ui.js", "sw.js"):
        (folder / name).touch()
    return folder


def test_replaywebpage_is_given_each_file_under_a_name_that_tells_what_it_is(
    demo: Any, tmp_path: Path, viewer: Path, serving: Callable[..., Any]
) -> None:
    root = tmp_path / "root"
    root.mkdir()
    warc = next((demo.collection / "archive").iterdir())
    shutil.copy(warc, root / "one.warc.gz")
    shutil.copytree(demo.collection, root / "demo")
    desk = serving(root, viewer=viewer)
    for name, file in (("one.warc.gz", "one.warc.gz"), ("demo", "demo.wacz")):
        page = desk.text(f"{desk.origins.viewer}/?source={name}&url={quote(SEED)}&ts=20261122")
        assert f'source="/archive/{file}"' in page
    assert desk.get(f"{desk.origins.viewer}/archive/one.warc.gz")[2] == warc.read_bytes()
    assert desk.get(f"{desk.origins.viewer}/archive/demo.wacz")[2][:2] == b"PK"


def test_scripts_are_offered_only_where_there_is_a_file_to_hand_on(
    demo: Any, tmp_path: Path, viewer: Path, serving: Callable[..., Any]
) -> None:
    root = tmp_path / "root"
    shutil.copytree(demo.collection / "archive", root / "warcs")
    bar = serving(root, viewer=viewer).get(f"/web/2026/{SEED}")
    assert bar[0] == 302
    assert "With scripts" not in serving(root, viewer=viewer).text(bar[1]["location"])


@pytest.mark.parametrize("form", ["parquet", "csv", "jsonl", "sqlite", "jsonld"])
def test_tables_are_taken_away(desk: Any, form: str) -> None:
    assert "Download" in desk.text("/export/demo?table=copies")
    status, fields, body = desk.get(f"/export/demo/tables.zip?format={form}&table=articles")
    assert (status, fields["content-type"]) == (200, "application/zip")
    with zipfile.ZipFile(io.BytesIO(body)) as package:
        assert "datapackage.json" in package.namelist()
    assert desk.get("/export.zip?format=xls")[0] == 404
    assert desk.get("/export/none/tables.zip")[0] == 404
