"""How much of a stranger's file tslint is willing to take in; above it the content is reported as TS004."""

from __future__ import annotations

# A task sequence policy can have 32 MB (Microsoft Learn, "Reduce the size of task sequence policy");
# saved as UTF-16 that is twice as many bytes.
MAX_FILE = 64 * 1024 * 1024

# A text in memory: one character above U+FFFF makes each of the others take four bytes.
MAX_TEXT = 3 * MAX_FILE // 2

# A member of a zip is a file like any other.
MAX_MEMBER = MAX_FILE

# All members of one file on the command line together, zips in zips included: an export with its children.
MAX_TOTAL = 2 * MAX_FILE

# Real exports shrink to no less than a twentieth; a zip bomb is built on the thousandth that Deflate can do.
MAX_RATIO = 200

# Below this size a member cannot do harm however well it shrinks, so the ratio is not asked.
RATIO_FLOOR = 1024 * 1024

# Before any can be looked at, zipfile makes an object of each: 50,000 take a tenth of a second.
MAX_MEMBERS = 50_000

# People zip an export, and attach that in a zip; nobody goes further.
MAX_ZIP_DEPTH = 3

# Real exports nest under 20 deep; code that recurses over groups and conditions must stay far from the 1000
# calls that Python allows. libxml2 has about the same bound, one more or less from version to version.
MAX_DEPTH = 256

# Elements and attributes, each some hundred bytes in memory. Exports have 0.044 per byte, which makes a
# million and a half in a task sequence of 32 MB; MAX_STEPS of ordinary steps have somewhat over two million.
MAX_NODES = 2_250_000

# In one tag: libxml2 compares each attribute's name with those of all before it. A step has under ten.
MAX_ATTRIBUTES = 250

# Steps and groups of one file, zips and the sequences in them included. The largest public exports have under
# a thousand; all rules together take some ten seconds for this many.
MAX_STEPS = 100_000

# An export has one task sequence a file; each costs a pass over its text when its findings are reported.
MAX_SEQUENCES = 100

# Of one zip, each some milliseconds. An export with all its children has some dozens.
MAX_DOCUMENTS = 2_000

# Of one package, which has some 60; they are kept for each of its task sequences.
MAX_PROPERTIES = 500

# Names of steps, and values in messages, are cut to this many characters: each of thousands of findings may
# tell the same one. The console takes no more than 50 for a step's name.
MAX_NAME = 300

# The names of the groups around a step, 256 of them at the most, are cut to this many characters in front for
# the same reason.
MAX_PATH = 4_096
