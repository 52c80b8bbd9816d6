import google.generativeai as genai

model = genai.GenerativeModel("gemini-1.5-pro")


def generate_text(prompt):
    response = model.generate_content(prompt)
    return response.text
