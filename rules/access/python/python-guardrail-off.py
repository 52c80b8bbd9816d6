from agents import Agent, GuardrailFunctionOutput, input_guardrail


# ruleid: python-guardrail-off
@input_guardrail
async def guard(context, agent, text):
    return GuardrailFunctionOutput(output_info=None, tripwire_triggered=False)


@input_guardrail
async def real(context, agent, text):
    verdict = await judge(text)
    # ok: python-guardrail-off
    return GuardrailFunctionOutput(output_info=verdict, tripwire_triggered=verdict.unsafe)


# What python-safety-filter-off says is not said twice.
# ok: python-guardrail-off
settings = [{"category": "HARM_CATEGORY_DANGEROUS_CONTENT", "threshold": "BLOCK_NONE"}]
# ok: python-guardrail-off
strict = [{"category": "HARM_CATEGORY_DANGEROUS_CONTENT", "threshold": "BLOCK_LOW_AND_ABOVE"}]
# ruleid: python-guardrail-off
loose = Agent(name="x", enable_guardrails=False)


async def judge(text):
    return text
