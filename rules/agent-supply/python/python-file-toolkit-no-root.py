from langchain_community.agent_toolkits import FileManagementToolkit
from langchain_community.tools import WriteFileTool

# ruleid: python-file-toolkit-no-root
tools = FileManagementToolkit().get_tools()
# ruleid: python-file-toolkit-no-root
write = WriteFileTool()
# ok: python-file-toolkit-no-root
tools = FileManagementToolkit(root_dir=str(workspace)).get_tools()
# ok: python-file-toolkit-no-root
write = WriteFileTool(root_dir="/srv/agent")
