"""What command lines and scripts start and write: the Windows shell, PowerShell."""
