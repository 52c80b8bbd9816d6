import dev.langchain4j.service.AiServices;
import org.springframework.ai.model.tool.ToolCallingChatOptions;

class Assistants {
    Object first() {
        // ruleid: java-auto-invoke-tools
        return AiServices.builder(Assistant.class).chatModel(model).tools(new Orders()).build();
    }

    Object second() {
        // ruleid: java-auto-invoke-tools
        return ToolCallingChatOptions.builder().internalToolExecutionEnabled(true).build();
    }

    Object asked() {
        // ok: java-auto-invoke-tools
        return ToolCallingChatOptions.builder().internalToolExecutionEnabled(false).build();
    }

    Object plain() {
        // ok: java-auto-invoke-tools
        return AiServices.builder(Assistant.class).chatModel(model).build();
    }
}
