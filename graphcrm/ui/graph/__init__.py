"""The drawn graph: what is on the map, what a card looks like, and the component that shows it.

``model`` says what is drawn, ``card`` turns a node into a few shapes, ``route`` says where a tie runs, and
``component`` mounts it all in a page. The exports (``graphcrm.ui.export``) draw the same shapes, so all pictures agree.
"""
