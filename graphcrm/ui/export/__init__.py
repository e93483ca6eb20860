"""The power map as one HTML page to send. SVG is :mod:`graphcrm.drawing.svg`; the browser paints the PNG (paint.js)."""
