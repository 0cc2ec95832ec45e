"""The walls around a query worker: no network, no core dumps, no growing files, bounded memory.

The kernel keeps them, whatever a query makes the engine do. All are put up by the process itself: no right is
needed that a plain user lacks, and nothing is left behind.
"""

import ctypes
import errno
import platform
import resource
import struct
import sys
from pathlib import Path

_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000

_PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 22, 38
_SECCOMP_MODE_FILTER = 2
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | errno.EACCES
_LOAD, _JUMP_IF_EQUAL, _JUMP_IF_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_OFFSET_OF_NUMBER, _OFFSET_OF_MACHINE = 0, 4
_OTHER_NUMBERING = 0x40000000  # x32, on x86-64
_MACHINES = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
"""For each machine its number in audit.h, and that of the system call ``socket``."""

_IO_URING_SETUP = 425  # a second way to sockets, with the same number everywhere


def leave_network() -> bool:
    """Let this process reach no network any more; tell whether it worked.

    It enters a user and a network namespace of its own, which has no interface. Where that is refused (in
    most containers), the kernel is told to refuse it any new socket. Must be called before a second thread
    exists (the kernel refuses a namespace then, and a filter is for one thread), so before a store is opened.
    """
    return enter_namespace() or refuse_sockets()


def enter_namespace() -> bool:
    """Enter a user and a network namespace of one's own; tell whether it worked."""
    if not sys.platform.startswith("linux"):
        return False
    libc = ctypes.CDLL(None, use_errno=True)  # os.unshare is of Python 3.12
    return any(libc.unshare(flags) == 0 for flags in (_CLONE_NEWUSER | _CLONE_NEWNET, _CLONE_NEWNET))


def refuse_sockets() -> bool:
    """Have the kernel refuse new sockets to this process (seccomp); tell whether it worked."""
    if not sys.platform.startswith("linux") or platform.machine() not in _MACHINES:
        return False
    machine, call = _MACHINES[platform.machine()]
    program = [
        (_LOAD, 0, 0, _OFFSET_OF_MACHINE),
        (_JUMP_IF_EQUAL, 0, 5, machine),  # else refuse
        (_LOAD, 0, 0, _OFFSET_OF_NUMBER),
        (_JUMP_IF_AT_LEAST, 3, 0, _OTHER_NUMBERING),
        (_JUMP_IF_EQUAL, 2, 0, call),
        (_JUMP_IF_EQUAL, 1, 0, _IO_URING_SETUP),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]
    code = ctypes.create_string_buffer(
        b"".join(struct.pack("=HBBI", *instruction) for instruction in program)
    )
    header = ctypes.create_string_buffer(struct.pack("@HP", len(program), ctypes.addressof(code)))
    libc = ctypes.CDLL(None, use_errno=True)
    numbers = (ctypes.c_ulong(0),) * 3
    mode = ctypes.c_ulong(_SECCOMP_MODE_FILTER)
    bound: bool = libc.prctl(_PR_SET_NO_NEW_PRIVS, ctypes.c_ulong(1), *numbers) == 0
    return bound and bool(libc.prctl(_PR_SET_SECCOMP, mode, header, *numbers[:2]) == 0)


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
