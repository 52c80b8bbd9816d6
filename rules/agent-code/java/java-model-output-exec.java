import com.openai.client.OpenAIClient;
import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.model.chat.ChatModel;
import java.io.IOException;
import java.util.List;
import java.util.Set;

class Assistant {
    private static final Set<String> ALLOWED = Set.of("status", "log");

    private final OpenAIClient client;

    void answer(ChatCompletionCreateParams params) throws IOException {
        String command = client.chat().completions().create(params).choices().get(0).message().content().orElse("");
        // ruleid: java-model-output-exec
        Runtime.getRuntime().exec(command);
        // ruleid: java-model-output-exec
        new ProcessBuilder("bash", "-c", command).start();
        // ok: java-model-output-exec
        new ProcessBuilder("git", "log", "--", command).start();
        // Lowered to information.
        // ruleid: java-model-output-exec
        new ProcessBuilder("docker", "run", "--rm", "--network=none", "alpine", "sh", "-c", command).start();
    }

    @Tool("Runs a check")
    String check(@P("its name") String name) throws IOException {
        // ruleid: java-model-output-exec
        new ProcessBuilder(List.of("sh", "-c", "check " + name)).start();
        if (!ALLOWED.contains(name)) {
            throw new IllegalArgumentException(name);
        }
        // ok: java-model-output-exec
        new ProcessBuilder(List.of("sh", "-c", "check " + name)).start();
        return "done";
    }

    String version(String name) throws IOException {
        // ok: java-model-output-exec
        Runtime.getRuntime().exec("git " + name);
        return "";
    }
}
