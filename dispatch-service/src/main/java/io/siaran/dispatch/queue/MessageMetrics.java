package io.siaran.dispatch.queue;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.StartupEvent;
import io.siaran.dispatch.message.WaitingFor;
import io.siaran.model.MessageId;
import io.siaran.model.MessageState;
import io.siaran.trace.MessageTraces;
import io.siaran.trace.TraceExemplars;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * Counts the moves of messages, {@code siaran.messages.moved} by the status they moved to, and the tries that came back with
 * a hold of their device, {@code siaran.device.held} by its reason; and of what was sent, how late it was and how long it was
 * here. Every series is there from the start.
 */
@ApplicationScoped
class MessageMetrics {

    /** From what nobody notices to what is as good as not sent: a burst of thousands at a human pace takes hours. */
    private static final Duration[] WAITS = {
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(15),
        Duration.ofMinutes(1),
        Duration.ofMinutes(5),
        Duration.ofMinutes(15),
        Duration.ofHours(1),
        Duration.ofHours(6),
        Duration.ofHours(24)
    };

    private final Map<MessageState, Counter> moves = new EnumMap<>(MessageState.class);
    private final Map<WaitingFor, Counter> holds = new EnumMap<>(WaitingFor.class);
    private final Timer lateness;
    private final Timer acceptedToSent;
    private final MessageTraces traces;
    private final TraceExemplars exemplars;

    MessageMetrics(MeterRegistry registry, MessageTraces traces, TraceExemplars exemplars) {
        this.traces = traces;
        this.exemplars = exemplars;
        for (MessageState state : MessageState.values()) {
            moves.put(
                    state,
                    Counter.builder("siaran.messages.moved")
                            .tag("to", state.wire())
                            .description("Messages that moved to the status")
                            .register(registry));
        }
        for (WaitingFor reason : WaitingFor.values()) {
            holds.put(
                    reason,
                    Counter.builder("siaran.device.held")
                            .tag("reason", reason.wire())
                            .description("Tries that came back with a hold of their device, by its reason")
                            .register(registry));
        }
        lateness =
                timer(registry, "siaran.message.lateness", "From the time a message was planned for until it was sent");
        acceptedToSent = timer(
                registry, "siaran.message.accepted.to.sent", "From the queue's taking of a message until it was sent");
    }

    private static Timer timer(MeterRegistry registry, String name, String description) {
        return Timer.builder(name)
                .description(description)
                .serviceLevelObjectives(WAITS)
                .register(registry);
    }

    /** Makes this bean, and with it the series, at the start. */
    void exist(@Observes StartupEvent started) {}

    void moved(MessageState to, long messages) {
        moves.get(to).increment(messages);
    }

    void held(WaitingFor reason) {
        holds.get(reason).increment();
    }

    /** Rows of {@code (status, messages)}. */
    void moved(RowSet<Row> counts) {
        for (Row row : counts) {
            moved(MessageState.valueOf(row.getString("status").toUpperCase(Locale.ROOT)), row.getLong("messages"));
        }
    }

    /** Rows of {@code (status, messages, sent, late, waited)}: of each that was sent its id, and the last two in seconds. */
    void settled(RowSet<Row> counts) {
        moved(counts);
        for (Row row : counts) {
            UUID[] sent = row.getArrayOfUUIDs("sent");
            if (sent != null) {
                sent(sent, row.getArrayOfDoubles("late"), row.getArrayOfDoubles("waited"));
            }
        }
    }

    private void sent(UUID[] messages, Double[] late, Double[] waited) {
        for (int i = 0; i < messages.length; i++) {
            Duration lateBy = seconds(late[i]);
            Duration here = seconds(waited[i]);
            // It was sent, so its call went well.
            exemplars.with(traces.traceOfCall(new MessageId(messages[i]), true), () -> {
                lateness.record(lateBy);
                acceptedToSent.record(here);
            });
        }
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.max(0, Math.round(seconds * 1_000)));
    }
}
