from .client import generate_text as generate
