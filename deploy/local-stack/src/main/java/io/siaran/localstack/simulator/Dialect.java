package io.siaran.localstack.simulator;

import io.siaran.localstack.simulator.SimulatedDevices.Status;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;

/** How one platform speaks: the same events in its own words. */
interface Dialect {

    /** Its name in the ledger and in the control API. */
    String platform();

    /** A new id of a message, as it makes them. */
    default String newId() {
        return Ids.whatsapp();
    }

    Answer accepted(Message message, String id);

    Answer refused(Refusal refusal, Message message);

    /** What is said where the platform, or a proxy before it, lost patience. */
    default Answer timedOut() {
        return Answer.html(504, "Gateway Time-out");
    }

    /** What it tells by webhook of a message; empty where it tells no such thing. */
    Optional<JsonObject> receipt(Sent sent, Receipt receipt);

    /** @param lid the LID of who answers */
    JsonObject inbound(Reply reply, String lid);

    /** What it tells of a device that connected or not; empty where it tells no such thing. */
    Optional<JsonObject> connection(String device, Status status);

    /** The headers of a webhook with that body. */
    default Map<String, String> signature(String secret, byte[] body) {
        return Map.of();
    }
}
