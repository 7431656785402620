"""``wirecopy sign``: a WACZ signed, and the signature time-stamped."""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path

from crawler.cli import exit_codes
from crawler.cli.places import input_file


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What can be said after ``wirecopy sign``."""
    parser.add_argument(
        "files",
        type=input_file,
        nargs="+",
        metavar="FILE.wacz",
        help="what `wirecopy pack` made; it is signed in place",
    )
    parser.add_argument(
        "--key",
        type=input_file,
        default=os.environ.get("WIRECOPY_SIGNING_KEY") or None,
        metavar="PEM",
        help="ECDSA key; default: $WIRECOPY_SIGNING_KEY, else one in your configuration folder, made on first use; "
        "its password, if it has one, comes from $WIRECOPY_KEY_PASSWORD",
    )
    parser.add_argument("--domain", metavar="HOST", help="the domain you sign for, with --certificate")
    parser.add_argument("--certificate", type=input_file, metavar="PEM", help="its certificate chain, of the same key")
    parser.add_argument(
        "--timestamp",
        default=os.environ.get("WIRECOPY_TIMESTAMP_URL"),
        metavar="URL",
        help="RFC 3161 authority to ask for a time stamp; default: $WIRECOPY_TIMESTAMP_URL, else none",
    )
    parser.add_argument(
        "--roots", type=input_file, metavar="PEM", help="certificates the time stamp has to lead back to"
    )
    parser.add_argument("--json", action="store_true", help="print what was signed as JSON")


def run(options: argparse.Namespace) -> int:
    """Sign each file and say with which key."""
    from crawler.archive.signing import default_key_file, load_key, sign_wacz
    from crawler.archive.signing.chain import read_roots
    from crawler.cli.bar import bar
    from crawler.cli.errors import UsageError

    if bool(options.domain) != bool(options.certificate):
        raise UsageError("--domain and --certificate go together: name both, or neither")
    chain = read_roots(options.certificate) if options.certificate else []
    roots = read_roots(options.roots) if options.roots else []
    password = os.environ.get("WIRECOPY_KEY_PASSWORD", "").encode() or None
    key_file = Path(options.key) if options.key else default_key_file()
    key = load_key(key_file, password=password, create=not options.key)
    signed = []
    for file in options.files:
        with bar("sign", "B", file.stat().st_size if file.is_file() else 0) as storing:
            done = sign_wacz(
                file,
                key,
                chain=chain,
                domain=options.domain,
                authority=options.timestamp,
                roots=roots,
                progress=storing.advance,
            )
        stamped = done.stamped_at.strftime("%Y-%m-%dT%H:%M:%SZ") if done.stamped_at else None
        signed.append({"file": str(file), "hash": done.hash, "key": done.key, "stamped_at": stamped})
        if not options.json:
            print(f"{file}: signed with key {done.key}" + (f", stamped {stamped}" if stamped else ""))
    if options.json:
        print(json.dumps({"signed": signed, "key_file": str(key_file)}, ensure_ascii=False, indent=2))
    return exit_codes.OK
