package io.siaran.gateway.callback;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.siaran.gateway.device.Platform;
import io.siaran.model.WireEnum;
import io.siaran.sql.OldestAge;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what becomes of callbacks. Every series is there from the start: an alert cannot compare with one that is not. */
@ApplicationScoped
class CallbackMetrics {

    /** How a callback was answered. */
    enum Fate implements WireEnum {
        STORED,
        /** It tells nothing that we follow. */
        EMPTY,
        /** It came for a deleted device: its receipts and replies count, its connection does not. */
        DEVICE_DELETED,
        /** Its address or its signature is wrong. */
        REFUSED,
        UNREADABLE,
        /** More came than may. */
        LIMITED
    }

    /** What became of a receipt. */
    enum Receipt implements WireEnum {
        DELIVERED,
        READ,
        REFUSED,
        /** It showed that a message whose answer was lost went out. */
        PROVED,
        /** It tells what is known. */
        REPEATED,
        /** No message was found for it in time. */
        UNMATCHED
    }

    private final MeterRegistry registry;
    private final AtomicLong waiting;
    private final OldestAge oldest = new OldestAge();
    private final AtomicLong hidden;
    private final AtomicLong hiddenStops;

    CallbackMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (Platform platform : Platform.values()) {
            for (Fate fate : Fate.values()) {
                callbacks(platform, fate);
            }
            passedOver(platform);
        }
        for (Receipt receipt : Receipt.values()) {
            receipts(receipt);
        }
        replies();
        this.waiting = gauge(
                "siaran.callback.inbox.waiting",
                null,
                "Events of callbacks that are stored and not worked off, at most 10000.");
        Gauge.builder("siaran.callback.inbox.oldest", oldest, OldestAge::seconds)
                .baseUnit("seconds")
                .description(
                        "For how long the oldest event that nobody looked at yet has been waiting; while the database"
                                + " cannot be asked, at least for how long.")
                .register(registry);
        this.hidden = gauge(
                "siaran.replies.hidden",
                null,
                "Replies whose sender is not known (a LID without a phone), at most 10000.");
        this.hiddenStops = gauge(
                "siaran.replies.hidden.stops",
                null,
                "Replies that ask to stop, whose sender is not known and which nobody has handled: they suppress nobody.");
    }

    /** Makes this bean, and with it the series, at the start. */
    void exist(@Observes StartupEvent started) {}

    void count(Platform platform, Fate fate) {
        callbacks(platform, fate).increment();
    }

    void countPassedOver(Platform platform, int entries) {
        passedOver(platform).increment(entries);
    }

    void count(Receipt receipt, long times) {
        receipts(receipt).increment(times);
    }

    void countReplies(long times) {
        replies().increment(times);
    }

    /** @param oldestNow for how long the oldest event has been due; zero where none is */
    void state(long waitingNow, Duration oldestNow, long hiddenNow, long hiddenStopsNow) {
        waiting.set(waitingNow);
        if (oldestNow.isPositive()) {
            oldest.is(oldestNow);
        } else {
            oldest.isNone();
        }
        hidden.set(hiddenNow);
        hiddenStops.set(hiddenStopsNow);
    }

    /** What waits could not be asked. */
    void stateIsUnknown() {
        oldest.isUnknown();
    }

    private Counter callbacks(Platform platform, Fate fate) {
        return Counter.builder("siaran.callbacks")
                .description("Callbacks of platforms, by how they were answered.")
                .tag("platform", platform.wire())
                .tag("fate", fate.wire())
                .register(registry);
    }

    private Counter passedOver(Platform platform) {
        return Counter.builder("siaran.callbacks.passed.over")
                .description("Entries of callbacks that could not be read, while the others of theirs were taken.")
                .tag("platform", platform.wire())
                .register(registry);
    }

    private Counter receipts(Receipt receipt) {
        return Counter.builder("siaran.receipts")
                .description("Receipts, by what became of them.")
                .tag("kind", receipt.wire())
                .register(registry);
    }

    private Counter replies() {
        return Counter.builder("siaran.replies")
                .description("Replies of people that were published.")
                .register(registry);
    }

    private AtomicLong gauge(String name, String unit, String description) {
        AtomicLong value = new AtomicLong();
        Gauge.builder(name, value, AtomicLong::doubleValue)
                .baseUnit(unit)
                .description(description)
                .strongReference(true)
                .register(registry);
        return value;
    }
}
