"""``python -m graphcrm`` is ``graphcrm``."""

from graphcrm.cli import main

main()
