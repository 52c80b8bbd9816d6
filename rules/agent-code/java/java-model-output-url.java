import com.openai.client.OpenAIClient;
import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.model.chat.ChatModel;
import java.net.URI;
import java.net.URL;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.util.Set;
import org.jsoup.Jsoup;

class Browser {
    private static final Set<String> HOSTS = Set.of("docs.example.com");

    @Tool("Reads a page")
    String read(String address) throws Exception {
        // ruleid: java-model-output-url
        String page = Jsoup.connect(address).get().text();
        // ok: java-model-output-url
        Jsoup.connect("https://docs.example.com/?q=" + URLEncoder.encode(address, "UTF-8")).get();
        // ruleid: java-model-output-url
        new URL(address).openStream();
        return page;
    }

    @Tool("Reads a page of the documentation")
    HttpRequest documented(String address) {
        URI target = URI.create(address);
        if (!HOSTS.contains(target.getHost())) {
            throw new SecurityException(address);
        }
        // ok: java-model-output-url
        return HttpRequest.newBuilder(target).build();
    }

    @Tool("Asks a service")
    HttpRequest ask(String host) {
        // ruleid: java-model-output-url
        return HttpRequest.newBuilder(URI.create("http://" + host + "/status")).build();
    }
}
