"""What the single-file program starts."""

from multiprocessing import freeze_support

from tslint.console import console

freeze_support()  # a worker of --jobs is this program too
console()
