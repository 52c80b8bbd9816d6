SYSTEM_PROMPT = "You write Python functions."
