package io.siaran.sequence;

import io.siaran.localstack.TopicLog;
import io.siaran.model.BroadcastMessage;
import io.siaran.model.BroadcastRecord;
import io.siaran.model.FailureReason;
import io.siaran.model.Json;
import io.siaran.model.MessageId;
import io.siaran.model.MessageState;
import io.siaran.model.MessageStatus;
import io.siaran.model.Topic;
import io.siaran.model.Withdraw;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Plays dispatch and everything behind it for one tenant: takes what is published once an id, lets it wait, sends it when the test says
 * so, and keeps a ledger of what really went to a phone.
 */
public final class PlayedQueue {

    /** One message in the queue. */
    public static final class Entry {

        public final BroadcastMessage message;
        /** When it was due, by the clock of the tenant. */
        public final Instant dueAt;

        public MessageState state = MessageState.PENDING;
        /** Whether a phone got it, whatever the queue believes. */
        public boolean reached;

        private long version = 1;

        private Entry(BroadcastMessage message, Instant dueAt) {
            this.message = message;
            this.dueAt = dueAt;
        }

        public boolean mayBeSent() {
            return state == MessageState.PENDING;
        }
    }

    /** @param at by the clock of the tenant */
    public record Sent(BroadcastMessage message, Instant dueAt, Instant at) {}

    private final Tenant tenant;
    private final VirtualTime time;
    private final Consumer<List<MessageStatus>> listener;
    private final Map<MessageId, Entry> entries = new LinkedHashMap<>();
    private final Set<MessageId> withdrawn = new HashSet<>();
    private final List<Sent> ledger = new ArrayList<>();
    private int read;

    /** @param listener gets each status, such as the intake of the service */
    public PlayedQueue(Tenant tenant, VirtualTime time, Consumer<List<MessageStatus>> listener) {
        this.tenant = tenant;
        this.time = time;
        this.listener = listener;
        this.read = TopicLog.of(Topic.BROADCAST_MESSAGES.topicName()).records().size();
    }

    /** Takes what was published since the last time; answers the messages that are new. */
    public List<Entry> take() {
        List<Entry> fresh = new ArrayList<>();
        var records = TopicLog.of(Topic.BROADCAST_MESSAGES.topicName()).records();
        for (; read < records.size(); read++) {
            switch (Json.read(records.get(read).value(), BroadcastRecord.class)) {
                case BroadcastMessage message when message.userId().equals(tenant.user()) -> store(message, fresh);
                case Withdraw withdraw when withdraw.userId().equals(tenant.user()) -> withdraw(withdraw.id());
                default -> {}
            }
        }
        return fresh;
    }

    private void store(BroadcastMessage message, List<Entry> fresh) {
        Entry known = entries.get(message.id());
        if (known != null) {
            repeat(known);
            return;
        }
        Entry entry = new Entry(message, time.virtual(message.scheduledAt()));
        entries.put(message.id(), entry);
        fresh.add(entry);
        if (withdrawn.contains(message.id())) {
            become(entry, MessageState.CANCELLED, FailureReason.WITHDRAWN);
        }
    }

    private void withdraw(MessageId id) {
        withdrawn.add(id);
        Entry entry = entries.get(id);
        if (entry != null && entry.mayBeSent()) {
            become(entry, MessageState.CANCELLED, FailureReason.WITHDRAWN);
        }
    }

    /** A person has it tried again; what was withdrawn ends instead. */
    public void retry(Entry entry) {
        if (withdrawn.contains(entry.message.id())) {
            become(entry, MessageState.CANCELLED, FailureReason.WITHDRAWN);
        } else {
            become(entry, MessageState.PENDING, null);
        }
    }

    public List<Entry> entries() {
        return List.copyOf(entries.values());
    }

    public List<Entry> waiting() {
        return entries.values().stream().filter(Entry::mayBeSent).toList();
    }

    public List<Sent> ledger() {
        return ledger;
    }

    /** To the phone, and told. */
    public void send(Entry entry) {
        Instant at = time.now();
        reach(entry, at);
        become(entry, MessageState.SENT, null, at);
    }

    /** Nobody knows whether a phone got it. */
    public void lose(Entry entry, boolean reached) {
        Instant at = time.now();
        if (reached) {
            reach(entry, at);
        }
        become(entry, MessageState.UNKNOWN, null, at);
    }

    public void become(Entry entry, MessageState state, FailureReason reason) {
        become(entry, state, reason, time.now());
    }

    private void become(Entry entry, MessageState state, FailureReason reason, Instant at) {
        entry.state = state;
        entry.version++;
        tell(entry, reason, at);
    }

    /** Once more what was told last. */
    public void repeat(Entry entry) {
        tell(entry, null, time.now());
    }

    private void reach(Entry entry, Instant at) {
        if (!entry.reached) {
            entry.reached = true;
            ledger.add(new Sent(entry.message, entry.dueAt, at));
        }
    }

    private void tell(Entry entry, FailureReason reason, Instant at) {
        if (entry.version > 1) {
            listener.accept(
                    List.of(Statuses.status(entry.message, entry.version, entry.state, reason, time.stored(at))));
        }
    }
}
