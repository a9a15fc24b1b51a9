package io.siaran.gateway.lane;

import io.micrometer.core.instrument.MeterRegistry;
import io.siaran.model.DeviceCommand;
import io.siaran.model.Json;
import io.siaran.model.Recall;
import io.siaran.model.Send;
import io.siaran.model.Topic;
import io.siaran.model.UnreadableRecord;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

/**
 * What dispatch wants sent or given back. A record is handed to its lane at once and acknowledged when it is settled, so a
 * slow device holds nobody up; a record that cannot be read goes to the dead letters.
 */
@ApplicationScoped
class DeviceSendIntake {

    private static final Logger LOG = Logger.getLogger(DeviceSendIntake.class);

    private final Lanes lanes;
    private final InFlightLimit inFlight;
    private final MeterRegistry metrics;

    DeviceSendIntake(Lanes lanes, LaneConfig config, MeterRegistry metrics) {
        this.lanes = lanes;
        this.inFlight = new InFlightLimit(config.mostUnsettled(), config.mostUnsettledCharacters());
        this.metrics = metrics;
    }

    /** The answer completes when the next record may come. */
    @Incoming("device-sends")
    CompletionStage<Void> receive(Message<String> record) {
        DeviceCommand command;
        try {
            command = Json.read(record.getPayload(), DeviceCommand.class);
        } catch (UnreadableRecord unreadable) {
            metrics.counter("siaran.dead.letters", "topic", Topic.DEVICE_SENDS.topicName())
                    .increment();
            return record.nack(unreadable);
        }
        CompletionStage<Void> nextMayCome = inFlight.take(record.getPayload().length());
        switch (command) {
            case Send send -> lanes.add(partition(record), send, new Taken(record));
            case Recall recall -> lanes.recall(recall, new Taken(record));
        }
        return nextMayCome;
    }

    private static int partition(Message<String> record) {
        return record.getMetadata(IncomingKafkaRecordMetadata.class)
                .orElseThrow()
                .getPartition();
    }

    private final class Taken implements TakenRecord {

        private final Message<String> record;

        private Taken(Message<String> record) {
            this.record = record;
        }

        @Override
        public void settled() {
            inFlight.leave(record.getPayload().length());
            record.ack().whenComplete((_, failure) -> {
                if (failure != null) {
                    // It comes again, and the outcome of its try is published again.
                    LOG.warnf("an acknowledgement failed: %s", failure.toString());
                }
            });
        }

        @Override
        public void dropped() {
            inFlight.leave(record.getPayload().length());
        }
    }
}
