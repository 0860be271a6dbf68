"""Types of step: what a file calls them, and those that more than one part knows by name."""

from typing import Final

# How the names of the classes of the SDK begin.
PREFIX: Final = "SMS_TaskSequence_"
_SUFFIX: Final = "Action"
# The only SDK class of a step without the suffix, which is an element of its own in a file.
_CHILD: Final = "SubTasksequence"
# Steps that run what their author wrote.
RUNNERS: Final = ("RunCommandLine", "RunPowerShellScript")
# The only steps that say in the file which variables they set, and to what.
SETTERS: Final = ("SetVariable", "SetDynamicVariables")


def short_type(written: str) -> str:
    """``SMS_TaskSequence_RequestStateStoreAction`` -> ``RequestStateStore``; others' types as they are."""
    return written.removeprefix(PREFIX).removesuffix(_SUFFIX) if written.startswith(PREFIX) else written


def full_type(kind: str) -> str:
    """Return the type as a file has it: the other way round. Others' types have an underscore."""
    if kind == _CHILD:
        return PREFIX + kind
    return f"{PREFIX}{kind}{_SUFFIX}" if kind and "_" not in kind else kind
