"""A tool for CrewAI agents."""
import subprocess
from typing import Type

from crewai import Agent, Crew, Task
from crewai.tools import BaseTool
from pydantic import BaseModel, Field


class DiskInput(BaseModel):
    folder: str = Field(".", description="Which folder")


class DiskTool(BaseTool):
    name: str = "disk"
    description: str = "Says how much a folder holds"
    args_schema: Type[BaseModel] = DiskInput

    def _run(self, folder: str = ".") -> str:
        return self._execute(folder)

    def _execute(self, folder):
        completed = subprocess.run(["du", "-sh", "--", folder], capture_output=True, text=True)
        return completed.stdout + completed.stderr


operator = Agent(role="Operator", goal="Keep it running", backstory="", tools=[DiskTool()])
crew = Crew(agents=[operator], tasks=[Task(description="Check the disks", expected_output="A table", agent=operator)])
