def answer(question, user_id):
    # ruleid: python-retrieval-no-tenant
    return store.similarity_search(question, k=4)


async def ask(question: str, tenant_id: str):
    # ruleid: python-retrieval-no-tenant
    return collection.query(query_texts=[question], n_results=3)


def filtered(question, user_id):
    # ok: python-retrieval-no-tenant
    return store.similarity_search(question, k=4, filter={"user": user_id})


def public(question):
    # ok: python-retrieval-no-tenant
    return store.similarity_search(question, k=4)
