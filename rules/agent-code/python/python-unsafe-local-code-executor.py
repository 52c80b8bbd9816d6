from google.adk import code_executors
from google.adk.agents import Agent
from google.adk.code_executors import ContainerCodeExecutor, UnsafeLocalCodeExecutor
from google.adk.code_executors.unsafe_local_code_executor import UnsafeLocalCodeExecutor as Local

# ruleid: python-unsafe-local-code-executor
agent = Agent(model="m", name="a", code_executor=UnsafeLocalCodeExecutor())
# ruleid: python-unsafe-local-code-executor
executor = UnsafeLocalCodeExecutor(stateful=False)


def build(name):
    # ruleid: python-unsafe-local-code-executor
    return UnsafeLocalCodeExecutor()


class Factory:
    def make(self, name):
        # ruleid: python-unsafe-local-code-executor
        self.executor = UnsafeLocalCodeExecutor()


# ok: python-unsafe-local-code-executor
safe = ContainerCodeExecutor(image="python:3.12-slim")
# ok: python-unsafe-local-code-executor
hosted = code_executors.BuiltInCodeExecutor()
# ok: python-unsafe-local-code-executor
text = "UnsafeLocalCodeExecutor()"
# UnsafeLocalCodeExecutor()
# ok: python-unsafe-local-code-executor
kind = UnsafeLocalCodeExecutor
# ok: python-unsafe-local-code-executor
same = isinstance(safe, UnsafeLocalCodeExecutor)
