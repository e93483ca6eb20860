"""Pictures of the graph, pure: what is on a map, what a card looks like, where a tie runs, and the whole as SVG.

``power_map`` turns a client's power structure into ``model.MapData``, ``card`` a node into a few shapes, and ``route``
says where a tie runs. The app paints these shapes in the browser, ``svg`` writes them for files and documents, so all
pictures agree.
"""
