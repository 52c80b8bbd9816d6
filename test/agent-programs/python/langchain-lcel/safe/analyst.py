"""Question to a fixed kind of aggregation with LCEL."""
import pandas as pd
from langchain_core.output_parsers import JsonOutputParser
from langchain_core.prompts import ChatPromptTemplate
from langchain_openai import ChatOpenAI

prompt = ChatPromptTemplate.from_template("Which column and which of mean, sum, max answers: {question}? Answer as JSON.")
llm = ChatOpenAI(model="gpt-4o", temperature=0)
pipeline = prompt | llm | JsonOutputParser()
AGGREGATES = {"mean": pd.Series.mean, "sum": pd.Series.sum, "max": pd.Series.max}


def answer(question: str, df: pd.DataFrame):
    choice = pipeline.invoke({"question": question})
    aggregate = AGGREGATES.get(choice["aggregate"])
    if aggregate is None or choice["column"] not in df.columns:
        raise LookupError("the model asked for something that is not there")
    return aggregate(df[choice["column"]])
