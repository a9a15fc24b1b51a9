package io.siaran.gateway.provider.whatsappweb.evolution;

import com.fasterxml.jackson.databind.JsonNode;
import io.siaran.gateway.provider.CallbackJson;
import java.util.List;

/** The words of a message of WhatsApp, wherever its kind keeps them. */
final class EvolutionText {

    private static final List<String> PLACES = List.of(
            "/conversation",
            "/extendedTextMessage/text",
            "/imageMessage/caption",
            "/videoMessage/caption",
            "/documentMessage/caption",
            "/buttonsResponseMessage/selectedDisplayText",
            "/listResponseMessage/title",
            "/ephemeralMessage/message/extendedTextMessage/text");

    private EvolutionText() {}

    /** Empty where it has none. */
    static String of(JsonNode message) {
        return PLACES.stream()
                .map(message::at)
                .filter(JsonNode::isTextual)
                .map(CallbackJson::text)
                .findFirst()
                .orElse("");
    }
}
