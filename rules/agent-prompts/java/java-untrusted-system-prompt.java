import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import org.springframework.web.bind.annotation.*;

@RestController
class Chat {
    static final String RULES = "You answer questions about invoices.";

    @PostMapping("/ask")
    String ask(@RequestParam String persona, @RequestParam String question) {
        // ruleid: java-untrusted-system-prompt
        var system = SystemMessage.from("You are " + persona);
        // ok: java-untrusted-system-prompt
        var user = UserMessage.from(question);
        return model.chat(system, user).aiMessage().text();
    }

    String raw(HttpServletRequest request) {
        // ruleid: java-untrusted-system-prompt
        return client.prompt().system(request.getParameter("system")).call().content();
    }

    String fixed(HttpServletRequest request) {
        // ok: java-untrusted-system-prompt
        return client.prompt().system(RULES).user(request.getParameter("question")).call().content();
    }
}
