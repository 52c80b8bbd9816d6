import com.openai.client.OpenAIClient;
import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.model.chat.ChatModel;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import org.springframework.jdbc.core.JdbcTemplate;

class Reports {
    private final ChatModel model;
    private final JdbcTemplate jdbcTemplate;

    Object ask(Connection connection, String question) throws Exception {
        String query = model.chat("Write SQL for: " + question);
        Statement statement = connection.createStatement();
        // ruleid: java-model-output-sql
        statement.executeQuery(query);
        PreparedStatement prepared = connection.prepareStatement("SELECT name FROM items WHERE kind = ?");
        // ok: java-model-output-sql
        prepared.setString(1, query);
        // ruleid: java-model-output-sql
        return jdbcTemplate.queryForList(query);
    }

    @Tool("Removes old rows")
    void clean(String table, int days) {
        // ruleid: java-model-output-sql
        jdbcTemplate.update("DELETE FROM " + table);
        // ok: java-model-output-sql
        jdbcTemplate.update("DELETE FROM items WHERE age > ?", days);
    }
}
