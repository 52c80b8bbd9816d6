"""An agent whose answers are command lines."""
import subprocess

from base import Agent


class ShellAgent(Agent):
    system = "Answer with one shell command and nothing else."

    def perform(self, reply: str) -> str:
        # finding: python-model-output-shell
        done = subprocess.run(reply.strip("` \n"), shell=True, capture_output=True, text=True)
        return done.stdout or done.stderr


if __name__ == "__main__":
    agent = ShellAgent()
    observation = input("> ")
    for _ in range(5):
        observation = agent.step(observation)
