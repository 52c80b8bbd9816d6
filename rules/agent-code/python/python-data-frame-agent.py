import pandas as pd
from langchain_experimental.agents import create_csv_agent, create_pandas_dataframe_agent
from llama_index.experimental.query_engine import PandasQueryEngine
from pandasai import SmartDataframe


def build(llm, path):
    df = pd.read_csv(path)
    # ruleid: python-data-frame-agent
    agent = create_pandas_dataframe_agent(llm, df, verbose=True)
    # ruleid: python-data-frame-agent
    engine = PandasQueryEngine(df=df, verbose=True)
    # ruleid: python-data-frame-agent
    smart = SmartDataframe(df, config={"llm": llm})
    # ruleid: python-data-frame-agent
    table = create_csv_agent(llm, path)
    return agent, engine, smart, table


def fine(df, llm, path):
    # ok: python-data-frame-agent
    smart = SmartDataframe(df, sandbox=DockerSandbox())
    # ok: python-data-frame-agent
    frame = pd.DataFrame(path)
    # ok: python-data-frame-agent
    grouped = df.groupby("a").agg("sum")
    # ok: python-data-frame-agent
    sql_agent = create_sql_agent(llm, db=path)
    # PandasQueryEngine(df=df) runs generated code
    # ok: python-data-frame-agent
    text = "create_csv_agent(llm, path)"
    return smart, frame, grouped, sql_agent, text

from plotai import PlotAI

# ruleid: python-data-frame-agent
plot = PlotAI(frame)
