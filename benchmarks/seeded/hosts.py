"""Ordinary task sequences of our own making, in which none of the ten rules finds anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from benchmarks.seeded.conditions import eq, in_winpe, ne
from benchmarks.seeded.exports import Export
from benchmarks.seeded.steps import Kit

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from lxml.etree import _Element

FORMS = ("bare", "bare", "utf-16", "wrapper", "console", "console", "zip", "zip")


def own_host(rng: Random) -> Export:
    """A deployment, an upgrade or a custom sequence of some 10 to 60 steps, in a random shape of file."""
    form = rng.choice(FORMS)
    kit = Kit(rng, "mdt" if form == "wrapper" else rng.choice(["console", "console", "mdt"]), "h")
    nodes = rng.choice([_deployment, _deployment, _upgrade, _custom])(kit)
    sequences = {"LAB00001": _sequence(kit, nodes)}
    if form == "zip":
        child = _sequence(kit, _steps(kit, 3, 8))
        call = kit.call("LAB00002", "Sequence LAB00002")
        parent = sequences["LAB00001"]
        at = rng.choice([node for node in parent.iter("sequence", "group") if _open(node)])
        at.insert(rng.randint(_first(at), len(at)), call)
        sequences["LAB00002"] = child
    return Export(form, sequences)


def _open(node: _Element) -> bool:
    """Whether a step below the node certainly runs."""
    line = [node, *node.iterancestors()]
    return all(n.get("disable") != "true" and n.find("condition") is None for n in line)


def _first(node: _Element) -> int:
    """The index behind the children of a group or sequence that are no steps."""
    return sum(child.tag in {"condition", "referenceList", "globalVarList", "action"} for child in node)


def _sequence(kit: Kit, nodes: list[_Element]) -> _Element:
    sequence = etree.Element("sequence", version="3.00" if kit.mdt else "3.10")
    references = etree.SubElement(sequence, "referenceList")
    etree.SubElement(references, "reference", package="LAB0000A")
    sequence.extend(nodes)
    return sequence


def _steps(kit: Kit, low: int, high: int) -> list[_Element]:
    """Everyday steps, some of them in groups, some under conditions, some disabled."""
    rng = kit.rng
    nodes: list[_Element] = []
    for _ in range(rng.randint(low, high)):
        roll = rng.random()
        if roll < 0.2:
            when = rng.choice([None, None, kit.unrelated()])
            nodes.append(kit.group(*_steps(kit, 1, 3), when=when, disabled=rng.random() < 0.1))
        elif roll < 0.5:
            nodes.append(kit.noise())
        else:
            nodes.append(_everyday(kit))
    return nodes


def _everyday(kit: Kit) -> _Element:
    rng = kit.rng
    kinds = [
        (
            "InstallApplication",
            "smsappinstall.exe /app:%OSDApp%",
            [("OSDApp", "ApplicationName", "Reader", False)],
        ),
        (
            "InstallSoftware",
            "smsswd.exe /pkg:LAB0000B /install",
            [("PackageID", "PackageID", "LAB0000B", True)],
        ),
        ("InstallUpdate", "smsupdateinst.exe", [("SMSInstallUpdateTarget", "Target", "All", False)]),
        ("JoinDomainWorkgroup", "osdjoin.exe", [("OSDJoinType", "Type", "1", False)]),
        ("EnableBitLocker", "OSDBitLocker.exe /enable", [("OSDBitLockerMode", "Mode", "TPM", False)]),
        (
            "ConnectNetworkFolder",
            "smsnetfolder.exe",
            [("SMSConnectNetworkFolderPath", "Path", "\\\\a\\b", False)],
        ),
    ]
    if rng.random() < 0.5:
        kind, action, settings = rng.choice(kinds)
        return kit.step(kind, action, settings, when=rng.choice([None, None, kit.unrelated()]))
    makers: list[Callable[[], _Element]] = [
        lambda: kit.command("powercfg.exe /s 8c5e7fda-e8bf-4a96-9a85-a6e23a8c635c"),
        lambda: kit.command('xcopy.exe "%_SMSTSLogPath%" \\\\server01\\logs$ /e', when=kit.unrelated()),
        lambda: kit.script("Enable-WindowsOptionalFeature -Online -FeatureName NetFx3"),
        lambda: kit.set("SMSTSErrorDialogTimeout", "3600"),
        lambda: kit.dynamic(kit.var(), "Berlin", rule=kit.unrelated()),
    ]
    return rng.choice(makers)()


def _imaging(kit: Kit) -> list[_Element]:
    disk = [("OSDDiskIndex", "DiskIndex", "0", False), ("OSDPartitions", "Partitions", "2", False)]
    apply_os = [("ImagePackageID", "ImagePackageID", "LAB0000C", True)]
    return [
        kit.step(
            "PartitionDisk",
            "osddiskpart.exe",
            disk,
            when=eq("_SMSTSBootUEFI", kit.rng.choice(["true", "false"])),
        ),
        kit.step("ApplyOperatingSystem", "OSDApplyOS.exe /image:LAB0000C", apply_os),
        kit.step("ApplyWindowsSettings", "osdwinsettings.exe /config"),
        kit.step("ApplyNetworkSettings", "osdnetsettings.exe configure"),
        kit.step("AutoApply", "osddriverclient.exe", when=kit.rng.choice([None, ne("Bench", "True")])),
        kit.step("SetupWindowsAndSMS", 'OSDSetupWindows.exe "/Properties:SMSMP=mp01"'),
    ]


def _deployment(kit: Kit) -> list[_Element]:
    start = kit.reboot("WinPE", when=in_winpe("false"))
    restart = kit.reboot("HD", when=kit.rng.choice([None, kit.unrelated()]))
    return [
        kit.group(*_steps(kit, 2, 5)),
        *_steps(kit, 0, 3),
        start,
        kit.group(*_steps(kit, 0, 2), *_imaging(kit)),
        *_steps(kit, 0, 2),
        kit.group(*_steps(kit, 2, 5), restart, *_steps(kit, 1, 4)),
        kit.group(*_steps(kit, 1, 6)),
        *_steps(kit, 1, 3),
    ]


def _upgrade(kit: Kit) -> list[_Element]:
    settings = [("UpgradePackageID", "InstallPackageID", "LAB0000D", True)]
    upgrade = kit.step("UpgradeOperatingSystem", "OSDUpgradeOS.exe", settings)
    return [
        kit.group(*_steps(kit, 3, 6)),
        kit.group(kit.reboot("HD"), upgrade, kit.reboot("HD", when=kit.unrelated())),
        kit.group(*_steps(kit, 2, 6), when=eq("_SMSTSOSUpgradeActionReturnCode", "0")),
        *_steps(kit, 2, 6),
    ]


def _custom(kit: Kit) -> list[_Element]:
    return [*_steps(kit, 6, 14), kit.group(*_steps(kit, 2, 6))]
