package io.siaran.localstack;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** What PostgreSQL says of the session of a service: how soon it gives a client up that vanished, and breaks off what lasts. */
public final class SessionSettings {

    private static final List<String> NAMES = List.of(
            "statement_timeout",
            "lock_timeout",
            "idle_in_transaction_session_timeout",
            "tcp_keepalives_idle",
            "tcp_keepalives_interval",
            "tcp_keepalives_count",
            "tcp_user_timeout");

    private SessionSettings() {}

    /** @param ask runs a statement on a connection of the pool in question, and gives its one value */
    public static Map<String, String> of(UnaryOperator<String> ask) {
        Map<String, String> settings = new TreeMap<>();
        NAMES.forEach(name -> settings.put(name, ask.apply("SHOW " + name)));
        return settings;
    }

    /** What an installation has that sets nothing, but for what differs: how long a statement of that pool may take. */
    public static Map<String, String> shipped(String statementTimeout) {
        return new TreeMap<>(Map.of(
                "statement_timeout", statementTimeout,
                "lock_timeout", "20s",
                "idle_in_transaction_session_timeout", "30s",
                "tcp_keepalives_idle", "10",
                "tcp_keepalives_interval", "5",
                "tcp_keepalives_count", "3",
                "tcp_user_timeout", "20000"));
    }
}
