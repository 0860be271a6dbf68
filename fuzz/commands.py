"""Text as a command line, as PowerShell, as an encoded script and as dynamic-variable rules."""

from __future__ import annotations

import base64
from zlib import crc32

from tslint.commands.command import Command, options
from tslint.commands.of_step import in_command_line, in_script, read_command_line, read_script
from tslint.commands.powershell import uncommented
from tslint.commands.script import decode
from tslint.commands.windows_shell import quoted
from tslint.logic.text import references
from tslint.model.dynamic_variables import read_dynamic_rules

# What takes a millisecond for 4 KB takes a second for this if it takes quadratic time, and a minute if cubic.
_LONG = 30_000


def one_input(data: bytes) -> None:
    """Nothing is raised or hangs; programs have plain names; what is quoted arrives as it was."""
    text = data.decode("utf-8", "replace")
    for found in (in_command_line(text), in_script(text)):
        for command in found:
            _check_command(command)
    assert in_command_line(text) == in_command_line(text)
    assert len(uncommented(text)) <= 2 * len(text)
    for started in (read_command_line(text), read_script(text)):
        assert all(one.name or not one.sure for one in started.assigned)
    assert "".join(piece if isinstance(piece, str) else f"%{piece[0]}%" for piece in references(text)) == text
    _check_encoded(text)
    _check_quoted(text)
    _check_rules(text)
    if text and crc32(data) % 256 == 0:
        _check_long((text * (_LONG // len(text) + 1))[:_LONG])


def _check_command(command: Command) -> None:
    assert command.tool, command
    assert command.tool == command.tool.lower(), command
    assert not set(command.tool) & set('\\/:*?"<>|'), command
    assert len(options(command)) == len(command.arguments)


def _check_encoded(text: str) -> None:
    decode(text)
    if text and "\0" not in text:
        for encoded in (b"\xff\xfe" + text.encode("utf-16-le"), text.encode("utf-16-le")):
            # Without a mark UTF-16 is told by its zero bytes: some text has none.
            if encoded.startswith(b"\xff\xfe") or b"\0" in encoded:
                read = decode(base64.b64encode(encoded).decode())
                assert read in (text, text.removeprefix("\ufeff"))


def _check_quoted(text: str) -> None:
    line = f"tool {quoted(text)}"
    if len(line) <= 32_000:
        (command,) = in_command_line(line)
        assert command.arguments == (text,), command


def _check_rules(text: str) -> None:
    for written in (text, f"<Rules><Rule><condition>{text}</condition></Rule></Rules>"):
        for rule in read_dynamic_rules(written) or ():
            assert all(name == name.strip() for name, _, _ in rule.assignments)


def _check_long(text: str) -> None:
    in_command_line(text)
    in_script(text)
    read_dynamic_rules(text)
