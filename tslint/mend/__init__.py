"""How to mend a finding: one edit, as clicks in the console, as PowerShell, and in the file itself."""
