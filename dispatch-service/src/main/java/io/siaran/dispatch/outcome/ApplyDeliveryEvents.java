package io.siaran.dispatch.outcome;

import io.siaran.dispatch.message.QueuedMessage;
import io.siaran.dispatch.queue.DeviceQueue;
import io.siaran.dispatch.queue.DeviceQueue.Due;
import io.siaran.dispatch.queue.MessageChanges;
import io.siaran.dispatch.queue.OpenMessages;
import io.siaran.dispatch.queue.OpenMessages.Locked;
import io.siaran.kafka.Outbox;
import io.siaran.kafka.OutboxRecord;
import io.siaran.model.DeliveryEvent;
import io.siaran.model.DeliveryEvent.Unknown;
import io.siaran.model.DeviceId;
import io.siaran.model.Recall;
import io.siaran.model.Topic;
import io.siaran.model.UnknownPolicy;
import io.siaran.sql.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Applies events to their messages: lock, decide, write; a few statements however many events. */
@ApplicationScoped
class ApplyDeliveryEvents {

    private final OpenMessages messages;
    private final MessageChanges changes;
    private final DeviceQueue devices;
    private final Outbox outbox;
    private final Verdict verdict;

    ApplyDeliveryEvents(
            OpenMessages messages,
            MessageChanges changes,
            DeviceQueue devices,
            Outbox outbox,
            RetryConfig config,
            RandomGenerator random) {
        this.messages = messages;
        this.changes = changes;
        this.devices = devices;
        this.outbox = outbox;
        this.verdict = new Verdict(config.policy(), random);
    }

    /** May be repeated: what is settled already stays as it is. */
    void settle(Tx tx, List<DeliveryEvent> events) {
        Locked locked =
                messages.lock(tx, events.stream().map(DeliveryEvent::messageId).toList());
        EventBatch settling = decide(tx, events, locked);
        settling.rounds().forEach(round -> changes.write(tx, round));
        changes.stopUnsendable(tx, settling.backFromUnknown());
        outbox.append(
                tx,
                settling.superfluous().stream().map(ApplyDeliveryEvents::told).toList());
        tellDevices(tx, settling, locked.now());
    }

    private EventBatch decide(Tx tx, List<DeliveryEvent> events, Locked locked) {
        EventBatch settling = new EventBatch(locked.messages());
        Map<DeviceId, UnknownPolicy> policies = policies(tx, settling, events);
        for (DeliveryEvent event : events) {
            QueuedMessage message = settling.message(event);
            if (message != null) {
                UnknownPolicy policy = policies.getOrDefault(message.deviceId(), UnknownPolicy.HOLD);
                settling.add(
                        event,
                        verdict.on(message, event, policy, locked.now()),
                        verdict.hold(message, event, locked.now()));
            }
        }
        return settling;
    }

    private Map<DeviceId, UnknownPolicy> policies(Tx tx, EventBatch settling, List<DeliveryEvent> events) {
        return devices.unknownPolicies(
                tx,
                events.stream()
                        .filter(event -> isLost(settling.message(event), event))
                        .map(event -> settling.message(event).deviceId())
                        .collect(Collectors.toSet()));
    }

    private static boolean isLost(QueuedMessage message, DeliveryEvent event) {
        return message != null && Remembered.heard(message, event) instanceof Unknown;
    }

    /** In this order: the devices on hold are among those that due() locks, in order of id. */
    private void tellDevices(Tx tx, EventBatch settling, Instant now) {
        devices.due(
                tx,
                settling.devicesWithRoom().stream()
                        .map(device -> new Due(device, now))
                        .toList());
        devices.hold(tx, settling.holds());
    }

    private static OutboxRecord told(Recall recall) {
        return new OutboxRecord(Topic.DEVICE_SENDS, recall.deviceId().toString(), recall);
    }
}
