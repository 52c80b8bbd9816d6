import { AutoModel, AutoTokenizer, pipeline } from "@huggingface/transformers";

const revision = "3f2c1e0d9b8a7c6d5e4f3a2b1c0d9e8f7a6b5c4d";
// ruleid: js-unpinned-model-revision
const summary = await pipeline("summarization", "acme/summary-small");
// ruleid: js-unpinned-model-revision
const model = await AutoModel.from_pretrained("acme/summary-small", { dtype: "q8" });
// ok: js-unpinned-model-revision
const pinned = await AutoModel.from_pretrained("acme/summary-small", { revision });
// ok: js-unpinned-model-revision
const tokenizer = await AutoTokenizer.from_pretrained("./models/summary");
