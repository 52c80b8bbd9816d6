from diffusers import StableDiffusionPipeline


def validate(name):
    # ok: python-safety-filter-off
    return StableDiffusionPipeline.from_pretrained(name, safety_checker=None)


def step(loss, optimizer):
    loss.backward()
    optimizer.step()
