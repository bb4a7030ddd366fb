"""Lets no connection out to an address that is not public, whatever name, redirect or DNS answer leads there.

It stands where a name becomes the address that is connected to, so there is no second look-up that could answer
differently (DNS rebinding), and no way to send a request around it.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Sequence
from ipaddress import IPv4Address as IPv4
from ipaddress import IPv6Address as IPv6
from ipaddress import ip_address, ip_network
from typing import Any

from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.base import ReactorBase
from twisted.internet.defer import Deferred
from twisted.internet.interfaces import IAddress
from twisted.python.failure import Failure

ALLOWED_LOOPBACK = "ALLOWED_LOOPBACK"
"""Scrapy setting: the one "host:port" that may be reached on loopback. Only the demo and tests set it."""
SECONDS_PER_LOOKUP = 10.0
_HIDING_IPV4 = (ip_network("64:ff9b::/96"), ip_network("64:ff9b:1::/48"), ip_network("2002::/16"), ip_network("::/96"))
"""IPv6 ranges that carry an IPv4 address which a translator on the way connects to (RFC 6052, 8215, 3056, 4291)."""


def is_public(address: str) -> bool:
    """Whether an IP address, as text, is one that everybody can reach, and no single machine's or network's own."""
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, IPv6) and ip.ipv4_mapped is not None:
        ip = ip.ipv4_mapped
    return ip.is_global and not ip.is_multicast and not _hides_ipv4(ip)


def _hides_ipv4(ip: IPv4 | IPv6) -> bool:
    return isinstance(ip, IPv6) and any(ip in network for network in _HIDING_IPV4)


class _LookUp:
    def __init__(self, name: str) -> None:
        self.name = name

    def cancel(self) -> None:
        """Nobody waits for it any more; its answer is dropped."""


class GuardedResolver:
    """Twisted's way from names to addresses (IHostnameResolver), with the guard in it.

    `refused` tells which host led to what address, `slow` whose look-up took too long. Look-ups run in threads that
    nothing waits for, so that a dead name server can neither fill a pool nor delay the end of the crawl.
    """

    def __init__(self, reactor: ReactorBase, allowed_loopback: str | None) -> None:
        self._reactor = reactor
        self._allowed = allowed_loopback
        self.refused: dict[str, str] = {}
        self.slow: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Any, reactor: ReactorBase) -> GuardedResolver:
        """Scrapy's way to make it; `crawler` is its process."""
        return cls(reactor, crawler.settings.get(ALLOWED_LOOPBACK))

    def install_on_reactor(self) -> None:
        """Every connection by host name goes through here from now on; literal addresses too."""
        self._reactor.installNameResolver(self)  # type: ignore[arg-type]  # zope's interfaces are not mypy's

    def resolveHostName(
        self,
        resolutionReceiver: Any,
        hostName: str,
        portNumber: int = 0,
        addressTypes: Sequence[type[IAddress]] | None = None,
        transportSemantics: str = "TCP",
    ) -> Any:
        """See `twisted.internet.interfaces.IHostnameResolver`."""
        resolution = _LookUp(hostName)
        resolutionReceiver.resolutionBegan(resolution)
        answer: Deferred[list[str]] = Deferred()
        answer.addTimeout(SECONDS_PER_LOOKUP, self._reactor)  # type: ignore[arg-type]
        answer.addErrback(self._give_up, hostName)
        answer.addCallback(self._hand_over, resolutionReceiver, hostName, portNumber)
        threading.Thread(target=self._look_up, args=(hostName, answer), name="dns", daemon=True).start()
        return resolution

    def _look_up(self, host: str, answer: Deferred[list[str]]) -> None:
        try:
            found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            found = []
        addresses = list(dict.fromkeys(str(each[4][0]) for each in found))
        self._reactor.callFromThread(lambda: None if answer.called else answer.callback(addresses))

    def _give_up(self, _: Failure, host: str) -> list[str]:
        self.slow.add(host)
        return []

    def _hand_over(self, addresses: list[str], receiver: Any, host: str, port: int) -> None:
        for address in addresses:
            if is_public(address) or self._is_allowed(address, host, port):
                kind = IPv6Address if ":" in address else IPv4Address
                receiver.addressResolved(kind("TCP", address, port))
            else:
                self.refused[host] = address
        receiver.resolutionComplete()

    def _is_allowed(self, address: str, host: str, port: int) -> bool:
        return self._allowed == f"{host}:{port}" and ip_address(address.partition("%")[0]).is_loopback
