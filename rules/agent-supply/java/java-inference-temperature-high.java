import dev.langchain4j.model.openai.OpenAiChatModel;

class Models {
    // ruleid: java-inference-temperature-high
    Object wild = OpenAiChatModel.builder().modelName("m").temperature(1.9).build();
    // ruleid: java-inference-temperature-high
    Object warm = ChatCompletionCreateParams.builder().temperature(1.5).build();
    // ok: java-inference-temperature-high
    Object calm = OpenAiChatModel.builder().modelName("m").temperature(0.1).build();
    // ok: java-inference-temperature-high
    Object oven = new Oven().temperature(180);
}
