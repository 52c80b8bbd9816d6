from langchain_community.retrievers import TFIDFRetriever
from langchain_community.vectorstores import FAISS
from langchain_openai import OpenAIEmbeddings
from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer

embeddings = OpenAIEmbeddings()

# ruleid: python-vector-store-deserialization
db = FAISS.load_local("faiss_index", embeddings, allow_dangerous_deserialization=True)


def retriever(folder):
    # ruleid: python-vector-store-deserialization
    return TFIDFRetriever.load_local(
        folder_path=folder,
        allow_dangerous_deserialization=True,
    )


def from_bucket(blob):
    # ruleid: python-vector-store-deserialization
    return FAISS.deserialize_from_bytes(blob, embeddings, allow_dangerous_deserialization=True)


# ruleid: python-vector-store-deserialization
load_kwargs = {"index_name": "docs", "allow_dangerous_deserialization": True}

# ruleid: python-vector-store-deserialization
serde = JsonPlusSerializer(pickle_fallback=True)


# ok: python-vector-store-deserialization
fresh = FAISS.from_texts(["a", "b"], embeddings)

# ok: python-vector-store-deserialization
strict = FAISS.load_local("faiss_index", embeddings, allow_dangerous_deserialization=False)

# ok: python-vector-store-deserialization
default = JsonPlusSerializer()


def configurable(path, allow=False):
    # ok: python-vector-store-deserialization
    return FAISS.load_local(path, embeddings, allow_dangerous_deserialization=allow)


# ok: python-vector-store-deserialization
WARNING = "allow_dangerous_deserialization=True unpickles the index"

# ok: python-vector-store-deserialization
FLAGS = {"allow_dangerous_deserialization": False}
