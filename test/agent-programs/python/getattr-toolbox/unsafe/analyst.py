"""Calls the methods of a toolbox by the names that the model gives."""
import google.generativeai as genai

from toolbox import Toolbox


class Analyst:
    def __init__(self, toolbox: Toolbox):
        self.toolbox = toolbox
        self.chat = genai.GenerativeModel("gemini-2.0-flash", tools=["query", "tables"]).start_chat()

    def answer(self, question: str) -> str:
        response = self.chat.send_message(question)
        for _ in range(6):
            call = response.parts[0].function_call
            if not call:
                break
            result = self._dispatch(call.name, dict(call.args))
            response = self.chat.send_message(str(result))
        return response.text

    def _dispatch(self, name: str, arguments: dict):
        method = getattr(self.toolbox, f"tool_{name}", None)
        if method is None:
            return f"unknown tool {name}"
        return method(**arguments)


if __name__ == "__main__":
    print(Analyst(Toolbox("shop.db")).answer(input("? ")))
