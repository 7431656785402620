from __future__ import annotations

from typing import Any

import pytest

from crawler.fetch.address import AddressDenied, AddressGuard, GuardedReactor

DENIED = [
    "127.0.0.1", "127.9.9.9", "0.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "100.100.100.200", "168.63.129.16", "192.0.0.192", "198.18.0.1", "224.0.0.1", "240.0.0.1",
    "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::1",
    "::127.0.0.1", "::a9fe:a9fe", "::ffff:0:127.0.0.1", "64:ff9b:1::808:808", "64:ff9b:1:7f00:0:100:808:808", "fec0::1",
    "2001:470::5efe:127.0.0.1", "2001:470::200:5efe:10.0.0.1", "2001:0:53aa:64c::80ff:fffe", "3fff::1", "5f00::1",
    "4000::1", "192.0.0.8", "192.88.99.1", "0.1.2.3", "203.0.113.5", "2001:db8::1", "100::1", "ff0e::1",
]  # fmt: skip
PASSED = ["93.184.216.34", "8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:8.8.8.8", "64:ff9b::808:808"]


@pytest.mark.parametrize("address", DENIED)
def test_addresses_off_the_public_net_are_refused(address: str) -> None:
    with pytest.raises(AddressDenied, match=r"--allow-address .*allow_addresses in a watchlist"):
        AddressGuard().check(address)


@pytest.mark.parametrize("address", PASSED)
def test_public_addresses_pass(address: str) -> None:
    AddressGuard().check(address)


@pytest.mark.parametrize(
    ("network", "address"), [("10.0.0.0/8", "10.1.1.1"), ("127.0.0.1", "127.0.0.1"), ("::1/128", "::1")]
)
def test_what_the_operator_allows_passes(network: str, address: str) -> None:
    AddressGuard([network]).check(address)


def test_an_allowed_network_opens_no_other() -> None:
    with pytest.raises(AddressDenied):
        AddressGuard(["10.0.0.0/8"]).check("192.168.0.1")


def test_an_allowance_that_is_no_network_is_refused() -> None:
    with pytest.raises(ValueError, match="localhost"):
        AddressGuard(["localhost"])


LOCAL = [
    "localhost", "LOCALHOST.", "a.localhost", "127.0.0.1", "[::1]", "192.168.0.1", "2130706433", "0x7f.1", "0177.0.0.1",
    "127.1", "0", "0x7f000001", "017700000001", "①②⑦.0.0.1", "127。0。0。1", "ⓛocalhost", "[::ffff:7f00:1]",
    "127.0.0.1.", "4294967295", "169.254.43518", "localhost.localdomain", "ip6-localhost", "metadata",
    "metadata.google.internal", "kubernetes.default.svc", "router.lan", "x.home.arpa", "printer.local",
]  # fmt: skip


@pytest.mark.parametrize("host", LOCAL)
def test_local_names_are_refused_even_where_a_proxy_would_resolve_them(host: str) -> None:
    with pytest.raises(AddressDenied):
        AddressGuard().check_name(host)


def test_other_names_are_left_to_the_proxy() -> None:
    AddressGuard().check_name("news.example")


class Connector:
    connected: tuple[Any, ...] = ()
    purpose = "anything else"

    def connectTCP(self, *where: Any) -> None:  # noqa: N802
        self.connected = where


def test_the_guard_stands_before_the_socket() -> None:
    reactor = Connector()
    guarded = GuardedReactor(reactor, AddressGuard(["10.0.0.0/8"]))
    with pytest.raises(AddressDenied):
        guarded.connectTCP("127.0.0.1", 80, None)
    assert reactor.connected == ()
    guarded.connectTCP("10.0.0.1", 80, None)
    assert reactor.connected == ("10.0.0.1", 80, None)
    assert guarded.purpose == "anything else"


REBOUND = ["127.0.0.2", "169.254.169.254", "::1", "::ffff:127.0.0.2", "64:ff9b::7f00:2", "2002:7f00:2::", "0.0.0.0"]


def test_a_name_that_turns_to_another_address_is_refused_there(serve: Any, crawl: Any) -> None:
    def once(talk: Any) -> None:
        talk.send(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 4\r\n\r\nfine")

    server = serve({"/first": once, "/second": once})
    names = {f"rebound-{number}.example": ["127.0.0.1", address] for number, address in enumerate(REBOUND)}
    lanes = [[server.url("/first", host=name), server.url("/second", host=name)] for name in names]
    crawled = crawl(lanes, names=names, WIRECOPY_ALLOW_ADDRESSES=["127.0.0.1"], DNSCACHE_ENABLED=False)
    for first, second in lanes:
        assert crawled.answers[f"GET {first}"]["outcome"] == "ok"
        assert crawled.answers[f"GET {second}"]["ending"][0] == "address_denied"
    assert {passed.path for passed in server.passed} == {"/first"}
