import pandasai as pai
from pandasai import Agent, SmartDataframe

# ruleid: python-pandasai-checks-off
frame = SmartDataframe(data, config={"llm": llm, "security": "none"})
# ruleid: python-pandasai-checks-off
agent = Agent(data, config={"custom_whitelisted_dependencies": ["plotly", "os"]})
# ok: python-pandasai-checks-off
frame = SmartDataframe(data, config={"llm": llm, "security": "advanced"})
# ok: python-pandasai-checks-off
agent = Agent(data, config={"custom_whitelisted_dependencies": ["plotly"]}, sandbox=sandbox)
