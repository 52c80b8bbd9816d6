import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

class Agents {
    Object read(String text) {
        Yaml yaml = new Yaml();
        // ruleid: java-yaml-unsafe-load
        return yaml.load(text);
    }

    Object once(String text) {
        // ruleid: java-yaml-unsafe-load
        return new Yaml().load(text);
    }

    Object safely(String text) {
        Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
        // ok: java-yaml-unsafe-load
        return yaml.load(text);
    }

    String write(Object value) {
        // ok: java-yaml-unsafe-load
        return new Yaml().dump(value);
    }
}
