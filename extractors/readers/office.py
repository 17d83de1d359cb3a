"""Word 6-2003 (.doc) and RTF, through LibreOffice: the only module that starts another program.

Each file gets a process, a profile and a folder of its own, and all three are gone when it is
read. The process runs without macros, without network where the system allows that, within
limits of time, memory and disk; of what it writes one file of a known name is taken.
"""

import os
import shutil
import signal
import stat
import subprocess
import tempfile
import threading
import time
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import IO

from extractors import compound, errors, own_count, rich_text
from extractors.options import Limits, Options
from extractors.reader import Reader
from extractors.readers import docx
from schemas.blocks import Document

# Limits of memory, of a file's size and of processor time are the shell's to set: a child of a program with
# threads must not run code before it becomes another program. The limit of processor time ends a conversion
# also when we were killed and cannot. A network of its own is not allowed everywhere.
_START = """
ulimit -c 0; ulimit -v "$1" 2>/dev/null; ulimit -f "$2" 2>/dev/null; ulimit -t "$3" 2>/dev/null; shift 3
if unshare --map-root-user --net true 2>/dev/null; then exec unshare --map-root-user --net "$@"; fi
exec "$@"
"""
_PROCESSORS = 2  # so many seconds of processor time for each second of the limit
_NAMES = ("soffice", "libreoffice")
_FILTER = "docx:MS Word 2007 XML"
_INPUT = {"rtf": ("--infilter=Rich Text Format",)}  # what is not quite RTF must not come out as plain text
_NOWHERE = "127.0.0.1", 9  # nobody listens on the port «discard»
_SAID = 2**16  # bytes of the program's messages that are kept
_NOT_LOADED = b"could not be loaded"
_PAUSE = 0.02
_TWICE = "alternate"  # LibreOffice writes each box a second time, for other programs; the source holds it once

_COMMON, _WRITER, _INTERNET = "/org.openoffice.Office.Common", "/org.openoffice.Office.Writer", "/org.openoffice.Inet/Settings"
_PROFILE = (
    (f"{_COMMON}/Security/Scripting", "MacroSecurityLevel", "3"),
    (f"{_COMMON}/Security/Scripting", "DisableMacrosExecution", "true"),
    (f"{_COMMON}/Security/Scripting", "DisableActiveContent", "true"),
    (f"{_COMMON}/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    (f"{_WRITER}/Content/Update", "Link", "2"),  # never
    (f"{_WRITER}/Content/Update", "Field", "false"),
    (f"{_COMMON}/Misc", "FirstRun", "false"),
    (f"{_COMMON}/Misc", "UseOpenCL", "false"),
    (f"{_COMMON}/Help/HelpIndex", "Enabled", "false"),
    ("/org.openoffice.Office.Recovery/AutoSave", "Enabled", "false"),
    ("/org.openoffice.Setup/L10N", "ooSetupSystemLocale", "ru-RU"),  # old files do not say that their bytes are Russian
    (_INTERNET, "ooInetProxyType", "2"),
    *((_INTERNET, f"ooInet{kind}ProxyName", _NOWHERE[0]) for kind in ("HTTP", "HTTPS")),
    *((_INTERNET, f"ooInet{kind}ProxyPort", str(_NOWHERE[1])) for kind in ("HTTP", "HTTPS")),
)


def recognises_doc(data: bytes) -> bool:
    """An OLE compound file, or a Word file older than those."""
    return data.startswith((compound.SIGNATURE, *compound.TOO_OLD))


def read_doc(data: bytes, options: Options) -> Document:
    """The document, and a note where less came of it than the file states; raises Encrypted, OtherKind, TooOld, Damaged, or what a conversion raises."""
    data = compound.settled(data)
    document = _read(data, "doc", options)
    streams = compound.streams(data)
    notes = own_count.losses(own_count.stated(*streams), document) if streams else ()
    return replace(document, notes=(*document.notes, *notes))


def read_rtf(data: bytes, options: Options) -> Document:
    """The document; raises Damaged for a file that is cut off, or what a conversion raises."""
    return _read(rich_text.settled(data), "rtf", options)


def _read(data: bytes, kind: str, options: Options) -> Document:
    made = convert(data, kind, options)
    try:
        document = docx.read(made, options)
    except (errors.Damaged, errors.NotWord):
        raise errors.OfficeRefused from None
    of_the_source = tuple(left for left in document.left_out if left.kind != _TWICE)
    return replace(document, format=kind, left_out=of_the_source)


def convert(data: bytes, kind: str, options: Options) -> bytes:
    """The same document as .docx; raises NoOffice, OfficeRefused, OfficeFailed, OfficeTimeout or TooLarge."""
    program = _program(options)
    with tempfile.TemporaryDirectory(prefix="popravka-", ignore_cleanup_errors=True) as name:
        folder = Path(name).resolve()
        (folder / "out").mkdir()
        (folder / f"input.{kind}").write_bytes(data)
        write_profile(folder / "profile")
        _run(program, folder, kind, options.limits)
        return _result(folder / "out" / "input.docx", options.limits)


def _program(options: Options) -> str:
    for name in (options.soffice,) if options.soffice else _NAMES:
        if found := shutil.which(name):
            return str(Path(found).absolute())
    raise errors.NoOffice(detail=options.soffice)


def write_profile(folder: Path) -> None:
    """A profile in which macros do not run, links are not followed, and the network leads nowhere."""
    user = folder / "user"
    user.mkdir(parents=True)
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>\n'
        for path, name, value in _PROFILE
    )
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry">\n{items}</oor:items>\n'
    (user / "registrymodifications.xcu").write_text(text, "utf-8")


def _command(program: str, folder: Path, kind: str, limits: Limits) -> list[str]:
    return [
        "/bin/sh", "-c", _START, "popravka", str(limits.conversion_bytes // 1024), str(limits.unpacked_bytes // 512),
        str(_PROCESSORS * limits.conversion_seconds), program, f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless", "--norestore", "--nologo", "--nodefault", "--nofirststartwizard", *_INPUT.get(kind, ()),
        "--convert-to", _FILTER, "--outdir", str(folder / "out"), str(folder / f"input.{kind}"),
    ]  # fmt: skip


def _environment(folder: Path) -> dict[str, str]:
    proxy = f"http://{_NOWHERE[0]}:{_NOWHERE[1]}"
    return {
        "PATH": os.environ.get("PATH", os.defpath), "HOME": str(folder), "TMPDIR": str(folder), "LANG": "C.UTF-8",
        "SAL_USE_VCLPLUGIN": "svp", **dict.fromkeys(("http_proxy", "https_proxy", "ftp_proxy", "all_proxy"), proxy),
    }  # fmt: skip


def _run(program: str, folder: Path, kind: str, limits: Limits) -> None:
    """One conversion; when it is over, whatever it has started is over too."""
    try:
        process = subprocess.Popen(
            _command(program, folder, kind, limits), cwd=folder, env=_environment(folder), start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
    except OSError as problem:
        raise errors.NoOffice(detail=str(problem.strerror)) from None
    said: list[bytes] = []
    listener = threading.Thread(target=_listen, args=(process.stdout, said), daemon=True)
    try:
        listener.start()
        ended = _has_ended(process.pid, limits.conversion_seconds)
    finally:
        os.killpg(process.pid, signal.SIGKILL)  # before it is waited for: till then the number cannot be another's
        process.wait()
        listener.join(1)
    if not ended:
        raise errors.OfficeTimeout
    if process.returncode:
        if _NOT_LOADED in b"".join(said):
            raise errors.OfficeRefused
        raise errors.OfficeFailed(detail=f"soffice: {process.returncode}")


def _has_ended(pid: int, seconds: float) -> bool:
    """Wait for the process to end by itself, without taking its exit status."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT | os.WNOHANG) is not None:
            return True
        time.sleep(_PAUSE)
    return False


def _listen(pipe: IO[bytes], said: list[bytes]) -> None:
    """Take all that the program says, and keep the beginning."""
    kept = 0
    with pipe:
        while piece := os.read(pipe.fileno(), _SAID):
            if kept < _SAID:
                said.append(piece)
                kept += len(piece)


def _result(file: Path, limits: Limits) -> bytes:
    """What was written under the one name that is looked for; raises OfficeRefused when it is no package."""
    try:
        about = file.lstat()
    except OSError:
        raise errors.OfficeRefused from None
    if not stat.S_ISREG(about.st_mode) or not zipfile.is_zipfile(file):
        raise errors.OfficeRefused
    if about.st_size > limits.file_bytes:
        raise errors.TooLarge(detail="limits.file_bytes")
    return file.read_bytes()


doc_reader = Reader("doc", (".doc", ".dot"), recognises_doc, read_doc)
rtf_reader = Reader("rtf", (".rtf",), rich_text.is_rich_text, read_rtf)
