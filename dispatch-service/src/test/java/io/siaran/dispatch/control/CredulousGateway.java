package io.siaran.dispatch.control;

import io.siaran.dispatch.Events;
import io.siaran.model.BroadcastMessage;
import io.siaran.model.DeferReason;
import io.siaran.model.DeliveryEvent;
import io.siaran.model.MessageId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A gateway without a journal: it begins every try that it is told to, each once, whatever became of the ones before. So
 * whoever would have a message sent twice has it sent twice. It keeps count of what really went out.
 */
final class CredulousGateway {

    private record Try(MessageId message, int no) {}

    private final Events events;
    private final Random random;
    private final Map<Try, BroadcastMessage> waiting = new LinkedHashMap<>();
    private final Map<Try, List<DeliveryEvent>> told = new HashMap<>();
    private final Set<Try> lost = new HashSet<>();
    private final List<DeliveryEvent> untold = new ArrayList<>();
    private final Map<MessageId, Integer> sent = new HashMap<>();
    private final Map<MessageId, Set<Integer>> waived = new HashMap<>();

    CredulousGateway(Events events, Random random) {
        this.events = events;
        this.random = random;
    }

    /** A Send; one in ten gets lost on the way. */
    void receive(BroadcastMessage message, int tryNo, Integer supersedes) {
        Try one = new Try(message.id(), tryNo);
        if (supersedes != null) {
            waive(message.id(), supersedes);
        }
        boolean known = waiting.containsKey(one) || told.containsKey(one) || lost.contains(one);
        if (!known && random.nextInt(10) == 0) {
            lost.add(one);
        } else if (!known) {
            waiting.put(one, message);
        }
    }

    /** Makes some of the tries that it knows. */
    void act() {
        List<Try> tries = new ArrayList<>(waiting.keySet());
        Collections.shuffle(tries, random);
        tries.stream().limit(3).forEach(one -> make(one, waiting.remove(one)));
    }

    /** A try that has not begun never begins; of one that has, the outcome is told again. */
    void recall(BroadcastMessage message, int tryNo) {
        Try one = new Try(message.id(), tryNo);
        if (told.containsKey(one)) {
            untold.addAll(told.get(one));
        } else {
            waiting.remove(one);
            lost.remove(one);
            tell(one, events.returned(message, tryNo));
        }
    }

    /** Tells some of what happened, in any order, in one batch, and keeps some of that to tell it again. */
    void tell(int atMost, boolean keepSome) {
        Collections.shuffle(untold, random);
        List<DeliveryEvent> batch = new ArrayList<>(untold.subList(0, Math.min(atMost, untold.size())));
        untold.removeAll(batch);
        if (keepSome) {
            batch.stream().filter(event -> random.nextInt(3) == 0).forEach(untold::add);
        }
        events.settle(batch.toArray(DeliveryEvent[]::new));
    }

    int timesSent(MessageId message) {
        return sent.getOrDefault(message, 0);
    }

    /** How many different tries were waived: by an operator or a policy, in what it was told to send, or by a refusal. */
    int waivers(MessageId message) {
        return waived.getOrDefault(message, Set.of()).size();
    }

    private void waive(MessageId message, int tryNo) {
        waived.computeIfAbsent(message, id -> new HashSet<>()).add(tryNo);
    }

    private void make(Try one, BroadcastMessage message) {
        switch (random.nextInt(8)) {
            case 0, 1 -> send(one, message, events.accepted(message, one.no()));
            case 2 -> send(one, message, events.unknown(message, one.no()));
            case 3 -> tell(one, events.unknown(message, one.no()), events.returned(message, one.no()));
            case 4 -> tell(one, events.returned(message, one.no()));
            case 5 -> tell(one, events.deferred(message, one.no(), Instant.now(), DeferReason.HOURLY_CAP));
            case 6 -> tell(one, events.failed(message, one.no()));
            default -> tell(one, events.rejected(message, one.no()));
        }
    }

    /** It goes out; receipts may follow, or come first. */
    private void send(Try one, BroadcastMessage message, DeliveryEvent outcome) {
        sent.merge(message.id(), 1, Integer::sum);
        switch (random.nextInt(4)) {
            case 0 -> tell(one, outcome);
            case 1 -> tell(one, outcome, events.delivered(message, one.no()));
            case 2 -> tell(one, outcome, events.delivered(message, one.no()), events.read(message, one.no()));
            default -> {
                // Whoever tells that it was refused after all has marked that try as one that reached nobody.
                waive(one.message(), one.no());
                tell(one, outcome, events.refused(message, one.no()));
            }
        }
    }

    private void tell(Try one, DeliveryEvent... facts) {
        told.put(one, List.of(facts));
        untold.addAll(List.of(facts));
    }
}
