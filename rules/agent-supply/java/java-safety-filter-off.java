import com.google.genai.types.HarmBlockThreshold;
import com.google.genai.types.SafetySetting;

class Settings {
    SafetySetting open() {
        // ruleid: java-safety-filter-off
        return SafetySetting.builder().category("HARM_CATEGORY_HARASSMENT").threshold(HarmBlockThreshold.Known.BLOCK_NONE).build();
    }

    SafetySetting off() {
        // ruleid: java-safety-filter-off
        return SafetySetting.builder().threshold(HarmBlockThreshold.Known.OFF).build();
    }

    SafetySetting strict() {
        // ok: java-safety-filter-off
        return SafetySetting.builder().threshold(HarmBlockThreshold.Known.BLOCK_LOW_AND_ABOVE).build();
    }

    Switch alarm() {
        // ok: java-safety-filter-off
        return Switch.OFF;
    }
}
