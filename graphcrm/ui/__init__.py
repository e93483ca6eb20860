"""The Streamlit front end. The only package that imports streamlit or pyvis."""
