"""Live workshops for entrepreneurial discovery."""
