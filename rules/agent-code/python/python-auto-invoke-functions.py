from semantic_kernel.connectors.ai.function_choice_behavior import FunctionChoiceBehavior

# ruleid: python-auto-invoke-functions
settings.function_choice_behavior = FunctionChoiceBehavior.Auto(auto_invoke=True)
# ruleid: python-auto-invoke-functions
other = FunctionChoiceBehavior.Auto()
# ok: python-auto-invoke-functions
asking = FunctionChoiceBehavior.Auto(auto_invoke=False)
# ok: python-auto-invoke-functions
none = FunctionChoiceBehavior.NoneInvoke()
