package io.siaran.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.siaran.kafka.OutboxRecord;
import io.siaran.kafka.Publisher;
import io.siaran.localstack.TopicLog;
import io.siaran.model.BroadcastMessage;
import io.siaran.model.BroadcastRecord;
import io.siaran.model.Json;
import io.siaran.model.LeadCommand;
import io.siaran.model.MessageStatus;
import io.siaran.model.Plan;
import io.siaran.model.SequenceEvent;
import io.siaran.model.SequenceId;
import io.siaran.model.Topic;
import io.siaran.model.UserEvent;
import io.siaran.model.UserId;
import io.siaran.model.Withdraw;
import io.siaran.sequence.firing.TriggerRuns;
import io.siaran.sql.Database;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Plays the services around this one, over the real broker, and moves the trigger processor by hand. */
@ApplicationScoped
public class Stage {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Inject
    Publisher publisher;

    @Inject
    Database database;

    @Inject
    TriggerRuns passes;

    /** A user of its own, with the online devices Merah and Biru. */
    public Tenant tenant() {
        return new Tenant(this, new UserId("toko-" + UUID.randomUUID()));
    }

    public void pass() {
        passes.pass();
    }

    /** What was fired for this user, each as often as it was published. */
    public List<BroadcastMessage> fired(Tenant tenant) {
        return heard(Topic.BROADCAST_MESSAGES, BroadcastRecord.class).stream()
                .filter(BroadcastMessage.class::isInstance)
                .map(BroadcastMessage.class::cast)
                .filter(message -> message.userId().equals(tenant.user()))
                .toList();
    }

    public BroadcastMessage firedFor(Tenant.Lead lead, Tenant tenant) {
        return fired(tenant).stream()
                .filter(message -> message.leadId().equals(lead.id()))
                .findFirst()
                .orElseThrow();
    }

    /** Why leads of this user left sequences. */
    public List<String> leftReasons(Tenant tenant) {
        return events(tenant).stream()
                .filter(SequenceEvent.Left.class::isInstance)
                .map(event -> ((SequenceEvent.Left) event).reason())
                .toList();
    }

    public List<Withdraw> withdrawn(Tenant tenant) {
        return heard(Topic.BROADCAST_MESSAGES, BroadcastRecord.class).stream()
                .filter(Withdraw.class::isInstance)
                .map(Withdraw.class::cast)
                .filter(message -> message.userId().equals(tenant.user()))
                .toList();
    }

    public List<LeadCommand> commands(Tenant tenant) {
        return heard(Topic.LEAD_COMMANDS, LeadCommand.class).stream()
                .filter(command -> command.userId().equals(tenant.user()))
                .toList();
    }

    public List<SequenceEvent> events(Tenant tenant) {
        return heard(Topic.SEQUENCE_EVENTS, SequenceEvent.class).stream()
                .filter(event -> event.userId().equals(tenant.user()))
                .toList();
    }

    /** What the audit was told of this user. */
    public List<UserEvent.Done> deeds(Tenant tenant) {
        return heard(Topic.USER_EVENTS, UserEvent.class).stream()
                .filter(event -> event.userId().equals(tenant.user()))
                .map(UserEvent.Done.class::cast)
                .toList();
    }

    public List<Plan> plans(Tenant tenant) {
        return heard(Topic.PLANS, Plan.class).stream()
                .filter(plan -> plan.userId().equals(tenant.user()))
                .toList();
    }

    private static <T> List<T> heard(Topic topic, Class<T> type) {
        return TopicLog.of(topic.topicName()).records().stream()
                .map(record -> Json.read(record.value(), type))
                .toList();
    }

    /** Dispatch tells it; returns when the contact knows this version. */
    public void tell(MessageStatus status) {
        say(status);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(messageVersion(status)).isGreaterThanOrEqualTo(status.version()));
    }

    public void say(MessageStatus status) {
        say(Topic.MESSAGE_STATUS, status.deviceId().toString(), status);
    }

    void say(Topic topic, String key, Object record) {
        publisher.publish(List.of(new OutboxRecord(topic, key, record)));
    }

    void awaitVersion(String table, UUID id, long version) {
        await().pollDelay(Duration.ZERO)
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(database.run("SELECT version FROM " + table + " WHERE id = $1", id))
                        .anySatisfy(row -> assertThat(row.getLong(0)).isGreaterThanOrEqualTo(version)));
    }

    void awaitSuppression(UserId user, String phone, long version) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(database.run(
                                "SELECT version FROM suppressions WHERE user_id = $1 AND phone = $2",
                                user.value(),
                                phone))
                        .anySatisfy(row -> assertThat(row.getLong(0)).isGreaterThanOrEqualTo(version)));
    }

    /** Steps of the sequence by status, in the order of the walk: {@code sent active pending}. */
    public String contacts(SequenceId sequence, Tenant.Lead lead) {
        return database.run(
                        "SELECT coalesce(string_agg(c.status, ' ' ORDER BY e.entered_at, c.current_step), '')"
                                + " FROM sequence_contacts c JOIN enrolments e ON e.id = c.enrolment_id"
                                + " WHERE c.sequence_id = $1 AND c.lead_id = $2",
                        sequence.value(),
                        lead.id().value())
                .iterator()
                .next()
                .getString(0);
    }

    public Database database() {
        return database;
    }

    private long messageVersion(MessageStatus status) {
        return database.run(
                        "SELECT message_version FROM sequence_contacts WHERE id = $1",
                        status.contactId().value())
                .iterator()
                .next()
                .getLong(0);
    }
}
