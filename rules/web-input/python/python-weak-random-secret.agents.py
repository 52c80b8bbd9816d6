import random


def search(agent, question, nodes):
    # ok: python-weak-random-secret
    session_id = random.randint(0, 999999)
    # ok: python-weak-random-secret
    nodes["search"]["session_id"] = session_id
    # ruleid: python-weak-random-secret
    nodes["search"]["token"] = f"{session_id:x}"
    return agent.ask(question, session_id=session_id)
