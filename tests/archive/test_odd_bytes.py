"""Heads of records that are not UTF-8, as damage and old writers leave them."""

from __future__ import annotations

from pathlib import Path

from crawler.archive import open_archive
from tests.archive.verify.build import PAGE, URL, record, uuid, warcinfo


def test_a_record_whose_head_is_not_utf_8_is_found_like_any_other(tmp_path: Path) -> None:
    profile = "http://netpreserve.org/warc/1.0/revisit/identical-payload-digest"
    odd = {"WARC_Payload_Digest": "\udcff sha256:00", "WARC_Refers_To_Target_URI": f"{URL}?\udcff"}
    revisit = record("revisit", WARC_Record_ID=uuid(2), WARC_Target_URI=f"{URL}/2", WARC_Profile=profile, **odd)
    (tmp_path / "x.warc").write_bytes(warcinfo() + record("response", PAGE, WARC_Target_URI=f"{URL}/\udcff") + revisit)
    with open_archive(tmp_path / "x.warc") as archive:
        assert len(list(archive.captures())) == 2
        assert archive.find(f"{URL}/2") is not None
        for capture in archive.captures():
            archive.find(capture.url)
