import java.io.InputStream;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;

class State {
  Object load(InputStream input) throws Exception {
    ObjectInputStream stream = new ObjectInputStream(input);
    // ruleid: java-unsafe-deserialization
    return stream.readObject();
  }

  void mapper(ObjectMapper mapper) {
    // ruleid: java-unsafe-deserialization
    mapper.enableDefaultTyping();
    // ok: java-unsafe-deserialization
    mapper.enable(Feature.INDENT);
  }

  Object filtered(InputStream input) throws Exception {
    ObjectInputStream stream = new ObjectInputStream(input);
    stream.setObjectInputFilter(ObjectInputFilter.Config.createFilter("com.example.*;!*"));
    // ok: java-unsafe-deserialization
    return stream.readObject();
  }
}
