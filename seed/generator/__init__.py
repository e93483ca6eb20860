"""Makes the demo clientele: hand-written sources and stories, plus what a fixed seed adds. No clock is read."""
