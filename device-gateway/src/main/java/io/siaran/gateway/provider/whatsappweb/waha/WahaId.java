package io.siaran.gateway.provider.whatsappweb.waha;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** WhatsApp's own id out of WAHA's, which carries the chat as well and so changes with a LID. Pure. */
final class WahaId {

    private WahaId() {}

    /** {@code true_60…@c.us_AAAA}, of a group with the sender behind it; or an object that has it so. */
    static Optional<String> of(JsonNode node) {
        String text = node.isObject() ? node.path("_serialized").asText("") : node.asText("");
        String[] parts = text.split("_", 4);
        String id = parts.length >= 3 && parts[1].contains("@") ? parts[2] : text;
        return id.isBlank() ? Optional.empty() : Optional.of(id);
    }
}
