"""The power map as a file to send: SVG, and one HTML page. The browser paints the PNG (paint.js)."""
