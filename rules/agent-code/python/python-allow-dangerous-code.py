from langchain_experimental.agents import create_csv_agent, create_pandas_dataframe_agent


def build(llm, df, path, settings):
    # ruleid: python-allow-dangerous-code
    agent = create_pandas_dataframe_agent(llm, df, allow_dangerous_code=True)
    # ruleid: python-allow-dangerous-code
    table = create_csv_agent(
        llm,
        path,
        verbose=True,
        allow_dangerous_code=True,
    )
    # ruleid: python-allow-dangerous-code
    options = {"verbose": True, "allow_dangerous_code": True}
    # ruleid: python-allow-dangerous-code
    settings.allow_dangerous_code = True
    return agent, table, options


def fine(llm, df, settings, flag):
    # ok: python-allow-dangerous-code
    agent = create_pandas_dataframe_agent(llm, df, allow_dangerous_code=False)
    # ok: python-allow-dangerous-code
    settings.allow_dangerous_code = False
    # ok: python-allow-dangerous-code
    """Set allow_dangerous_code=True to run code."""
    # allow_dangerous_code=True
    # ok: python-allow-dangerous-code
    options = {"allow_dangerous_code": False}
    # ok: python-allow-dangerous-code
    other = build(llm, allow_code=True)
    # ok: python-allow-dangerous-code
    return {"allow_dangerous_code": flag}, agent, options, other
