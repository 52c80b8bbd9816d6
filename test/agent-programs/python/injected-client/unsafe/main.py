"""Wires a model into the agent."""
from anthropic import Anthropic

from agent import ShellAgent
from model import ClaudeModel


def main():
    agent = ShellAgent(ClaudeModel(Anthropic()))
    print(agent.run("How many python files are here?"))


if __name__ == "__main__":
    main()
