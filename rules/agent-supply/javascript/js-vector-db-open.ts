import { QdrantClient } from "@qdrant/js-client-rest";
import { MilvusClient } from "@zilliz/milvus2-sdk-node";
import { ChromaClient } from "chromadb";

// ruleid: js-vector-db-open
const vectors = new QdrantClient({ url: "http://vectors.acme-cloud.com:6333" });
// ruleid: js-vector-db-open
const milvus = new MilvusClient({ address, token: "root:Milvus" });
// ok: js-vector-db-open
const local = new QdrantClient({ url: "http://localhost:6333" });
// ok: js-vector-db-open
const safe = new QdrantClient({ url: "https://vectors.acme-cloud.com", apiKey });
// ok: js-vector-db-open
const chroma = new ChromaClient({ path: "http://chroma:8000" });
