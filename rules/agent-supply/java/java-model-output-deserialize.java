import com.openai.client.OpenAIClient;
import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.model.chat.ChatModel;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ObjectInputStream;
import java.util.Base64;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

class State {
    private final ChatModel model;

    Object settings(String question) throws Exception {
        String reply = model.chat("Write YAML for: " + question);
        // ruleid: java-model-output-deserialize
        Object loaded = new Yaml().load(reply);
        // ok: java-model-output-deserialize
        Object safe = new Yaml(new SafeConstructor(new LoaderOptions())).load(reply);
        // ok: java-model-output-deserialize
        Settings bound = new ObjectMapper().readValue(reply, Settings.class);
        return loaded;
    }

    @Tool("Restores a state")
    Object restore(String encoded) throws Exception {
        byte[] bytes = Base64.getDecoder().decode(encoded);
        // ruleid: java-model-output-deserialize
        return new ObjectInputStream(new ByteArrayInputStream(bytes)).readObject();
    }

    Object cached(java.io.InputStream stream) throws Exception {
        // ok: java-model-output-deserialize
        return new ObjectInputStream(stream).readObject();
    }
}
