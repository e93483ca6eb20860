"""Streamlit's entry: ``graphcrm up`` runs this file. Everything is in ``graphcrm.ui``."""

from graphcrm.ui.frame import run

run()
