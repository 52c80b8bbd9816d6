"""Solves puzzles by asking for a function and calling it."""
import agentkit


def solve(puzzle):
    source = agentkit.generate(f"{agentkit.SYSTEM_PROMPT}\n{puzzle}")
    namespace = {}
    # finding: python-model-output-exec
    exec(compile(source, "<answer>", "exec"), namespace)
    return namespace["solve"](puzzle)
