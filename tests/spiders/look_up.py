"""One capture in a process of its own, with providers paced for tests; told in JSON, reporting in JSON."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from crawler.jobs.capture import capture
from crawler.jobs.conditions import Conditions
from crawler.spiders import providers
from crawler.spiders.wanted import Wanted


def main() -> None:
    told = json.load(sys.stdin)
    kinds = {"gdelt": providers.Gdelt, "mediacloud": providers.MediaCloud, "wayback": providers.Wayback,
             "commoncrawl": providers.CommonCrawl}  # fmt: skip
    asked = tuple(kinds[name](**options) for name, options in told["providers"].items())
    conditions = Conditions(
        collection=Path(told["collection"]), source=Path(told["from"]) if told.get("from") else None,
        proxy=told["proxy"], contact="tests@wirecopy.example", delay=0.0, retries=0, timeout=120,
    )  # fmt: skip
    wanted = Wanted(urls=tuple(told["urls"]), panels=0, requisites=False, providers=asked)
    sys.stdout.write(json.dumps(capture(wanted, conditions).to_dict()))


if __name__ == "__main__":
    main()
