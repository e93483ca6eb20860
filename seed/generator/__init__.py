"""Makes the demo clientele: hand-written sources and stories, plus what a fixed seed adds. Nothing here reads a clock."""
