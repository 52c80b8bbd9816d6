import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.model.chat.ChatModel;
import java.util.Map;

class Dispatcher {
    private static final Map<String, Runnable> TOOLS = Map.of("search", Search::run);

    @Tool("Runs an action")
    Object run(String name) throws Exception {
        // ruleid: java-model-output-dispatch
        return Class.forName(name).getDeclaredConstructor().newInstance();
    }

    @Tool("Calls a method")
    Object call(String method) throws Exception {
        // ruleid: java-model-output-dispatch
        return Toolbox.class.getMethod(method).invoke(null);
    }

    @Tool("Runs a known action")
    void known(String name) {
        // ok: java-model-output-dispatch
        TOOLS.get(name).run();
    }

    Object driver() throws Exception {
        // ok: java-model-output-dispatch
        return Class.forName("org.sqlite.JDBC");
    }
}
