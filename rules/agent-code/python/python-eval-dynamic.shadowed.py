import torch


def train(model, loader, epochs):
    for _ in range(epochs):
        model.train()
        # A function of this file, defined below.
        # ok: python-eval-dynamic
        accuracy = eval(model, loader)
    return accuracy


def eval(model, loader):
    model.eval()
    with torch.no_grad():
        return sum((model(x) == y).float().mean() for x, y in loader)
