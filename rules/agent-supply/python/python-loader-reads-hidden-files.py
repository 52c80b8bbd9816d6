from langchain_community.document_loaders import DirectoryLoader
from llama_index.core import SimpleDirectoryReader

# ruleid: python-loader-reads-hidden-files
first = DirectoryLoader(".", glob="**/*", load_hidden=True)
# ruleid: python-loader-reads-hidden-files
second = SimpleDirectoryReader(".", recursive=True, exclude_hidden=False)
# ok: python-loader-reads-hidden-files
third = DirectoryLoader("docs", glob="**/*.md")
# ok: python-loader-reads-hidden-files
fourth = SimpleDirectoryReader("docs", recursive=True)
