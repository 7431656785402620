"""``verify``: the strict reading of an archive, whoever wrote it; what is not as it should be is a finding."""

from crawler.archive.verify.archives import verify
from crawler.archive.verify.codes import CODES, Code, Severity
from crawler.archive.verify.finding import Finding, Verdict

__all__ = ["CODES", "Code", "Finding", "Severity", "Verdict", "verify"]
