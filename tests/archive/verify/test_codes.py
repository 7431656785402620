from __future__ import annotations

import re
from pathlib import Path

from crawler.archive.verify import CODES
from tests.archive.verify.damaged import WARCS

DOCS = Path(__file__).parents[3] / "docs" / "verify.md"
TESTS = Path(__file__).parent


def test_every_code_is_documented_as_it_is() -> None:
    rows = re.findall(r"^\| `([a-z0-9-]+)` \| (error|warning|info) \| (.+) \|$", DOCS.read_text(), re.MULTILINE)
    assert rows == [(name, code.severity.value, code.meaning) for name, code in sorted(CODES.items())]


def test_every_code_has_a_case() -> None:
    tested = {code for _, expected in WARCS.values() for code in expected}
    files = [file for file in TESTS.glob("test_*.py") if file != Path(__file__)] + [TESTS.parent / "test_signing.py"]
    text = "".join(file.read_text() for file in files)
    untested = {code for code in CODES if code not in tested and f'"{code}"' not in text}
    assert {code for code in untested if not code.startswith(("signature", "timestamp"))} <= {
        "file-unreadable"
    }  # a disk that fails while it is read
