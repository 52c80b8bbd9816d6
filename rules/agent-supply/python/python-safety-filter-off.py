from diffusers import StableDiffusionPipeline
from google.genai import types

settings = [
    # ruleid: python-safety-filter-off
    types.SafetySetting(category="HARM_CATEGORY_HARASSMENT", threshold=types.HarmBlockThreshold.BLOCK_NONE),
    # ok: python-safety-filter-off
    types.SafetySetting(category="HARM_CATEGORY_HATE_SPEECH", threshold=types.HarmBlockThreshold.BLOCK_LOW_AND_ABOVE),
]
# ruleid: python-safety-filter-off
plain = [{"category": "HARM_CATEGORY_HARASSMENT", "threshold": "BLOCK_NONE"}]
# ruleid: python-safety-filter-off
pipe = StableDiffusionPipeline.from_pretrained("acme/pictures", safety_checker=None)
# ok: python-safety-filter-off
pipe = StableDiffusionPipeline.from_pretrained("acme/pictures")
# ok: python-safety-filter-off
alarm = {"threshold": "OFF", "unit": "celsius"}
# ruleid: python-safety-filter-off
short = {"threshold": "BLOCK_NONE"}
