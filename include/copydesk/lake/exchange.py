"""Two folders change names in one step, where the kernel and the file system can do that."""

from __future__ import annotations

import ctypes
import errno
import os

AT_FDCWD = -100
RENAME_EXCHANGE = 2
# Not in this kernel, not on this file system (network and desktop mounts), not across image layers.
UNSUPPORTED = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EXDEV}

_renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)  # Linux only


def exchange(one: str, other: str) -> bool:
    """Let two folders change names at once; False, and nothing done, where that is not possible."""
    if _renameat2 is None:
        return False
    if _renameat2(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in UNSUPPORTED:
        return False
    raise OSError(code, os.strerror(code), one, None, other)
