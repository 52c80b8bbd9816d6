import { CheerioWebBaseLoader } from "@langchain/community/document_loaders/web/cheerio";
import { RecursiveUrlLoader } from "@langchain/community/document_loaders/web/recursive_url";

export async function ingest(store: VectorStore) {
  const pages = await new CheerioWebBaseLoader("https://forum.example.com").load();
  // ruleid: js-rag-foreign-pages
  await store.addDocuments(pages);
  // ruleid: js-rag-foreign-pages
  await store.addDocuments(await new RecursiveUrlLoader("https://forum.example.com", {}).load());
  // ok: js-rag-foreign-pages
  await store.addDocuments(labelForeign(pages));
  // ok: js-rag-foreign-pages
  await store.addDocuments(await new TextLoader("handbook.txt").load());
}
