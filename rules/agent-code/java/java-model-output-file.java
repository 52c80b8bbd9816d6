import com.openai.client.OpenAIClient;
import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.model.chat.ChatModel;
import java.io.FileWriter;
import java.nio.file.Files;
import java.nio.file.Path;

class Notes {
    private static final Path ROOT = Path.of("/srv/notes");

    @Tool("Saves a note")
    void save(String name, String text) throws Exception {
        // ruleid: java-model-output-file
        Files.writeString(ROOT.resolve(name), text);
        // ok: java-model-output-file
        Files.writeString(ROOT.resolve("last.txt"), text);
        // ruleid: java-model-output-file
        new FileWriter(name).append(text).close();
    }

    @Tool("Reads a note")
    String read(String name) throws Exception {
        Path target = ROOT.resolve(name).normalize();
        if (!target.startsWith(ROOT)) {
            throw new SecurityException(name);
        }
        // ok: java-model-output-file
        return Files.readString(target);
    }

    String own(String name) throws Exception {
        // ok: java-model-output-file
        return Files.readString(ROOT.resolve(name));
    }
}
