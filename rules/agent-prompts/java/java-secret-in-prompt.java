import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;

class Prompts {
    Object first() {
        String token = System.getenv("GITHUB_TOKEN");
        // ruleid: java-secret-in-prompt
        return SystemMessage.from("Use this token: " + token);
    }

    Object second(String question) {
        // ruleid: java-secret-in-prompt
        return UserMessage.from(question + System.getenv("DB_PASSWORD"));
    }

    Object third(String question) {
        // ok: java-secret-in-prompt
        return UserMessage.from(question + System.getenv("LANG"));
    }

    Object model() {
        // ok: java-secret-in-prompt
        return OpenAiChatModel.builder().apiKey(System.getenv("OPENAI_API_KEY")).build();
    }
}
