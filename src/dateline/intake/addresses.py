"""An address of the network in, whether the public may be asked there out: a list of our own, since Python's is wrong
for some (it calls 64:ff9b::7f00:1 and 2002:7f00:1:: global)."""

from __future__ import annotations

import ipaddress

_NETWORKS = """
    0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24
    192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4
    2001::/23 2001:db8::/32 2002::/16 3fff::/20
"""
_CLOSED = tuple(ipaddress.ip_network(network) for network in _NETWORKS.split())
_OPEN_V6 = ipaddress.ip_network("2000::/3")
"""All that is given out for public use; mapped, translated, local and multicast addresses lie outside."""


def is_public(address: str) -> bool:
    """False for addresses of this machine, of private and special networks, and for what is no address."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if found.version == 6 and found not in _OPEN_V6:
        return False
    return not any(found in network for network in _CLOSED if network.version == found.version)
