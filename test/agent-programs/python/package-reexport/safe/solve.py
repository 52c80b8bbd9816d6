"""Solves puzzles by asking for a function and calling it in a sandbox elsewhere."""
from e2b_code_interpreter import Sandbox

import agentkit


def solve(puzzle):
    source = agentkit.generate(f"{agentkit.SYSTEM_PROMPT}\n{puzzle}")
    with Sandbox(timeout=60) as sandbox:
        execution = sandbox.run_code(source + f"\nprint(solve({puzzle!r}))")
    return execution.logs.stdout[-1]
