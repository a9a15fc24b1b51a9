package io.siaran.gateway.provider.whacenter;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.siaran.gateway.provider.CallbackEvent;
import io.siaran.gateway.provider.CallbackJson;
import io.siaran.gateway.provider.CallbackReading;
import io.siaran.gateway.provider.Contact;
import java.util.Optional;
import java.util.UUID;

/** What Whacenter tells: replies, without an id and without a signature. */
final class WhacenterCallbacks implements CallbackReading {

    @Override
    public Verification verification() {
        return new Verification.SecretPath();
    }

    @Override
    public Parsed read(String body) {
        JsonNode told = CallbackJson.object(body);
        if (!told.has("from") || !told.has("message")) {
            throw new UnreadableCallback("no message of anybody");
        }
        if (told.path("is_group").asBoolean()) {
            return Parsed.of(Optional.empty());
        }
        String from = CallbackJson.text(told.path("from"));
        Contact contact = from.contains("@") ? Contact.of(from) : Contact.ofPhone(from);
        if (contact.isNobody()) {
            throw new UnreadableCallback("a message of nobody");
        }
        return Parsed.of(Optional.of(new CallbackEvent.Inbound(
                id(told),
                contact,
                CallbackJson.text(told.path("pushName")),
                CallbackJson.text(told.path("message")),
                CallbackJson.text(told.path("media")).isBlank() ? "text" : "media",
                CallbackJson.time(told.path("timestamp")),
                CallbackJson.text(told.path("timestamp")).isBlank())));
    }

    /** It gives none: the same words of the same person at the same second are the same message. */
    private static String id(JsonNode told) {
        String all = told.path("from") + "|" + told.path("timestamp") + "|" + told.path("message") + "|"
                + told.path("media");
        return UUID.nameUUIDFromBytes(all.getBytes(UTF_8)).toString();
    }
}
