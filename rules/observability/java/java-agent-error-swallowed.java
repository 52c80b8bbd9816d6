class Tools {
  void build() {
    // ruleid: java-agent-error-swallowed
    try {
      Runtime.getRuntime().exec("make");
    } catch (Exception e) {
    }
  }

  void ask(ChatModel model) {
    // ruleid: java-agent-error-swallowed
    try {
      String answer = model.chat("hello");
    } catch (RuntimeException e) {
    }
  }

  void told() {
    // ok: java-agent-error-swallowed
    try {
      Runtime.getRuntime().exec("make");
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  void close(java.io.Closeable stream) {
    // ok: java-agent-error-swallowed
    try {
      stream.close();
    } catch (java.io.IOException e) {
    }
  }
}
