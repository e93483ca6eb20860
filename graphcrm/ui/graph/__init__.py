"""The drawn graph in a page: the component that mounts what :mod:`graphcrm.drawing` says, and paints it."""
