"""Question to pandas code with LCEL."""
import pandas as pd
from langchain_core.output_parsers import StrOutputParser
from langchain_core.prompts import ChatPromptTemplate
from langchain_openai import ChatOpenAI

prompt = ChatPromptTemplate.from_template("Write one pandas expression over df that answers: {question}")
llm = ChatOpenAI(model="gpt-4o", temperature=0)
pipeline = prompt | llm | StrOutputParser()


def answer(question: str, df: pd.DataFrame):
    expression = pipeline.invoke({"question": question})
    # finding: python-model-output-exec
    return eval(expression.strip("`"), {"df": df, "pd": pd})
