import os

import dspy

# ruleid: python-code-writing-agent
solver = dspy.ProgramOfThought("question -> answer")
# ruleid: python-code-writing-agent
os.environ["EXECUTE_LOCAL_COMMANDS"] = "True"
# ok: python-code-writing-agent
boxed = dspy.ProgramOfThought("question -> answer", interpreter=remote)
# ok: python-code-writing-agent
plain = dspy.ChainOfThought("question -> answer")
# ok: python-code-writing-agent
os.environ["RESTRICT_TO_WORKSPACE"] = "True"
