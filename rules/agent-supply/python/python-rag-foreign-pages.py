from langchain_community.document_loaders import GitHubIssuesLoader, TextLoader, WebBaseLoader


def ingest(store, splitter):
    pages = WebBaseLoader("https://forum.example.com").load()
    # ruleid: python-rag-foreign-pages
    store.add_documents(splitter.split_documents(pages))
    issues = GitHubIssuesLoader(repo="acme/app").load()
    # ruleid: python-rag-foreign-pages
    FAISS.from_documents(issues, embeddings)


def ingest_labelled(store):
    pages = label_foreign(WebBaseLoader("https://forum.example.com").load())
    # ok: python-rag-foreign-pages
    store.add_documents(pages)
    # ok: python-rag-foreign-pages
    store.add_documents(TextLoader("handbook.txt").load())
