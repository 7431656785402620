"""Every code of ``verify``, how grave it is, and what it means; ``docs/verify.md`` is made from this table."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How grave a finding is."""

    ERROR = "error"
    """The standard is broken, or something is lost, damaged or altered."""
    WARNING = "warning"
    """The standard advises against it, readers differ on it, or a thing that is referred to is not there."""
    INFO = "info"
    """Worth knowing; nothing is wrong with the archive."""


@dataclass(frozen=True, slots=True)
class Code:
    """What one code stands for."""

    severity: Severity
    meaning: str


def _codes(severity: Severity, *rows: tuple[str, str]) -> dict[str, Code]:
    return {code: Code(severity, meaning) for code, meaning in rows}


_ERRORS = _codes(
    Severity.ERROR,
    ("file-empty", "A WARC file of no bytes: there has to be a record at least."),
    ("file-missing", "A file that the datapackage lists is not there."),
    ("file-unreadable", "The disk or the rights do not let the file be read."),
    ("no-records", "Not one record of the file could be read."),
    ("arc-file", "An ARC file, the format before WARC."),
    ("zstd-unsupported", "A WARC file compressed with Zstandard, which is not read yet."),
    ("gzip-header", "The header of a gzip member is impossible (RFC 1952, section 2.3)."),
    ("gzip-header-crc", "The check sum of a gzip header is wrong."),
    ("gzip-deflate", "The compressed bytes are damaged: they can't be decompressed."),
    ("gzip-crc", "The check sum of a gzip member is wrong: its content is not what was written."),
    ("gzip-size", "A gzip member is longer or shorter than it says."),
    ("gzip-truncated", "The file ends inside a gzip member."),
    ("gzip-junk", "Bytes between two gzip members that belong to neither; records may have been there."),
    ("gzip-trailing", "Bytes behind the last gzip member; a record may have been there."),
    ("record-lost", "Where a record should begin there is something else."),
    ("record-blank-lines", "Empty lines before a record, or more than two behind the last one."),
    ("record-end", "Not two line ends (CRLF CRLF) behind the block."),
    ("record-id-duplicate", "Two records have one WARC-Record-ID, which has to be unique."),
    ("head-incomplete", "The file or the gzip member ends inside the head of a record."),
    ("head-long", "A record head that has no end in a mebibyte."),
    ("head-line-end", "Lines of a head that end in LF alone: the standard wants CRLF."),
    ("head-line", "A line of a head that is no field."),
    ("head-name", "The name of a field holds characters that no name may, or white space before the colon."),
    ("head-encoding", "A value that is not UTF-8."),
    ("head-control", "A value with control characters."),
    ("version-syntax", "The first line of a record is no WARC version."),
    ("version-unknown", "A WARC version that does not exist."),
    ("field-missing", "A field that records of this type must have."),
    ("field-forbidden", "A field that records of this type must not have."),
    ("field-duplicate", "A field that may stand once stands twice."),
    ("type-syntax", "WARC-Type is no token."),
    ("date-syntax", "A date that is none, or not written as this WARC version wants it."),
    ("uri-syntax", "A URI that is none, or not absolute."),
    ("address-syntax", "WARC-IP-Address is neither an IPv4 nor an IPv6 address."),
    ("number-syntax", "A length or number that is none."),
    ("media-type-syntax", "A media type that is none."),
    ("truncated-syntax", "WARC-Truncated is no token."),
    ("digest-syntax", "A digest that is none: wrong form, alphabet or length."),
    ("segment-number", "WARC-Segment-Number is 1 on a first segment and more on a continuation."),
    ("block-unbounded", "Without a valid Content-Length nobody knows where the record ends."),
    ("block-short", "Fewer bytes than Content-Length promises."),
    ("block-length", "The block does not end where Content-Length says."),
    ("block-digest", "The block is not the one that WARC-Block-Digest was made of."),
    ("payload-digest", "The payload is not the one that WARC-Payload-Digest was made of."),
    ("warcinfo-type", "WARC-Warcinfo-ID names a record that is no warcinfo."),
    ("concurrent-self", "WARC-Concurrent-To names the record itself."),
    ("refers-to-uri", "A revisit and the record it refers to disagree on that record's URI."),
    ("refers-to-date", "A revisit and the record it refers to disagree on that record's date."),
    ("refers-to-digest", "A revisit and the record that holds its payload have different payload digests."),
    ("refers-to-loop", "Revisits that refer to one another in a circle: none has a payload."),
    ("index-syntax", "A line of the index is no CDXJ."),
    ("index-order", "The index is not sorted, so captures in it can't be found."),
    ("index-dangling", "The index names a place where no record begins."),
    ("index-length", "The index has another length for a record."),
    ("index-date", "The index has another time for a record."),
    ("index-url", "The index has another URL for a record."),
    ("index-status", "The index has another HTTP status for a record."),
    ("index-digest", "The index has another payload digest for a record."),
    ("pages-syntax", "A line of a page list is no JSON object with url and ts."),
    ("ledger-unreadable", "The ledger of the collection can't be read."),
    ("ledger-dangling", "The ledger names a record that is not where it says: what counted as captured is gone."),
    ("ledger-missing", "A capture is in the archive and not in the ledger."),
    ("package-missing", "There is no datapackage.json."),
    ("package-syntax", "The datapackage.json is not what WACZ wants."),
    ("package-digest", "A file is not the one that the datapackage lists: it was altered."),
    ("package-size", "A file has another size than the datapackage lists."),
    ("package-unlisted", "A file that the datapackage does not list: it was put in later."),
    ("package-name", "The datapackage lists a path that leads out of the folder, or one path twice."),
    ("zip-broken", "The ZIP file is damaged or cut."),
    ("zip-crc", "A file in the ZIP is not what its check sum says."),
    ("zip-header", "The two headers of a file in the ZIP contradict one another."),
    ("zip-overlap", "Two files in the ZIP share bytes."),
    ("zip-name-duplicate", "Two files in the ZIP have one name: readers differ on which they show."),
    ("zip-name-unsafe", "A name that leads out of the folder it is unpacked in, or a link."),
    ("zip-encrypted", "A file in the ZIP is encrypted."),
    ("wacz-deflated", "A WARC or compressed index is deflated in the ZIP, so nobody can read a part of it."),
    ("wacz-incomplete", "A part that a WACZ has to have is missing: WARC, index, pages or datapackage."),
    ("signature-syntax", "The signature data are not of either form that the specification knows."),
    ("signature-hash", "The signed hash is not that of datapackage.json."),
    ("signature-wrong", "The signature is not that of the key it names: forged, or damaged."),
    ("signature-domain", "The certificate is not of the domain that is said to have signed."),
    ("signature-chain", "A certificate is not signed by the next one of its chain, or was not valid at the time."),
    ("timestamp-wrong", "The time stamp is not one of this signature, or not by its certificate."),
    ("timestamp-distant", "The time stamp is more than ten minutes from the time of signing."),
)
_WARNINGS = _codes(
    Severity.WARNING,
    ("file-suffix", "The file is compressed and its name does not say so, or the other way round."),
    ("file-unfinished", "A file that a crawl is writing, or was killed while it did: `wirecopy repair` finishes it."),
    ("gzip-member-records", "Several records in one gzip member: none can be read by itself."),
    ("gzip-record-split", "A record that goes on in another gzip member."),
    ("gzip-empty-member", "A gzip member without content."),
    ("version-draft", "A version from before WARC was a standard (0.17, 0.18, …)."),
    ("field-empty", "A field without a value."),
    ("field-misspelt", "The name of a field is one letter from a known one: damaged or misspelt."),
    ("type-unknown", "A record type that readers pass over."),
    ("date-precision", "Fractions of a second in WARC 1.0, which has none."),
    ("date-future", "A date that is yet to come."),
    ("date-early", "A date before there were web archives (1996)."),
    ("uri-brackets", "A record id without its angle brackets."),
    ("uri-characters", "A URI with characters that ought to be percent-encoded."),
    ("target-brackets", "A WARC 1.1 target URI in the angle brackets of WARC 1.0."),
    ("media-type-parameters", "A media type with malformed parameters."),
    ("content-type-missing", "A block of which nobody says what it is."),
    ("content-type-unexpected", "A Content-Type that a record of this type ought not to have."),
    ("content-type-message", "A request that is called a response, or the other way round."),
    ("digest-algorithm", "A digest of an unknown algorithm, which can't be checked."),
    ("payload-digest-chunked", "The payload digest is that of the body with its chunks, as some writers make it."),
    ("warc-fields-syntax", "A block of type application/warc-fields with lines that are no fields."),
    ("http-start-line", "A block called HTTP that begins with no HTTP message of its kind."),
    ("http-head-open", "An HTTP head without the empty line that ends it, and no WARC-Truncated."),
    ("http-length", "A body that is shorter or longer than its HTTP Content-Length, and no WARC-Truncated."),
    ("http-chunks", "A chunked body that breaks or ends too early, and no WARC-Truncated."),
    ("request-unpaired", "A request without its response: a record may be lost."),
    ("response-unpaired", "A response without its request, in a file that has requests: a record may be lost."),
    ("concurrent-missing", "WARC-Concurrent-To names a record that is not there."),
    ("concurrent-date", "Records of one capture with different dates."),
    ("concurrent-uri", "Records of one capture with different URIs."),
    ("warcinfo-missing", "WARC-Warcinfo-ID names a record that is not there."),
    ("refers-to-missing", "The record that holds a revisit's payload is not in this archive: it can't be replayed."),
    ("refers-to-revisit", "A revisit refers to a revisit: replay tools give up on such chains."),
    ("index-key", "The index has a URL under another key than its own: it won't be found."),
    ("index-mime", "The index has another media type for a record."),
    ("index-missing", "A capture that is not in the index: it won't be found."),
    ("index-absent", "There is no index."),
    ("pages-dangling", "A page is listed of which there is no capture."),
    ("pages-date", "A page is listed with a time at which there is no capture of it."),
    ("package-version", "A WACZ version that is not known."),
    ("zip-extra", "Bytes in the ZIP that belong to no file."),
    ("signature-unknown", "The kind of key or signature is not known, so it can't be checked."),
)
_INFOS = _codes(
    Severity.INFO,
    ("file-name", "WARC-Filename is not the file's name: it was renamed."),
    ("set-aside", "What was cut from a torn WARC, or a damaged one as it was found, kept beside it."),
    ("warcinfo-absent", "The file does not begin with a warcinfo record."),
    ("letter-case", "A version, type or other word in unusual case."),
    ("head-folded", "A field continued on a second line, as old mail headers were."),
    ("field-unknown", "A field that neither the standard nor a known writer has."),
    ("truncated-unknown", "A reason for truncation that the standard does not know."),
    ("profile-unknown", "A revisit profile that replay tools do not know."),
    ("digest-form", "A digest in unusual spelling."),
    ("payload-undefined", "A payload digest on a record that has no payload."),
    ("payload-segmented", "The payload digest of a segmented record is not checked."),
    ("payload-coded", "The payload digest of a body with a transfer coding other than chunked is not checked."),
    ("date-order", "A record is more than a day older than one before it."),
    ("http-head-odd", "An HTTP head that its sender wrote against the rules."),
    ("http-not-chunked", "An HTTP head that says chunked over a body that is not."),
    ("requests-absent", "The file holds responses and no requests."),
    ("refers-to-nothing", "A revisit that names no record, only a digest."),
    ("refers-to-beside", "The record that holds a revisit's payload is in another collection of the same folder."),
    ("reference-elsewhere", "A record refers to one that is not in this archive."),
    ("wacz-unsigned", "The WACZ has no datapackage-digest.json, or no signature."),
    ("signature-anonymous", "The signature is right; whose key it is the archive can't prove."),
    ("signature-untrusted", "The signature is right; no trusted root was given for the certificate behind it."),
    ("timestamp-untrusted", "The time stamp is right; no trusted root was given for the authority behind it."),
    ("timestamp-unchecked", "There is a time stamp; checking it takes `pip install 'wirecopy[sign]'`."),
)
CODES: dict[str, Code] = _ERRORS | _WARNINGS | _INFOS
"""Every code there is."""
