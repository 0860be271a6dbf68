"""Zip files to the members that may hold a task sequence. Nothing is ever written to disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tslint.source.bounds import MAX_MEMBER, MAX_MEMBERS, MAX_RATIO, MAX_TOTAL, MAX_ZIP_DEPTH, RATIO_FLOOR
from tslint.source.document import Fault, Origin
from tslint.source.printable import printable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zipfile import ZipFile, ZipInfo

_MAGIC = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_DIRECTORY_ENTRY = b"PK\x01\x02"
_ENCRYPTED = 0x1

# What every console export holds besides the task sequences (file names in lower case).
_SIDECARS = frozenset({"[content_types].xml", "appreferencesinfo.xml", "manifest.xml", "referencesinfo.xml"})


class _Budget:
    """What may still be unpacked from one file, zips in it included."""

    __slots__ = ("bytes", "members")

    def __init__(self) -> None:
        self.bytes = MAX_TOTAL
        self.members = MAX_MEMBERS


def is_named_zip(name: str) -> bool:
    """Say whether a file is a zip by its name."""
    return name.lower().endswith(".zip")


def is_zip(data: bytes, name: str) -> bool:
    """Tell a zip file by its first bytes, or by its end where its name says so: one that unpacks itself."""
    if data.startswith(_MAGIC) or not is_named_zip(name):
        return data.startswith(_MAGIC)
    from io import BytesIO
    from zipfile import is_zipfile

    return is_zipfile(BytesIO(data))


def damaged(origin: Origin) -> Fault:
    """Return the fault of what should be a zip file and is none."""
    return Fault("TS003", "The zip file is damaged or truncated; export it again", origin)


def members(data: bytes, origin: Origin) -> Iterator[tuple[Origin, bytes | Fault]]:
    """Yield the members that may hold a task sequence, sorted by name; those of zips within in their place.

    A member that is encrypted or damaged is a fault TS003, one beyond a bound TS004; the others follow.
    """
    return _members(data, origin, _Budget(), 1)


def _members(
    data: bytes, origin: Origin, budget: _Budget, depth: int
) -> Iterator[tuple[Origin, bytes | Fault]]:
    if depth > MAX_ZIP_DEPTH:
        yield origin, Fault("TS004", f"Zip files nest more than {MAX_ZIP_DEPTH} deep; unpack them", origin)
        return
    # Counted before zipfile makes an object of each. Zips stored inside add their members: meant too.
    if data.count(_DIRECTORY_ENTRY) > budget.members:
        yield origin, Fault("TS004", f"The zip has more than {MAX_MEMBERS:,} members; unpack it", origin)
        return
    archive = _opened(data, origin)
    if isinstance(archive, Fault):
        yield origin, archive
        return
    with archive:
        infos = archive.infolist()
        budget.members -= len(infos)
        prefix = f"{origin.member}!/" if origin.member else ""
        for info in sorted(infos, key=lambda info: info.filename):
            if not _matters(info.filename):
                continue
            where = Origin(origin.file, prefix + _shown(info.filename))
            content = _content(archive, info, where, budget)
            if isinstance(content, bytes) and is_zip(content, info.filename):
                yield from _members(content, where, budget, depth + 1)
            else:
                yield where, content


def _matters(name: str) -> bool:
    name = name.lower()
    return name.endswith((".xml", ".zip")) and name.rpartition("/")[2] not in _SIDECARS


def _shown(name: str) -> str:
    """Return a member's name as reported: no way out of the zip, no control characters."""
    parts = name.replace("\\", "/").split("/")
    return printable("/".join(part for part in parts if part not in {"", ".", ".."}))


def _opened(data: bytes, origin: Origin) -> ZipFile | Fault:
    import zipfile
    from io import BytesIO
    from struct import error as struct_error

    try:
        return zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, struct_error, NotImplementedError, OverflowError, ValueError, OSError):
        return damaged(origin)


def _content(archive: ZipFile, info: ZipInfo, where: Origin, budget: _Budget) -> bytes | Fault:
    fault = _refused(info, where, budget)
    if fault:
        return fault
    from struct import error as struct_error
    from zipfile import BadZipFile
    from zlib import error as zlib_error

    try:
        with archive.open(info) as member:
            # One byte more makes zipfile check the CRC; without a number it would unpack far beyond the size
            # that the directory tells, if the directory lies.
            content = member.read(info.file_size + 1)
    except (BadZipFile, zlib_error, struct_error, EOFError, RuntimeError, OverflowError, ValueError, OSError):
        return Fault("TS003", "This member of the zip is damaged; export it again", where)
    budget.bytes -= len(content)
    return content


def _refused(info: ZipInfo, where: Origin, budget: _Budget) -> Fault | None:
    """Return why a member is not unpacked, as far as the zip's directory tells, None when it may be."""
    from zipfile import ZIP_DEFLATED, ZIP_STORED

    if info.flag_bits & _ENCRYPTED:
        return Fault("TS003", "This member of the zip is encrypted; zip it without a password", where)
    if info.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
        return Fault("TS003", "This member of the zip is not packed with Deflate; zip it again", where)
    size = info.file_size
    if size > MAX_MEMBER:
        return Fault("TS004", f"This member of the zip is larger than {MAX_MEMBER:,} bytes", where)
    if size > RATIO_FLOOR and size > MAX_RATIO * info.compress_size:
        return Fault(
            "TS004", f"This member of the zip shrinks to less than 1/{MAX_RATIO}, as zip bombs do", where
        )
    if size > budget.bytes:
        return Fault("TS004", f"The zip unpacks to more than {MAX_TOTAL:,} bytes; unpack it", where)
    return None
