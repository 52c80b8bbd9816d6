from langchain import hub

# ruleid: python-hub-prompt-unpinned
prompt = hub.pull("acme/summary")
# ruleid: python-hub-prompt-unpinned
other = client.pull_prompt("acme/plan")
# ok: python-hub-prompt-unpinned
pinned = hub.pull("acme/summary:9b1f0c2e")
# ok: python-hub-prompt-unpinned
repository.pull("origin/main")
