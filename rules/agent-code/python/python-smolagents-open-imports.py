from smolagents import CodeAgent, InferenceClientModel, LocalPythonExecutor, PythonInterpreterTool

model = InferenceClientModel()
# ruleid: python-smolagents-open-imports
agent = CodeAgent(tools=[], model=model, additional_authorized_imports=["*"])
# ruleid: python-smolagents-open-imports
files = CodeAgent(tools=[], model=model, additional_authorized_imports=["numpy", "os", "json"])
# ruleid: python-smolagents-open-imports
tool = PythonInterpreterTool(authorized_imports=["subprocess"])
# ruleid: python-smolagents-open-imports
executor = LocalPythonExecutor(["numpy", "os.path"])

# ok: python-smolagents-open-imports
plain = CodeAgent(tools=[], model=model)
# ok: python-smolagents-open-imports
numeric = CodeAgent(tools=[], model=model, additional_authorized_imports=["numpy", "pandas"])
# ok: python-smolagents-open-imports
remote = CodeAgent(tools=[], model=model, additional_authorized_imports=["posthog"], executor_type="e2b")
# ok: python-smolagents-open-imports
imports = ["os", "subprocess"]
# ok: python-smolagents-open-imports
small = LocalPythonExecutor(["math"])
# additional_authorized_imports=["*"]
# ok: python-smolagents-open-imports
text = "additional_authorized_imports=['*']"


def elsewhere(CodeAgent, model):
    # ok: python-smolagents-open-imports
    return CodeAgent(tools=[], model=model, additional_authorized_imports=["requests"], use_e2b_executor=True)
