import os

from autogen import AssistantAgent, UserProxyAgent
from autogen.coding import LocalCommandLineCodeExecutor
from autogen_ext.code_executors.docker import DockerCommandLineCodeExecutor
from autogen_ext.code_executors.jupyter import JupyterCodeExecutor

# ruleid: python-autogen-local-executor
os.environ["AUTOGEN_USE_DOCKER"] = "False"


def build():
    proxy = UserProxyAgent(
        "user",
        human_input_mode="NEVER",
        # ruleid: python-autogen-local-executor
        code_execution_config={"work_dir": "coding", "use_docker": False},
    )
    # ruleid: python-autogen-local-executor
    executor = LocalCommandLineCodeExecutor(work_dir="coding")
    # ruleid: python-autogen-local-executor
    kernel = JupyterCodeExecutor()
    return proxy, executor, kernel


def fine(server):
    # ok: python-autogen-local-executor
    docker = DockerCommandLineCodeExecutor(work_dir="coding")
    # ok: python-autogen-local-executor
    config = {"work_dir": "coding", "use_docker": True}
    # ok: python-autogen-local-executor
    agent = AssistantAgent("a", code_execution_config=False)
    # ok: python-autogen-local-executor
    jupyter = JupyterCodeExecutor(jupyter_server=DockerJupyterServer())
    # {"use_docker": False} runs on the host
    # ok: python-autogen-local-executor
    text = "LocalCommandLineCodeExecutor()"
    # ok: python-autogen-local-executor
    os.environ["AUTOGEN_USE_DOCKER"] = "1"
    return docker, config, agent, jupyter, text
