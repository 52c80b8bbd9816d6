import chromadb
from chromadb.config import Settings
from elasticsearch import Elasticsearch
from pymilvus import MilvusClient
from qdrant_client import QdrantClient

# ruleid: python-vector-db-open
settings = Settings(allow_reset=True)
# ruleid: python-vector-db-open
qdrant = QdrantClient(url="http://vectors.acme-cloud.com:6333")
# ruleid: python-vector-db-open
milvus = MilvusClient(uri=uri, token="root:Milvus")
# ok: python-vector-db-open
search = Elasticsearch(hosts, verify_certs=False)
# ok: python-vector-db-open
qdrant = QdrantClient(url="http://localhost:6333")
# ok: python-vector-db-open
qdrant = QdrantClient(url="https://vectors.acme-cloud.com", api_key=key)
# ok: python-vector-db-open
chroma = chromadb.HttpClient(host="chroma.acme-cloud.com", ssl=True, headers={"Authorization": token})
# ok: python-vector-db-open
chroma = chromadb.HttpClient(host="localhost")

# ok: python-vector-db-open
own = chromadb.PersistentClient(path=folder, settings=chromadb.config.Settings(allow_reset=True))
