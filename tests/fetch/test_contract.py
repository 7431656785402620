"""The private names of Scrapy and Twisted the tap stands on: when one moves, this says which, and what it was for."""

from __future__ import annotations

import inspect
from importlib import import_module
from importlib.metadata import version
from typing import Any

import pytest

HTTP11 = "scrapy.core.downloader.handlers.http11"
NEWCLIENT = "twisted.web._newclient"


def find(module: str, path: str) -> Any:
    found: Any = import_module(module)
    for name in path.split("."):
        found = inspect.getattr_static(found, name) if inspect.isclass(found) else getattr(found, name)
    return found


def test_the_version_of_scrapy_is_the_one_that_is_tapped() -> None:
    assert version("scrapy").startswith("2.19."), "read the new http11.py against crawler/fetch/tap.py and handler.py"


@pytest.mark.parametrize(
    ("module", "path", "used_for"),
    [
        (HTTP11, "HTTP11DownloadHandler.download_request", "handler: replaced"),
        (HTTP11, "_ScrapyAgent._get_agent", "handler: the guard before the socket"),
        (HTTP11, "_ScrapyAgent._cb_bodyready", "handler: bounding the body Scrapy gets"),
        (HTTP11, "_ScrapyAgent._cb_bodydone", "handler: flagging it"),
        (HTTP11, "_ScrapyAgent._cb_timeout", "handler: closing the exchange on time-out"),
        (HTTP11, "_LenientHTTP11ClientFactory", "tap: makes connections"),
        (NEWCLIENT, "HTTP11ClientProtocol.request", "tap: the request as sent"),
        (HTTP11, "_LenientHTTPClientParser", "tap: the parser, made to read chunks as they come"),
        (HTTP11, "TunnelError", "failure"),
        (NEWCLIENT, "HTTP11ClientProtocol.dataReceived", "tap: the response as received"),
        (NEWCLIENT, "HTTP11ClientProtocol.connectionLost", "tap: the end of a response"),
        (NEWCLIENT, "HTTP11ClientProtocol._finishResponse", "tap: the end of a response"),
        (NEWCLIENT, "HTTP11ClientProtocol._giveUp", "tap: what the parser could not bear"),
        (NEWCLIENT, "HTTP11ClientProtocol._disconnectParser", "tap: hanging up"),
        (NEWCLIENT, "HTTPClientParser._transferDecoders", "tap: lenient chunks"),
        (NEWCLIENT, "Request.writeTo", "tap: the request as sent"),
        (NEWCLIENT, "HTTPParser.CONNECTION_CONTROL_HEADERS", "remains: fields of the connection"),
        (NEWCLIENT, "HTTPClientParser.allHeadersReceived", "tap: transfer codings"),
        ("twisted.web.http", "_IdentityTransferDecoder", "tap: bodies that last until the connection ends"),
        ("twisted.protocols.basic", "LineReceiver.MAX_LENGTH", "tap: long lines in heads"),
        ("twisted.web.client", "HTTPConnectionPool.getConnection", "tap: connections that carry an errand"),
        ("twisted.web.client", "_RetryingHTTP11ClientProtocol.request", "tap: stale connections"),
        ("twisted.web.client", "_AgentBase._computeHostValue", "wire_agent: direct connections"),
        ("twisted.web.client", "_StandardEndpointFactory.endpointForURI", "wire_agent: direct connections"),
        ("twisted.internet.abstract", "FileDescriptor.writeSomeData", "transport: requests that go out at once"),
        ("twisted.web._newclient", "TransportProxyProducer.pauseProducing", "transport: reading that is stopped"),
        ("scrapy.statscollectors", "StatsCollector.__getattribute__", "tally: left out"),
        ("twisted.web.http", "_DataLoss", "chunks"),
        ("twisted.internet._sslverify", "ClientTLSOptions.clientConnectionForTLS", "tls: judging without refusing"),
        ("twisted.internet._sslverify", "OpenSSLCertificateOptions._makeTLSConnection", "tls: one context for all"),
        ("scrapy.core.downloader.contextfactory", "_ScrapyClientContextFactory._get_cert_options", "tls"),
        ("scrapy.downloadermiddlewares.robotstxt", "RobotsTxtMiddleware.process_request", "robots"),
        ("scrapy.downloadermiddlewares.retry", "RetryMiddleware.process_exception", "retry"),
        ("scrapy.utils._download_handlers", "wrap_twisted_exceptions", "handler"),
        ("scrapy.utils._download_handlers", "normalize_bind_address", "handler"),
        ("scrapy.core.downloader", "Downloader._process_queue", "downloader: hosts that are left alone"),
        ("scrapy.core.downloader", "Downloader._latercall", "downloader: looking again whether they still are"),
        ("scrapy.core.downloader", "Downloader._wait_for_download", "downloader: counting transfers"),
        ("scrapy.utils.defer", "_schedule_coro", "recording: stopping the crawl"),
    ],
)
def test_the_name_is_where_it_was(module: str, path: str, used_for: str) -> None:
    try:
        find(module, path)
    except (ImportError, AttributeError) as error:
        pytest.fail(f"{module}.{path} has moved ({error}); crawler/fetch uses it for {used_for}")


@pytest.mark.parametrize(
    ("module", "path", "text", "used_for"),
    [
        (HTTP11, "HTTP11DownloadHandler.__init__", "self._pool._factory =", "tap: our factory makes the connections"),
        (HTTP11, "HTTP11DownloadHandler.__init__", "self._contextFactory", "tls: our policy is used"),
        (HTTP11, "HTTP11DownloadHandler.__init__", "self._bind_address", "handler"),
        (HTTP11, "HTTP11DownloadHandler.download_request", "agent.download_request(request)", "handler: same call"),
        (HTTP11, "_ScrapyAgent.download_request", "self._timeout_cl = reactor.callLater(", "handler: time-outs"),
        (HTTP11, "_ResponseReader.__init__", "self._bodybuf", "handler: bounding the body Scrapy gets"),
        (HTTP11, "_TunnelingTCP4ClientEndpoint.processProxyResponse", '"status": int(', "failure: a tunnel refused"),
        (HTTP11, "_TunnelingTCP4ClientEndpoint.processProxyResponse", '"reason": ', "failure: a tunnel refused"),
        (NEWCLIENT, "HTTPClientParser.allHeadersReceived", "self._transferDecoders[", "tap: looked up by coding"),
        (NEWCLIENT, "HTTPParser.connectionMade", "self.connHeaders = ", "tap: transfer codings"),
        (
            "scrapy.downloadermiddlewares.httpcompression",
            "HttpCompressionMiddleware.__init__",
            "self._max_size = ",
            "decoding: the limit",
        ),
        (HTTP11, "_LenientHTTP11ClientProtocol.request", "self._parser.__class__ =", "tap: does the same"),
        (NEWCLIENT, "HTTP11ClientProtocol.request", "request.writeTo(self.transport)", "tap: tee on what is written"),
        (NEWCLIENT, "HTTP11ClientProtocol.request", "self._transportProxy = TransportProxyProducer(", "tap: the brake"),
        (NEWCLIENT, "HTTP11ClientProtocol._disconnectParser", "self._transportProxy.stopProxying()", "tap: the brake"),
        (HTTP11, "_LenientHTTP11ClientProtocol.request", "response._scrapy_ip_address = ", "tap: does the same"),
        (HTTP11, "_LenientHTTP11ClientProtocol.request", "response._scrapy_certificate = ", "tap: does the same"),
        (HTTP11, "_BindAddressAgent._requestWithEndpoint", "_endpointFactory._bindAddress,", "wire_agent: the same"),
        ("twisted.internet.abstract", "FileDescriptor.write", "self._tempDataBuffer.append(", "transport: what waits"),
        ("twisted.web.client", "Agent.request", "parsedURI.originForm,", "wire_agent: the same"),
        (NEWCLIENT, "HTTP11ClientProtocol.request", "HTTPClientParser(request, self._finishResponse)", "tap: the end"),
        (NEWCLIENT, "HTTP11ClientProtocol.dataReceived", "self._giveUp(Failure())", "tap: faults"),
        (NEWCLIENT, "HTTPClientParser._finished", "self.finisher(rest)", "tap: trimming what follows a response"),
        (NEWCLIENT, "Response._deliverBody_INITIAL", "self._bodyProtocol = protocol", "handler: finds Scrapy's reader"),
        ("twisted.web.client", "HTTPConnectionPool._newConnection", "self._factory(quiescentCallback", "tap"),
        ("twisted.web.client", "_AgentBase._requestWithEndpoint", "self._pool.getConnection(key, endpoint)", "tap"),
        ("twisted.web.client", "_AgentBase._requestWithEndpoint", "persistent=self._pool.persistent", "tap"),
        ("twisted.internet.endpoints", "HostnameEndpoint.connect", "self._reactor,", "address"),
        ("twisted.internet.endpoints", "TCP4ClientEndpoint.connect", "self._reactor.connectTCP(", "address"),
        (
            "twisted.internet.endpoints",
            "TCP6ClientEndpoint._resolvedHostConnect",
            "self._reactor.connectTCP(",
            "address",
        ),
        (
            "twisted.protocols.tls",
            "TLSMemoryBIOProtocol._checkHandshakeStatus",
            "handshakeCompleted()",
            "tap",
        ),
        (
            "scrapy.downloadermiddlewares.robotstxt",
            "RobotsTxtMiddleware.robot_parser",
            "callback=NO_CALLBACK",
            "robots",
        ),
    ],
)
def test_the_code_around_it_does_what_it_did(module: str, path: str, text: str, used_for: str) -> None:
    assert text in inspect.getsource(find(module, path)), (
        f"{module}.{path} no longer has `{text}`; crawler/fetch relies on it for {used_for}"
    )


@pytest.mark.parametrize("name", ["_state", "_parser", "_quiescentCallback", "transport"])
def test_a_connection_has_the_fields_the_tap_reads(name: str) -> None:
    assert f"self.{name}" in inspect.getsource(find(NEWCLIENT, "HTTP11ClientProtocol"))
