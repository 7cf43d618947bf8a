"""The server, in a folder alone: Streamlit puts the folder of what it runs before all other modules."""
