package io.siaran.gateway.lane;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.siaran.kafka.RecordIntake;
import io.siaran.model.DeviceCommand;
import io.siaran.model.Json;
import io.siaran.model.Recall;
import io.siaran.model.Send;
import io.siaran.model.Topic;
import io.siaran.model.UnreadableRecord;
import io.siaran.model.UnrecognisedRecord;
import io.siaran.trace.MessageTraces;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

/**
 * What dispatch wants sent or given back. A record is handed to its lane at once and acknowledged when it is settled, so a
 * slow device holds nobody up; a record that cannot be read goes to the dead letters, one of a later version is parked.
 */
@ApplicationScoped
class DeviceSendIntake {

    private static final Logger LOG = Logger.getLogger(DeviceSendIntake.class);

    private final Lanes lanes;
    private final InFlightLimit inFlight;
    private final RecordIntake intake;
    private final MessageTraces traces;
    private final Set<Taken> unsettled = ConcurrentHashMap.newKeySet();

    DeviceSendIntake(Lanes lanes, LaneConfig config, RecordIntake intake, MessageTraces traces, MeterRegistry metrics) {
        this.lanes = lanes;
        this.inFlight = new InFlightLimit(config.mostUnsettled(), config.mostUnsettledCharacters());
        this.intake = intake;
        this.traces = traces;
        Gauge.builder("siaran.sends.oldest.unsettled", this::oldestUnsettled)
                .baseUnit("seconds")
                .description(
                        "For how long the oldest record of device-sends that this instance has taken is not settled")
                .register(metrics);
    }

    /** Makes this bean, and with it its series, at the start. */
    void exist(@Observes StartupEvent started) {}

    /** The answer completes when the next record may come. */
    @Incoming("device-sends")
    CompletionStage<Void> receive(Message<String> record) {
        DeviceCommand command;
        try {
            command = Json.read(record.getPayload(), DeviceCommand.class);
        } catch (UnreadableRecord | UnrecognisedRecord notForUs) {
            return putAside(record, notForUs);
        }
        if (traces.isOn()) {
            ConsumerRecord<String, String> original = original(record);
            traces.taken(original.topic(), original.value(), original.timestamp());
        }
        CompletionStage<Void> nextMayCome = inFlight.take(record.getPayload().length());
        Taken taken = new Taken(record);
        unsettled.add(taken);
        switch (command) {
            case Send send -> lanes.add(partition(record), send, taken);
            case Recall recall -> lanes.recall(recall, taken);
        }
        return nextMayCome;
    }

    /** Acknowledged once it is put aside: what is parked and lost to its try comes back by dispatch's recall. */
    private CompletionStage<Void> putAside(Message<String> record, RuntimeException why) {
        ConsumerRecord<String, String> original = original(record);
        return CompletableFuture.runAsync(
                        () -> {
                            if (why instanceof UnrecognisedRecord later) {
                                intake.park(Topic.DEVICE_SENDS, original, later);
                            } else {
                                intake.putAside(Topic.DEVICE_SENDS, original, why.getMessage());
                            }
                        },
                        task -> Thread.ofVirtual().name("put-aside").start(task))
                .thenCompose(_ -> record.ack());
    }

    private static int partition(Message<String> record) {
        return original(record).partition();
    }

    @SuppressWarnings("unchecked") // the channel's deserializers are those of texts
    private static ConsumerRecord<String, String> original(Message<String> record) {
        return record.getMetadata(IncomingKafkaRecordMetadata.class)
                .orElseThrow()
                .getRecord();
    }

    private double oldestUnsettled() {
        long now = System.nanoTime();
        return unsettled.stream()
                .mapToDouble(taken -> (now - taken.at) / 1e9)
                .max()
                .orElse(0);
    }

    private final class Taken implements TakenRecord {

        private final Message<String> record;
        private final long at = System.nanoTime();

        private Taken(Message<String> record) {
            this.record = record;
        }

        @Override
        public void settled() {
            leave();
            record.ack().whenComplete((_, failure) -> {
                if (failure != null) {
                    // It comes again, and the outcome of its try is published again.
                    LOG.warnf("an acknowledgement failed: %s", failure.toString());
                }
            });
        }

        @Override
        public void dropped() {
            leave();
        }

        private void leave() {
            unsettled.remove(this);
            inFlight.leave(record.getPayload().length());
        }
    }
}
