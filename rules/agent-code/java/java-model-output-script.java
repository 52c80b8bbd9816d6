import com.openai.client.OpenAIClient;
import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.model.chat.ChatModel;
import groovy.lang.GroovyShell;
import javax.script.ScriptEngine;
import javax.script.ScriptEngineManager;
import org.springframework.expression.spel.standard.SpelExpressionParser;

class Assistant {
    private final ChatModel model;

    Object compute(String question) throws Exception {
        String formula = model.chat("Write JavaScript for: " + question);
        ScriptEngine engine = new ScriptEngineManager().getEngineByName("js");
        // ruleid: java-model-output-script
        Object value = engine.eval(formula);
        // ok: java-model-output-script
        engine.eval("1 + 1");
        return value;
    }

    @Tool("Evaluates an expression")
    Object evaluate(String expression, int digits) {
        // ruleid: java-model-output-script
        Object value = new SpelExpressionParser().parseExpression(expression).getValue();
        // ruleid: java-model-output-script
        new GroovyShell().evaluate(expression);
        // ok: java-model-output-script
        new GroovyShell().evaluate("println " + digits);
        return value;
    }

    Object own(String expression) {
        // ok: java-model-output-script
        return new GroovyShell().evaluate(expression);
    }
}
