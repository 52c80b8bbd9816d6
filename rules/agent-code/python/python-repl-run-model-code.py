from langchain_experimental.utilities import PythonREPL
from langchain.tools import Tool
from project.backends import CodeInterpreter, DockerCodeExecutor

python_repl = PythonREPL()


def process(t: str):
    python_executor = PythonREPL()
    code = t[9:-4]
    # ruleid: python-repl-run-model-code
    return python_executor.run(code)


class Chain:
    def call(self, code):
        repl = PythonREPL(_globals=self.scope)
        # ruleid: python-repl-run-model-code
        res = repl.run(code + f"\n{self.get_answer_expr}", timeout=self.timeout)
        return res.strip()

    def use(self, query):
        # ruleid: python-repl-run-model-code
        return self.python_repl.run(query)

    async def step(self, block):
        backend = CodeInterpreter()
        # ruleid: python-repl-run-model-code
        return await backend.execute(block)


def once(text, interpreter, code):
    # ruleid: python-repl-run-model-code
    interpreter.run(code)
    # ruleid: python-repl-run-model-code
    return PythonREPL().run(command=text)


# ruleid: python-repl-run-model-code
tool = Tool(name="python", description="runs python", func=python_repl.run)


def fine(loop, nox_session, chain, question, app, runner, interpreter, cursor, code):
    # ok: python-repl-run-model-code
    chain.run(question)
    # ok: python-repl-run-model-code
    runner.run(job)
    # ok: python-repl-run-model-code
    interpreter.run(session)
    # ok: python-repl-run-model-code
    python_repl.run("print(1)")
    # ok: python-repl-run-model-code
    loop.run(code)
    # ok: python-repl-run-model-code
    cursor.execute(code)
    # ok: python-repl-run-model-code
    nox_session.run("pytest", "-q")
    # ok: python-repl-run-model-code
    app.run(debug)
    docker = DockerCodeExecutor()
    # ok: python-repl-run-model-code
    docker.execute(code)
    # ok: python-repl-run-model-code
    sandbox_repl.run(code)
    # ok: python-repl-run-model-code
    runner.invoke(cli, ["--help"])
    # python_repl.run(code) would run it here
