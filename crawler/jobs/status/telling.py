"""Bringing alarms to people: by webhook, by e-mail, by a command of theirs."""

from __future__ import annotations

import json
import os
import signal
import smtplib
import ssl
import subprocess
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import AbstractContextManager, nullcontext, suppress
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid, parseaddr
from http.client import HTTPException
from tempfile import TemporaryFile
from typing import IO

from w3lib.url import safe_url_string

from crawler import __version__
from crawler.jobs.schedule.book import Book
from crawler.jobs.status.alarm import Alarm, alarms_of, to_tell, told
from crawler.jobs.status.status import Status
from crawler.jobs.watchlist import Alarms, Email
from crawler.model.address import origin

PATIENCE = 30.0
"""Seconds for all of what a webhook, a mail server or a command takes."""


def tell_all(book: Book, status: Status, where: Alarms, watchlist: str) -> list[str]:
    """Tell what is to be told now; returns a line for each way on which something could not be brought.

    What no way brought is told again after the next run.
    """
    failures: list[str] = []
    for alarm in to_tell(book, alarms_of(status, where), where, status.at):
        failed = tell(alarm, where, watchlist)
        failures += failed
        if len(failed) < where.ways:
            told(book, alarm, status.at)
    return failures


def tell(alarm: Alarm, where: Alarms, watchlist: str) -> list[str]:
    """Bring an alarm wherever ``where`` says; returns a line for each way on which it could not be brought."""
    return [failure for failure in _ways(alarm, where, watchlist) if failure]


def _ways(alarm: Alarm, where: Alarms, watchlist: str) -> Iterator[str | None]:
    words = json.dumps({"watchlist": watchlist, **alarm.to_dict()}, ensure_ascii=False).encode("utf-8", "replace")
    if hook := where.webhook:
        yield _in_time(lambda: _post(hook, words), f"webhook {origin(hook)}")
    if where.command:
        yield _run(where.command, words)
    if email := where.email:
        yield _in_time(lambda: _mail(email, alarm, watchlist), f"mail server {email.server}")


def _in_time(bring: Callable[[], str | None], whom: str) -> str | None:
    """What ``bring`` says, or that it took too long: the patience of a socket begins anew with every byte."""
    said: Future[str | None] = Future()

    def work() -> None:
        try:
            said.set_result(bring())
        except BaseException as error:  # noqa: BLE001 - raised where it is waited for
            said.set_exception(error)

    threading.Thread(target=work, daemon=True).start()
    try:
        return said.result(PATIENCE)
    except TimeoutError:
        return f"{whom}: no whole answer within {PATIENCE:g} s"


def _post(url: str, words: bytes) -> str | None:
    place = origin(url)  # the rest of a webhook is often its key
    headers = {"Content-Type": "application/json", "User-Agent": f"wirecopy/{__version__}"}
    request = urllib.request.Request(safe_url_string(url), words, headers)
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE):
            return None
    except urllib.error.HTTPError as error:
        error.close()
        return f"webhook {place}: answered {error.code}"
    except (OSError, HTTPException, ValueError) as error:
        return f"webhook {place}: {error or type(error).__name__}"


def _run(command: tuple[str, ...], words: bytes) -> str | None:
    with _scratch() as said:  # a pipe would wait for whatever the command leaves running, too
        errors = subprocess.DEVNULL if said is None else said
        try:
            with subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=errors, start_new_session=True
            ) as process:
                return _answer(process, f"command {command[0]}", words, said)
        except (OSError, ValueError) as error:
            return f"command {command[0]}: {error}"


def _scratch() -> AbstractContextManager[IO[bytes] | None]:
    """A file for what a command says; None where there can be none: on the full disk that it may have to tell of."""
    try:
        return TemporaryFile()
    except OSError:
        return nullcontext()


def _answer(process: subprocess.Popen[bytes], named: str, words: bytes, said: IO[bytes] | None) -> str | None:
    try:
        process.communicate(words + b"\n", PATIENCE)
    except subprocess.TimeoutExpired:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # and all that it began
        return f"{named}: did not end within {PATIENCE:g} s, and was ended"
    lines: list[str] = []
    if said is not None:
        said.seek(0)
        lines = said.read().decode("utf-8", "replace").strip().splitlines()
    code = process.returncode
    return f"{named}: ended with {code}{': ' + lines[-1] if lines else ''}" if code else None


def _mail(email: Email, alarm: Alarm, watchlist: str) -> str | None:
    host, _, port = email.server.partition(":")
    try:
        with _server(host, int(port or 0), email.security) as server:
            if email.user:
                server.login(email.user, os.environ.get(email.password_env, ""))
            server.send_message(_message(email, alarm, watchlist))
    except ssl.SSLCertVerificationError as error:
        return (
            f"mail server {email.server}: its certificate is not trusted ({error.verify_message}); "
            "name the file of its authority in $SSL_CERT_FILE"
        )
    except (OSError, smtplib.SMTPException, ValueError) as error:
        return f"mail server {email.server}: {error}"
    return None


def _message(email: Email, alarm: Alarm, watchlist: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"] = email.sender, ", ".join(email.to)
    domain = parseaddr(email.sender)[1].rpartition("@")[2]
    message["Date"], message["Message-ID"] = format_datetime(datetime.now(UTC)), make_msgid(domain=domain or "wirecopy")
    subject = f"[wirecopy {watchlist}] {'over: ' if alarm.over else ''}{alarm.message}"
    message["Subject"] = " ".join(subject.split())[:200]
    state = "This is over." if alarm.over else f"Since {alarm.since:%Y-%m-%d %H:%M} UTC."
    message.set_content(f"{alarm.message}\n\n{state}\n\n{alarm.key}, watchlist {watchlist}\n")
    return message


def _server(host: str, port: int, security: str) -> smtplib.SMTP:
    trusted = ssl.create_default_context()  # what smtplib takes by itself would tell the password to anybody
    if security == "tls":
        return smtplib.SMTP_SSL(host, port, timeout=PATIENCE, context=trusted)
    server = smtplib.SMTP(host, port, timeout=PATIENCE)
    if security == "starttls":
        try:
            server.starttls(context=trusted)
        except smtplib.SMTPNotSupportedError:
            server.close()
            raise OSError('it has no STARTTLS; say security = "tls", or "none" within a network you trust') from None
    return server
