"""How the console writes each kind of step: its label, command line and variables.

Labels: https://learn.microsoft.com/intune/configmgr/osd/understand/task-sequence-steps. Command lines,
variable prefixes and names: the SDK's SMS_TaskSequence_* classes (their qualifiers VariablePrefix,
VariableName and CommandLineArg).
"""

from __future__ import annotations

from typing import Final

from tslint.source.named_tuple import NamedTuple


class StepKind(NamedTuple):
    """``action`` may name settings in braces. ``hidden`` settings are written with ``hidden="true"``.

    A setting's variable is its entry in ``names``, else ``prefix`` and the setting's own name.
    """

    label: str
    action: str
    run_in: str = "WinPEandFullOS"
    prefix: str = ""
    hidden: tuple[str, ...] = ()
    names: tuple[tuple[str, str], ...] = ()


_MIGRATE = "osdmigrateuserstate.exe /"
_SKIP = "/skipefs:%OSDMigrateSkipEncryptedFiles%"
_RUN = (
    ("DisableWow64Redirection", "SMSTSDisableWow64Redirection"),
    ("OutputVariableName", "SMSTSRunCommandLineOutputVariableName"),
    ("RunAsUser", "_SMSTSRunCommandLineAsUser"),
    ("UserName", "SMSTSRunCommandLineUserName"),
    ("UserPassword", "SMSTSRunCommandLineUserPassword"),
)
_POWERSHELL = (
    ("RunAsUser", "_SMSTSRunPowerShellAsUser"),
    ("UserName", "SMSTSRunPowerShellUserName"),
    ("UserPassword", "SMSTSRunPowerShellUserPassword"),
    ("WorkingDirectory", "SMSTSRunPowerShellWorkingDirectory"),
)
_NETWORK = (
    ("DomainUsername", "OSDJoinAccount"),
    ("DomainPassword", "OSDJoinPassword"),
    ("NumAdapters", "OSDAdapterCount"),
)
_JOIN = (("DomainName", "OSDJoinDomainName"), *_NETWORK[:2])
_LOCAL = tuple(
    (setting, f"_OSDMigrate{setting}")
    for setting in ("OfflineUserState", "UseHardlinks", "UsmtPackageID", "UsmtRestorePackageID")
)
_CLIENT = (
    ("ClientInstallProperties", "SMSClientInstallProperties"),
    ("ClientPackageID", "_SMSClientPackageID"),
)
_FOLDER = (("DriveLetter", "SMSConnectNetworkFolderDriveLetter"), ("Path", "SMSConnectNetworkFolderPath"))

STEP_KINDS: Final = {
    "ApplyDataImage": StepKind("Apply Data Image", "OSDApplyOS.exe /image:{ImagePackageID}", "WinPE", "OSD"),
    "ApplyDriverPackage": StepKind(
        "Apply Driver Package", "osddriverclient.exe /install:{DriverPackageID}", "WinPE"
    ),
    "ApplyNetworkSettings": StepKind(
        "Apply Network Settings", "osdnetsettings.exe configure", "WinPEandFullOS", "OSD", (), _NETWORK
    ),
    "ApplyOperatingSystem": StepKind(
        *("Apply Operating System Image", "OSDApplyOS.exe /image:{ImagePackageID},%OSDImageIndex%", "WinPE"),
        hidden=(
            "ConfigFilePackage",
            "DestinationVariable",
            "ImagePackageID",
            "InstallPackageID",
            "RunFromNet",
        ),
        names=(("ConfigFileName", "OSDConfigFileName"), ("ImageIndex", "OSDImageIndex")),
    ),
    "ApplyWindowsSettings": StepKind("Apply Windows Settings", "osdwinsettings.exe /config", "WinPE", "OSD"),
    "AutoApply": StepKind("Auto Apply Drivers", "osddriverclient.exe /auto", "WinPE", "OSDAutoApplyDriver"),
    "BDD_Gather": StepKind(
        "Gather", 'smsswd.exe /run:{PackageID} cscript.exe "%DeployRoot%\\Scripts\\ZTIGather.wsf"'
    ),
    "CaptureNetworkSettings": StepKind(
        "Capture Network Settings", "osdnetsettings.exe capture", "FullOS", "OSDMigrate"
    ),
    "CaptureSystemImage": StepKind(
        "Capture Operating System Image", "osdcapturesystemimage.exe", "WinPE", "OSD"
    ),
    "CaptureUserState": StepKind(
        "Capture User State",
        f"{_MIGRATE}collect /continueOnError:%OSDMigrateContinueOnLockedFiles% {_SKIP}",
        "FullOS",
        "OSDMigrate",
        names=_LOCAL,
    ),
    "CaptureWindowsSettings": StepKind(
        "Capture Windows Settings", "osdwinsettings.exe /capture", "FullOS", "OSDMigrate"
    ),
    "ConnectNetworkFolder": StepKind(
        "Connect to Network Folder", "smsnetuse.exe %SMSConnectNetworkFolderPath%", names=_FOLDER
    ),
    "ConvertDisk": StepKind("Convert Disk to Dynamic", "osddiskpart.exe /convert", prefix="OSDConvert"),
    "DisableBitLocker": StepKind("Disable BitLocker", "OSDBitLocker.exe /disable", "FullOS", "OSDBitLocker"),
    "DownloadPackageContent": StepKind(
        "Download Package Content", "OsdDownloadContent.exe", prefix="OSDDownload"
    ),
    "EnableBitLocker": StepKind(
        "Enable BitLocker", "OSDBitLocker.exe /enable /mode:{Mode}", "FullOS", "OSDBitLocker", ("Mode",)
    ),
    "InstallApplication": StepKind(
        "Install Application",
        "smsappinstall.exe /app:{ApplicationName}",
        "FullOS",
        hidden=("ApplicationName",),
    ),
    "InstallSoftware": StepKind(
        "Install Package", "smsswd.exe /pkg:{PackageID} /install", "FullOS", hidden=("PackageID",)
    ),
    "InstallUpdate": StepKind(
        *("Install Software Updates", "TSInstallSWUpdate.exe /target:%SMSInstallUpdateTarget%", "FullOS"),
        names=(("Target", "SMSInstallUpdateTarget"),),
    ),
    "JoinDomainWorkgroup": StepKind(
        "Join Domain or Workgroup", "osdjoin.exe /type:%OSDJoinType%", "FullOS", "OSDJoin", (), _JOIN
    ),
    "OfflineEnableBitLocker": StepKind(
        "Pre-provision BitLocker", "OSDOfflineBitlocker.exe /enable", "WinPE", "OSDBitLocker"
    ),
    "PartitionDisk": StepKind(
        "Format and Partition Disk", "osddiskpart.exe", "WinPE", "OSD", ("Partitions",)
    ),
    "PrepareOS": StepKind("Prepare Windows for Capture", "osdprepareos.exe", "FullOS", "OSD"),
    "PrepareSMSClient": StepKind("Prepare ConfigMgr Client for Capture", "osdpreparesmsclient.exe", "FullOS"),
    "PrestartCheck": StepKind("Check Readiness", "OSDPrestartCheck.exe", prefix="OSD"),
    "Reboot": StepKind(
        *("Restart Computer", "smsboot.exe /target:{Target}", "WinPEandFullOS", "SMSReboot", ("Target",)),
        names=(("MessageTimeout", "SMSRebootTimeout"),),
    ),
    "ReleaseStateStore": StepKind("Release State Store", "osdsmpclient.exe /release", "FullOS", "OSDState"),
    "RequestStateStore": StepKind(
        *("Request State Store", "osdsmpclient.exe /{RequestType}", "FullOS", "OSDState"),
        hidden=("RequestType", "SMPRetryCount", "SMPRetryTime"),
    ),
    "RestoreUserState": StepKind(
        "Restore User State",
        f"{_MIGRATE}apply /continueOnError:%OSDMigrateContinueOnRestore%",
        "FullOS",
        "OSDMigrate",
        names=_LOCAL,
    ),
    "RunCommandLine": StepKind(
        *("Run Command Line", "smsswd.exe /run:{PackageID} {CommandLine}"),
        hidden=("CommandLine", "PackageID", "SuccessCodes"),
        names=_RUN,
    ),
    "RunPowerShellScript": StepKind(
        *("Run PowerShell Script", "OSDRunPowerShellScript.exe"),
        prefix="OSDRunPowerShellScript",
        hidden=("SuccessCodes",),
        names=_POWERSHELL,
    ),
    "SetDynamicVariables": StepKind(
        "Set Dynamic Variables", "OSDSetDynamicVariables.exe", prefix="OSDSetDynamicVariables"
    ),
    "SetVariable": StepKind(
        *("Set Task Sequence Variable", 'tsenv.exe "{VariableName}={VariableValue}"'),
        hidden=("DoNotShowVariableValue", "VariableName", "VariableValue"),
    ),
    "SetupWindowsAndSMS": StepKind(
        *("Setup Windows and ConfigMgr", "OSDSetupWindows.exe"),
        names=(
            ("ClientInstallProperties", "SMSClientInstallProperties"),
            ("ClientPackageID", "_SMSClientPackageID"),
        ),
    ),
    "SubTasksequence": StepKind(
        *("Run Task Sequence", "SubTasksequence.exe", "", "OSDSubTasksequence"),
        names=(("TsPackageID", "OSDSubTasksequencePackageID"),),
    ),
    "UpgradeOperatingSystem": StepKind(
        "Upgrade Operating System", "OSDUpgradeOS.exe", "FullOS", "OSDUpgrade"
    ),
}
