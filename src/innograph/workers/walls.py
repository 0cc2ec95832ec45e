"""The walls around a query worker: no network, no core dumps, no growing files, bounded memory.

The kernel keeps them, whatever a query makes the engine do. All are put up by the process itself: no right is
needed that a plain user lacks, and nothing is left behind.
"""

import ctypes
import resource
import sys
from pathlib import Path

_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000


def leave_network() -> bool:
    """Enter a user and a network namespace of one's own, which has no interface; tell whether it worked.

    Must be called before a second thread exists (the kernel refuses then), so before a store is opened.
    Containers and hardened kernels may refuse: then False.
    """
    if not sys.platform.startswith("linux"):
        return False
    libc = ctypes.CDLL(None, use_errno=True)  # os.unshare is of Python 3.12
    return any(libc.unshare(flags) == 0 for flags in (_CLONE_NEWUSER | _CLONE_NEWNET, _CLONE_NEWNET))


def write_nothing() -> None:
    """Let no file grow, and leave no core dump."""
    for limit in (resource.RLIMIT_CORE, resource.RLIMIT_FSIZE):
        resource.setrlimit(limit, (0, 0))


def bound_memory(more: int) -> None:
    """Let this process take ``more`` bytes of address space beyond what it has; past that, it ends.

    What an open database maps and reserves is not the query's: it is measured, not guessed. Where the size
    cannot be read (no /proc) or the system does not keep the limit (macOS), nothing bounds the memory.
    """
    size = address_space()
    if size is not None:
        resource.setrlimit(resource.RLIMIT_AS, (size + more, resource.RLIM_INFINITY))


def address_space() -> int | None:
    """Measure the address space of this process, in bytes; None where the system does not tell."""
    try:
        pages = Path("/proc/self/statm").read_bytes().split()[0]
    except OSError:
        return None
    return int(pages) * resource.getpagesize()
