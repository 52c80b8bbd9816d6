import com.openai.client.OpenAIClient;

class Retry {
    Object ask(OpenAIClient client, Object params) throws Exception {
        while (true) {
            try {
                // ruleid: java-model-call-retry-forever
                return client.chat().completions().create(params);
            } catch (RuntimeException error) {
                Thread.sleep(1000);
            }
        }
    }

    Object respond(OpenAIClient client, Object params) {
        for (;;) {
            try {
                // ruleid: java-model-call-retry-forever
                return client.responses().create(params);
            } catch (RuntimeException error) {
                log.warn("again", error);
            }
        }
    }

    Object few(OpenAIClient client, Object params) {
        int attempts = 0;
        while (true) {
            try {
                // ok: java-model-call-retry-forever
                return client.chat().completions().create(params);
            } catch (RuntimeException error) {
                if (++attempts > 4) {
                    throw error;
                }
            }
        }
    }

    void drain(Queue queue) {
        while (true) {
            try {
                // ok: java-model-call-retry-forever
                handle(queue.take());
            } catch (RuntimeException error) {
                log.warn("skipped", error);
            }
        }
    }
}
