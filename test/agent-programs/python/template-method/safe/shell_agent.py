"""An agent whose answers choose one of three reports."""
import subprocess

from base import Agent

REPORTS = {"disk": ["df", "-h"], "memory": ["free", "-m"], "load": ["uptime"]}


class ReportAgent(Agent):
    system = "Answer with one word: disk, memory or load."

    def perform(self, reply: str) -> str:
        argv = REPORTS.get(reply.strip().lower())
        if argv is None:
            return "no such report"
        return subprocess.run(argv, capture_output=True, text=True, timeout=5).stdout


if __name__ == "__main__":
    agent = ReportAgent()
    observation = input("> ")
    for _ in range(5):
        observation = agent.step(observation)
