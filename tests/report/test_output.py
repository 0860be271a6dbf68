import errno
import io
import os
import stat
import sys

import pytest

from tslint.report.output import write_file, write_stream


class Terminal(io.TextIOWrapper):
    def isatty(self):
        return True


def test_a_file_is_utf_8_with_unix_line_ends(tmp_path):
    write_file("作成 \udc80\n", str(tmp_path / "out.txt"))
    assert (tmp_path / "out.txt").read_bytes() == "作成 \\udc80\n".encode()


def test_a_file_is_replaced_whole_and_nothing_is_left_beside_it(tmp_path):
    (tmp_path / "out.txt").write_text("before")
    write_file("after", str(tmp_path / "out.txt"))
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [("out.txt", "after")]


def test_a_file_that_cannot_be_replaced_stays_and_nothing_is_left_beside_it(tmp_path, monkeypatch):
    (tmp_path / "out.txt").write_text("before")

    def refuse(*_):
        raise PermissionError

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(PermissionError):
        write_file("after", str(tmp_path / "out.txt"))
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [("out.txt", "before")]


@pytest.mark.skipif(sys.platform == "win32", reason="permissions and symbolic links as on Unix")
def test_a_symbolic_link_is_followed_and_the_umask_kept(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "out.txt")
    write_file("text", str(tmp_path / "link"))
    assert (tmp_path / "link").is_symlink()
    umask = os.umask(0)
    os.umask(umask)
    assert stat.S_IMODE((tmp_path / "out.txt").stat().st_mode) == 0o666 & ~umask


@pytest.mark.skipif(not os.path.exists("/dev/null"), reason="needs /dev/null")  # noqa: PTH110
def test_a_device_is_written_to_and_not_replaced():
    write_file("text", "/dev/null")
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)  # noqa: PTH116


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8"])
def test_a_pipe_gets_utf_8_and_unix_line_ends_whatever_its_code_page(encoding):
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding, newline="\r\n")
    write_stream("作成\n", stream)
    assert raw.getvalue() == "作成\n".encode()


def test_a_terminal_gets_what_it_can_show():
    raw = io.BytesIO()
    stream = Terminal(raw, encoding="cp1252")
    write_stream("é作\n", stream)
    assert raw.getvalue() == b"\xe9\\u4f5c\n"


class Broken(io.TextIOWrapper):
    def flush(self):
        raise OSError(errno.EINVAL, "Invalid argument")

    def close(self):
        """Python 3.13 tells of what fails when a stream is let go of."""


def test_a_reader_that_went_away_is_no_error_in_the_words_of_windows_either(monkeypatch):
    with pytest.raises(OSError, match="Invalid"):
        write_stream("text", Broken(io.BytesIO()))
    monkeypatch.setattr(sys, "platform", "win32")
    write_stream("text", Broken(io.BytesIO()))
