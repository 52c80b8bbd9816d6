"""What the package offers."""
from .models import generate
from .models.prompts import SYSTEM_PROMPT

__all__ = ["SYSTEM_PROMPT", "generate"]
