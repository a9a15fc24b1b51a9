package io.siaran.gateway.provider.whatsappweb.evolution;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The words of a no, however deep it nests them in lists.
 *
 * @param saysNotOnWhatsApp whether it names a number that does not exist there
 */
record EvolutionRefusal(String words, boolean saysNotOnWhatsApp) {

    private static final int DEEPEST = 5;

    static EvolutionRefusal of(JsonNode body) {
        List<String> words = new ArrayList<>();
        boolean absent = read(body.at("/response/message"), words, 0);
        absent |= read(body.path("message"), words, 0);
        words.add(body.path("error").asText(""));
        words.add(body.path("code").asText(""));
        words.removeIf(String::isBlank);
        return new EvolutionRefusal(String.join(", ", words), absent);
    }

    boolean lacksLicence() {
        String lower = words.toLowerCase(Locale.ROOT);
        return lower.contains("license_required") || lower.contains("licence");
    }

    private static boolean read(JsonNode node, List<String> words, int depth) {
        boolean absent = node.isObject()
                && node.path("exists").isBoolean()
                && !node.path("exists").booleanValue();
        if (node.isValueNode() && !node.isNull()) {
            words.add(node.asText());
        }
        if (node.isArray() && depth < DEEPEST) {
            for (JsonNode inner : node) {
                absent |= read(inner, words, depth + 1);
            }
        }
        return absent;
    }
}
