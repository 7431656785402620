"""What a billion captures a year take, worked out from measured figures and from assumptions that stand here by name.

    python benchmarks/billion.py [NAME=VALUE …]        # python benchmarks/billion.py sites=500 usd_a_tb_month=6

`docs/scale.md` explains it and says where each measured figure comes from.
"""

from __future__ import annotations

import sys

MEASURED = {
    "page_bytes": 34_700,  # WARC bytes of a page sent gzipped, with request and metadata
    "revisit_bytes": 1_600,  # WARC bytes of a capture whose payload is known, or that a 304 confirms
    "ledger_bytes": 900,  # a row of the ledger, with its indexes
    "cdxj_bytes": 420,  # a line of the index
    "tables_bytes": 33_000,  # of a page in tables/*.jsonl, without those of stories
    "parquet_bytes": 8_000,  # of a page in the table of articles as Parquet
    "crawl_ms": 1.1,  # processor time of a small capture: asked, archived, synced, entered
    "extract_ms": 21.0,  # processor time of a page's extraction
    "job_ms": 290.0,  # processor time of a job besides its stories
    "copy_ms": 0.04,  # processor time that each article in a collection's tables adds to each job there
}
ASSUMED = {
    "captures": 1e9,  # responses a year of whatever kind
    "pages": 0.20,  # of them: pages
    "pages_new": 0.5,  # of the pages: with a payload that was not there
    "pictures": 0.30,
    "pictures_new": 0.33,
    "picture_bytes": 80_000,
    "requisites_new": 0.1,
    "requisite_bytes": 30_000,
    "sites": 5_000,
    "job_captures": 500,  # captures of a job: ten stories of fifty
    "peak": 4,  # the busiest hour beside the mean
    "delay": 1.0,  # seconds between two requests to a host
    "answer": 0.5,  # seconds that an answer takes
    "hosts_a_job": 2,  # hosts that a job asks at the same time
    "process_mib": 130,
    "cores_a_machine": 8,
    "usd_a_tb_month": 23.0,  # object storage; November 2026, an assumption and no offer
    "usd_a_core_hour": 0.04,  # the same
}
YEAR = 365.25 * 86_400


def main() -> None:
    values = MEASURED | ASSUMED
    for word in sys.argv[1:]:
        name, _, value = word.partition("=")
        if name not in values:
            sys.exit(f"{name}: no such figure; there are {', '.join(values)}")
        values[name] = float(value)
    for what, figure in rows(values):
        print(f"{what:62}{figure:>14}")


def rows(v: dict[str, float]) -> list[tuple[str, str]]:
    n, pages = v["captures"], v["captures"] * v["pages"]
    pictures, requisites = n * v["pictures"], n * (1 - v["pages"] - v["pictures"])
    new = {
        "pages": (pages * v["pages_new"], v["page_bytes"]),
        "pictures": (pictures * v["pictures_new"], v["picture_bytes"]),
        "requisites": (requisites * v["requisites_new"], v["requisite_bytes"]),
    }
    stored = sum(number * size for number, size in new.values())
    known = (n - sum(number for number, _ in new.values())) * v["revisit_bytes"]
    index = n * (v["ledger_bytes"] + v["cdxj_bytes"])
    disk = stored + known + index + pages * v["parquet_bytes"]
    rate = n / YEAR
    jobs = n / v["job_captures"]
    crawl, extraction = n * v["crawl_ms"] / 1e3, pages * v["extract_ms"] / 1e3
    fixed = jobs * v["job_ms"] / 1e3
    under_way = rate * (v["delay"] + v["answer"]) / v["hosts_a_job"]
    articles = pages / v["sites"]
    yearly, monthly = (jobs * articles / 2 / part for part in (1, 12))  # articles copied
    cores = (crawl + extraction + fixed) / YEAR
    storage = disk / 1e12 * v["usd_a_tb_month"] * 12
    machines = max(1, -(-(cores * v["peak"]) // v["cores_a_machine"]))
    return [
        ("new payloads, TB a year", f"{stored / 1e12:.1f}"),
        ("captures that refer to known payloads, TB", f"{known / 1e12:.1f}"),
        ("ledgers and indexes, TB", f"{index / 1e12:.1f}"),
        ("articles as Parquet, TB", f"{pages * v['parquet_bytes'] / 1e12:.1f}"),
        ("the same as tables/*.jsonl, TB, beside it", f"{pages * v['tables_bytes'] / 1e12:.1f}"),
        ("in all, without tables/*.jsonl, TB a year", f"{disk / 1e12:.1f}"),
        ("requests a second, mean and busiest hour", f"{rate:.0f}, {rate * v['peak']:.0f}"),
        ("requests to a site in an hour, mean", f"{rate * 3600 / v['sites']:.0f}"),
        ("calls to the broker a second, busiest hour (three a request)", f"{rate * v['peak'] * 3:.0f}"),
        ("jobs under way, mean and busiest hour", f"{under_way:.0f}, {under_way * v['peak']:.0f}"),
        ("memory of these, GiB, busiest hour", f"{under_way * v['peak'] * v['process_mib'] / 1024:.0f}"),
        ("cores: asking and archiving", f"{crawl / YEAR:.2f}"),
        ("cores: extraction while crawling", f"{extraction / YEAR:.2f}"),
        ("cores: beginning and ending jobs", f"{fixed / YEAR:.2f}"),
        *((f"copying tables, a collection a site and {each}: cores; MB a second",
           f"{copied * v['copy_ms'] / 1e3 / YEAR:.2f}; {copied * v['tables_bytes'] / 1e6 / YEAR:.1f}")
          for each, copied in (("year", yearly), ("month", monthly))),
        (f"machines of {v['cores_a_machine']:.0f} cores for the busiest hour, without that", f"{machines:.0f}"),
        ("core-days to extract the whole year anew", f"{extraction / 86_400:.0f}"),
        ("storage of one year's captures, USD a year", f"{storage:,.0f}"),
        ("machines, USD a year",
         f"{machines * v['cores_a_machine'] * v['usd_a_core_hour'] * YEAR / 3600:,.0f}"),
    ]  # fmt: skip


if __name__ == "__main__":
    main()
