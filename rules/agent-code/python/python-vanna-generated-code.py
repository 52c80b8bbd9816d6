import vanna
from vanna.remote import VannaDefault

vn = VannaDefault(model="m", api_key=KEY)


def answer(question, df):
    # ruleid: python-vanna-generated-code
    vn.ask(question)
    # ruleid: python-vanna-generated-code
    result = vn.ask(question=question, print_results=False)
    plotly_code = vn.generate_plotly_code(question=question, df=df)
    # ruleid: python-vanna-generated-code
    figure = vn.get_plotly_figure(plotly_code=plotly_code, df=df)
    return result, figure


class App:
    def run(self, question):
        # ruleid: python-vanna-generated-code
        return self.vn.ask(question)


def fine(question, user, df, sql):
    # ok: python-vanna-generated-code
    table = vn.ask(question, visualize=False)
    # ok: python-vanna-generated-code
    frame = vn.run_sql("SELECT 1")
    # ok: python-vanna-generated-code
    user.ask(question)
    # ok: python-vanna-generated-code
    chart = vn.get_plotly_figure(plotly_code="fig = px.bar(df)", df=df)
    # vn.ask(question)
    # ok: python-vanna-generated-code
    text = vn.generate_summary(question, df)
    return table, frame, chart, text
