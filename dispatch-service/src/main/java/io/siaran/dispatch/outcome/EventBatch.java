package io.siaran.dispatch.outcome;

import io.siaran.dispatch.message.MessageChange;
import io.siaran.dispatch.message.QueuedMessage;
import io.siaran.dispatch.queue.DeviceQueue.Hold;
import io.siaran.model.DeliveryEvent;
import io.siaran.model.DeviceId;
import io.siaran.model.MessageId;
import io.siaran.model.MessageState;
import io.siaran.model.Recall;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What one batch of events makes of locked messages, decided event by event before anything is written. */
final class EventBatch {

    private final Map<MessageId, QueuedMessage> messages;
    private final OrderedChanges rounds = new OrderedChanges();
    private final Set<DeviceId> devicesWithRoom = new HashSet<>();
    private final List<Hold> holds = new ArrayList<>();
    private final List<Recall> superfluous = new ArrayList<>();
    private final Set<MessageId> backFromUnknown = new HashSet<>();

    EventBatch(Map<MessageId, QueuedMessage> messages) {
        this.messages = new HashMap<>(messages);
    }

    /** The message as it is after all that was added; null when it is not in the queue. */
    QueuedMessage message(DeliveryEvent event) {
        return messages.get(event.messageId());
    }

    /** @param hold of the device, if the event moves its message, and that was in flight */
    void add(DeliveryEvent event, List<MessageChange> changes, Optional<Hold> hold) {
        for (MessageChange change : changes) {
            QueuedMessage before = messages.get(change.id());
            rounds.add(change);
            messages.put(change.id(), before.after(change));
            if (change instanceof MessageChange.StatusChange move) {
                follow(event, before, move);
                // What is known late of a try that was given up says nothing of its device now.
                if (before.status() == MessageState.PROCESSING) {
                    hold.ifPresent(this::hold);
                }
            }
        }
    }

    private void follow(DeliveryEvent event, QueuedMessage before, MessageChange.StatusChange move) {
        devicesWithRoom.add(before.deviceId());
        if (move instanceof MessageChange.Requeued && before.status() == MessageState.UNKNOWN) {
            backFromUnknown.add(move.id());
        }
        boolean anotherTryIsUnderWay = before.status() == MessageState.PROCESSING && before.tryNo() != event.tryNo();
        if (move instanceof MessageChange.Sent && anotherTryIsUnderWay) {
            superfluous.add(new Recall(before.id(), before.tryNo(), event.userId(), before.deviceId()));
        }
    }

    private void hold(Hold hold) {
        devicesWithRoom.add(hold.device());
        holds.add(hold);
    }

    List<List<MessageChange>> rounds() {
        return rounds.inOrder();
    }

    Set<DeviceId> devicesWithRoom() {
        return devicesWithRoom;
    }

    List<Hold> holds() {
        return holds;
    }

    /** Tries under way of messages that turned out to be sent by another one. */
    List<Recall> superfluous() {
        return superfluous;
    }

    /** Messages that wait again after nobody knew, and nobody looked after them. */
    Set<MessageId> backFromUnknown() {
        return backFromUnknown;
    }
}
