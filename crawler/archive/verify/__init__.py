"""``verify``: the strict reading of an archive, whoever wrote it; what is not as it should be is a finding.

``archives`` tells what is verified and hands it to ``warcs``, ``folder`` or ``wacz``. Of a WARC, ``stream``
(``members``, ``zstd``) gives bytes, ``records`` records, whose ``head`` (``fields``, ``policy``) and ``block``
(``http``, ``digests``) are checked one by one; all are entered in a ``register``, by which ``relations``,
``segments``, ``index``, ``pages`` and ``ledger`` are checked at the end. ``finding`` is what is said, by one of the
``codes``; ``parts``, ``package`` and ``signature`` are of a WACZ.
"""

from crawler.archive.verify.archives import verify
from crawler.archive.verify.codes import CODES, Code, Severity
from crawler.archive.verify.finding import Finding, Verdict

__all__ = ["CODES", "Code", "Finding", "Severity", "Verdict", "verify"]
