export async function answer(question: string, userId: string) {
  // ruleid: js-retrieval-no-tenant
  return store.similaritySearch(question, 4);
}

export const ask = async (question, tenantId) => {
  // ruleid: js-retrieval-no-tenant
  return store.similaritySearchWithScore(question);
};

export async function filtered(question: string, userId: string) {
  // ok: js-retrieval-no-tenant
  return store.similaritySearch(question, 4, { user: userId });
}

export async function open(question: string) {
  // ok: js-retrieval-no-tenant
  return store.similaritySearch(question, 4);
}
