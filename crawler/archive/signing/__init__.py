"""Signing WACZ files as the wacz-auth specification says, and RFC 3161 time stamps for the signatures."""

from crawler.archive.signing.errors import SigningError
from crawler.archive.signing.keys import default_key_file, load_key
from crawler.archive.signing.package import Signed, sign_wacz
from crawler.archive.signing.stamp import StampingMissing, TimestampError, request_stamp

__all__ = [
    "Signed",
    "SigningError",
    "StampingMissing",
    "TimestampError",
    "default_key_file",
    "load_key",
    "request_stamp",
    "sign_wacz",
]
