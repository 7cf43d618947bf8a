"""The app: one file for each page, thin, and the parts they share. Only here is Streamlit known."""
