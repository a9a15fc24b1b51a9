package io.siaran.dispatch.queue;

import io.micrometer.core.instrument.MeterRegistry;
import io.siaran.dispatch.message.WaitingFor;
import io.siaran.model.MessageState;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Counts the moves of messages, {@code siaran.messages.moved} by the status they moved to, and the tries that came back with
 * a hold of their device, {@code siaran.device.held} by its reason.
 */
@ApplicationScoped
class MessageMetrics {

    private final MeterRegistry registry;

    MessageMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void moved(MessageState to, long messages) {
        registry.counter("siaran.messages.moved", "to", to.wire()).increment(messages);
    }

    void held(WaitingFor reason) {
        registry.counter("siaran.device.held", "reason", reason.wire()).increment();
    }

    /** Rows of {@code (status, messages)}. */
    void moved(RowSet<Row> counts) {
        for (Row row : counts) {
            registry.counter("siaran.messages.moved", "to", row.getString("status"))
                    .increment(row.getLong("messages"));
        }
    }
}
