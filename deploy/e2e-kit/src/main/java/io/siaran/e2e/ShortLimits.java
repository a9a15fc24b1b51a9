package io.siaran.e2e;

import java.util.Map;

/**
 * Settings of the services under test, as environment variables. The order of the limits is that of an installation, only each
 * is shorter.
 */
final class ShortLimits {

    static final Map<String, String> ENVIRONMENT = Map.of(
            "MP_MESSAGING_CONNECTOR_SMALLRYE_KAFKA_SESSION_TIMEOUT_MS", "6000",
            "MP_MESSAGING_CONNECTOR_SMALLRYE_KAFKA_HEARTBEAT_INTERVAL_MS", "2000",
            "SIARAN_GATEWAY_CALL_TIMEOUT", "6s",
            "SIARAN_GATEWAY_JOURNAL_SETTLE_GRACE", "5s",
            // What was not sent because its process was killed comes again soon, not after half a minute.
            "SIARAN_RETRY_FIRST", "3s",
            "SIARAN_RETRY_LONGEST", "10s",
            "SIARAN_SEQUENCE_TRIGGER_INTERVAL", "3s");

    private ShortLimits() {}
}
