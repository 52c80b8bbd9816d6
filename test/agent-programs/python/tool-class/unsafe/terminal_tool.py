"""A tool for CrewAI agents."""
import subprocess
from typing import Type

from crewai import Agent, Crew, Task
from crewai.tools import BaseTool
from pydantic import BaseModel, Field


class TerminalInput(BaseModel):
    command: str = Field(..., description="Command to run")
    folder: str = Field(".", description="Where")


class TerminalTool(BaseTool):
    name: str = "terminal"
    description: str = "Runs commands"
    args_schema: Type[BaseModel] = TerminalInput

    def _run(self, command: str, folder: str = ".") -> str:
        return self._execute(command, folder)

    def _execute(self, command, folder):
        # finding: python-model-output-shell
        completed = subprocess.run(command, cwd=folder, shell=True, capture_output=True, text=True)
        return completed.stdout + completed.stderr


operator = Agent(role="Operator", goal="Keep it running", backstory="", tools=[TerminalTool()])
crew = Crew(agents=[operator], tasks=[Task(description="Check the disks", expected_output="A table", agent=operator)])
