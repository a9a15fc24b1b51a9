package io.siaran.dispatch.outcome;

import io.siaran.dispatch.message.Settlement;
import io.siaran.dispatch.queue.DeviceQueue;
import io.siaran.dispatch.queue.DeviceQueue.Due;
import io.siaran.dispatch.queue.DeviceQueue.Hold;
import io.siaran.dispatch.queue.OpenMessages;
import io.siaran.dispatch.queue.OpenMessages.Locked;
import io.siaran.model.DeliveryEvent;
import io.siaran.model.DeliveryEvent.Deferred;
import io.siaran.outbox.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Applies events to their messages: lock, decide, write; three statements however many events. */
@ApplicationScoped
class SettleOutcomes {

    private final OpenMessages messages;
    private final DeviceQueue devices;
    private final Verdict verdict;

    SettleOutcomes(OpenMessages messages, DeviceQueue devices, RetryConfig config, RandomGenerator random) {
        this.messages = messages;
        this.devices = devices;
        this.verdict = new Verdict(config.policy(), random);
    }

    /** May be repeated: what is settled already stays as it is. */
    void settle(Tx tx, List<DeliveryEvent> events) {
        Set<Due> room =
                rounds(events).stream().flatMap(round -> settleRound(tx, round)).collect(Collectors.toSet());
        // In this order: the devices on hold are among those that due() has locked, in order of id.
        devices.due(tx, List.copyOf(room));
        devices.hold(tx, holds(events));
    }

    /**
     * Two events of one message are two facts, in their order; so the second is written by a statement of its own. A
     * batch seldom has a second round.
     */
    private static List<List<DeliveryEvent>> rounds(List<DeliveryEvent> events) {
        List<List<DeliveryEvent>> rounds = new ArrayList<>();
        Map<Object, Integer> seen = new HashMap<>();
        for (DeliveryEvent event : events) {
            int round = seen.merge(event.messageId(), 1, Integer::sum);
            if (rounds.size() < round) {
                rounds.add(new ArrayList<>());
            }
            rounds.get(round - 1).add(event);
        }
        return rounds;
    }

    /** Answers which devices may have room now. */
    private Stream<Due> settleRound(Tx tx, List<DeliveryEvent> round) {
        Locked locked =
                messages.lock(tx, round.stream().map(DeliveryEvent::messageId).toList());
        List<Settlement> settlements = round.stream()
                .flatMap(event -> Optional.ofNullable(locked.messages().get(event.messageId()))
                        .flatMap(message -> verdict.on(message, event, locked.now()))
                        .stream())
                .toList();
        messages.settle(tx, settlements);
        return locked.messages().values().stream().map(message -> new Due(message.deviceId(), locked.now()));
    }

    private static List<Hold> holds(List<DeliveryEvent> events) {
        return events.stream()
                .filter(Deferred.class::isInstance)
                .map(Deferred.class::cast)
                .map(deferred -> new Hold(deferred.deviceId(), deferred.until(), deferred.reason()))
                .toList();
    }
}
