package io.siaran.dispatch.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import io.siaran.dispatch.Cast;
import io.siaran.dispatch.message.Decision;
import io.siaran.dispatch.message.Evidence;
import io.siaran.dispatch.message.MessageChange;
import io.siaran.dispatch.message.QueuedMessage;
import io.siaran.dispatch.message.Ruling;
import io.siaran.model.DeferReason;
import io.siaran.model.DeliveryEvent;
import io.siaran.model.FailReason;
import io.siaran.model.FailureReason;
import io.siaran.model.MessageId;
import io.siaran.model.MessageState;
import io.siaran.model.RejectReason;
import io.siaran.model.ReturnReason;
import io.siaran.model.UnknownPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every state × everything that can happen, as a table to read: what the message becomes, {@code +} where its status stays
 * and it knows more, {@code .} where nothing changes, {@code no} where an operator is refused. The same table stands in
 * docs/states.md.
 */
class EveryMoveTest {

    private static final Instant NOW = Instant.parse("2026-11-27T02:00:00Z");
    private static final Instant EARLIER = NOW.minusSeconds(60);
    private static final MessageId ID = MessageId.random(NOW, new Random(1));

    private final Verdict verdict =
            new Verdict(new RetryPolicy(3, Duration.ofSeconds(30), 4, Duration.ofMinutes(15), 0), new Random(1));

    @Test
    void of_the_try_that_is_under_way_or_was_the_last() {
        assertThat(table(eventsOf(2), this::afterEvent)).isEqualTo("""
                               | pending    processing in_flight* unknown    sent       delivered  failed     rejected   cancelled
                accepted       | sent       sent       sent       sent       +          +          sent       +          sent
                delivered      | sent+      sent+      sent+      sent+      +          .          sent+      sent+      sent+
                read           | sent++     sent++     sent++     sent++     ++         +          sent++     sent++     sent++
                refused        | +          failed     failed     failed     failed     .          +          .          +
                returned       | .          pending    cancelled  pending    .          .          .          .          .
                deferred       | .          pending    cancelled  pending    .          .          .          .          .
                failed         | .          pending    cancelled  pending    .          .          .          .          .
                rejected       | .          failed     failed     failed     .          .          .          .          .
                unknown        | .          unknown    unknown    .          .          .          .          .          .
                """);
    }

    @Test
    void of_an_older_try() {
        assertThat(table(eventsOf(1), this::afterEvent)).isEqualTo("""
                               | pending    processing in_flight* unknown    sent       delivered  failed     rejected   cancelled
                accepted       | sent       sent       sent       sent       +          +          sent       sent       sent
                delivered      | sent+      sent+      sent+      sent+      +          +          sent+      sent+      sent+
                read           | sent++     sent++     sent++     sent++     ++         ++         sent++     sent++     sent++
                refused        | +          +          +          +          +          .          +          +          +
                returned       | .          .          .          .          .          .          .          .          .
                deferred       | .          .          .          .          .          .          .          .          .
                failed         | .          .          .          .          .          .          .          .          .
                rejected       | .          .          .          .          .          .          .          .          .
                unknown        | .          .          .          .          .          .          .          .          .
                """);
    }

    @Test
    void when_nobody_knows_the_device_decides() {
        Map<String, UnknownPolicy> policies = new LinkedHashMap<>();
        for (UnknownPolicy policy : UnknownPolicy.values()) {
            policies.put(policy.wire(), policy);
        }
        assertThat(table(policies, (message, policy) -> told(message, verdict.on(message, unknown(2), policy, NOW))))
                .isEqualTo("""
                               | pending    processing in_flight* unknown    sent       delivered  failed     rejected   cancelled
                hold           | .          unknown    unknown    .          .          .          .          .          .
                assume_sent    | .          sent       sent       .          .          .          .          .          .
                retry          | .          pending    unknown    .          .          .          .          .          .
                """);
    }

    @Test
    void what_people_may_decide() {
        Map<String, Decision> decisions = new LinkedHashMap<>();
        decisions.put("cancel", new Decision.Cancel());
        decisions.put("retry", new Decision.Retry());
        decisions.put("resolve: sent", new Decision.Resolve(MessageState.SENT));
        decisions.put("resolve: failed", new Decision.Resolve(MessageState.FAILED));
        assertThat(table(decisions, EveryMoveTest::afterDecision)).isEqualTo("""
                               | pending    processing in_flight* unknown    sent       delivered  failed     rejected   cancelled
                cancel         | cancelled  +          +          no         no         no         no         no         no
                retry          | no         no         no         pending    no         no         pending    pending    pending
                resolve: sent  | no         no         no         sent       no         no         no         no         no
                resolve: failed| no         no         no         failed     no         no         no         no         no
                """);
    }

    @Test
    void which_ends_a_person_may_undo() {
        String retryable = List.of(FailureReason.values()).stream()
                .filter(why -> new Decision.Retry().on(ended(why), NOW) instanceof Ruling.Granted)
                .map(FailureReason::wire)
                .collect(Collectors.joining(" "));

        assertThat(retryable)
                .isEqualTo(
                        "expired contact_rejected not_on_whatsapp message_rejected provider_failed media_unavailable suppressed"
                                + " cancelled_by_user rejected_after_accept resolved_as_failed");
    }

    @Test
    void a_retry_waives_the_try_that_the_gateway_may_take_for_one_that_went_out() {
        assertThat(waivedBy(columns().get("unknown"))).isEqualTo(2);
        assertThat(waivedBy(ended(FailureReason.RESOLVED_AS_FAILED))).isEqualTo(2);
        assertThat(waivedBy(ended(FailureReason.PROVIDER_FAILED))).isNull();
    }

    private static Integer waivedBy(QueuedMessage message) {
        Ruling.Granted granted = (Ruling.Granted) new Decision.Retry().on(message, NOW);
        return ((MessageChange.Restarted) granted.change()).supersedes();
    }

    private interface Cell<R> {
        String of(QueuedMessage message, R row);
    }

    private static <R> String table(Map<String, R> rows, Cell<R> cell) {
        Map<String, QueuedMessage> columns = columns();
        StringBuilder table = new StringBuilder(line("", columns.keySet().stream()));
        rows.forEach((name, row) ->
                table.append(line(name, columns.values().stream().map(message -> cell.of(message, row)))));
        return table.toString();
    }

    private static String line(String head, Stream<String> cells) {
        return "%-15s| ".formatted(head)
                + cells.map("%-10s"::formatted).collect(Collectors.joining(" ")).stripTrailing()
                + '\n';
    }

    private String afterEvent(QueuedMessage message, DeliveryEvent event) {
        return told(message, verdict.on(message, event, UnknownPolicy.HOLD, NOW));
    }

    /** The last status, where it is another one, and a plus for each fact that is only learnt. */
    private static String told(QueuedMessage message, List<MessageChange> changes) {
        QueuedMessage after = message;
        for (MessageChange change : changes) {
            after = after.after(change);
        }
        boolean moved = changes.stream().anyMatch(MessageChange.StatusChange.class::isInstance);
        long learnt = changes.stream()
                .filter(MessageChange.EvidenceAdded.class::isInstance)
                .count();
        return changes.isEmpty() ? "." : (moved ? after.status().wire() : "") + "+".repeat((int) learnt);
    }

    private static String afterDecision(QueuedMessage message, Decision decision) {
        return switch (decision.on(message, NOW)) {
            case Ruling.Refused refused -> "no";
            case Ruling.Granted granted -> {
                MessageState after = message.after(granted.change()).status();
                yield after == message.status() ? "+" : after.wire();
            }
        };
    }

    /** Each was released twice; in_flight* is to end as cancelled when it comes back. */
    private static Map<String, QueuedMessage> columns() {
        Evidence sent = new Evidence(Set.of(2), Set.of(), EARLIER, null, null, null, false);
        Evidence delivered = new Evidence(Set.of(2), Set.of(), EARLIER, EARLIER, null, null, false);
        Evidence rejected = new Evidence(Set.of(2), Set.of(2), EARLIER, null, null, null, false);
        Map<String, QueuedMessage> columns = new LinkedHashMap<>();
        columns.put("pending", message(MessageState.PENDING, null, null, Evidence.NONE));
        columns.put("processing", message(MessageState.PROCESSING, null, null, Evidence.NONE));
        columns.put(
                "in_flight*", message(MessageState.PROCESSING, FailureReason.CANCELLED_BY_USER, null, Evidence.NONE));
        columns.put("unknown", message(MessageState.UNKNOWN, null, null, Evidence.NONE));
        columns.put("sent", message(MessageState.SENT, null, null, sent));
        columns.put("delivered", message(MessageState.SENT, null, null, delivered));
        columns.put("failed", ended(FailureReason.PROVIDER_FAILED));
        columns.put("rejected", message(MessageState.FAILED, null, FailureReason.REJECTED_AFTER_ACCEPT, rejected));
        columns.put("cancelled", ended(FailureReason.CANCELLED_BY_USER));
        return columns;
    }

    private static QueuedMessage ended(FailureReason why) {
        Evidence evidence = why == FailureReason.REJECTED_AFTER_ACCEPT
                ? new Evidence(Set.of(2), Set.of(2), EARLIER, null, null, null, false)
                : Evidence.NONE;
        return message(why.status(), null, why, evidence);
    }

    private static QueuedMessage message(
            MessageState state, FailureReason ending, FailureReason reason, Evidence evidence) {
        return new QueuedMessage(ID, Cast.MERAH, state, 2, 1, NOW, ending, reason, evidence);
    }

    private static Map<String, DeliveryEvent> eventsOf(int tryNo) {
        Map<String, DeliveryEvent> events = new LinkedHashMap<>();
        events.put(
                "accepted",
                event(
                        (id, t) -> new DeliveryEvent.Accepted(id, t, Cast.AMINAH, Cast.MERAH, NOW, "wamid", "Hi"),
                        tryNo));
        events.put(
                "delivered", event((id, t) -> new DeliveryEvent.Delivered(id, t, Cast.AMINAH, Cast.MERAH, NOW), tryNo));
        events.put("read", event((id, t) -> new DeliveryEvent.Read(id, t, Cast.AMINAH, Cast.MERAH, NOW), tryNo));
        events.put(
                "refused",
                event((id, t) -> new DeliveryEvent.Refused(id, t, Cast.AMINAH, Cast.MERAH, NOW, "blocked"), tryNo));
        events.put(
                "returned",
                event(
                        (id, t) -> new DeliveryEvent.Returned(
                                id, t, Cast.AMINAH, Cast.MERAH, NOW, ReturnReason.RECALLED, null, null),
                        tryNo));
        events.put(
                "deferred",
                event(
                        (id, t) -> new DeliveryEvent.Deferred(
                                id, t, Cast.AMINAH, Cast.MERAH, NOW, NOW, DeferReason.DAILY_CAP),
                        tryNo));
        events.put(
                "failed",
                event(
                        (id, t) -> new DeliveryEvent.Failed(
                                id, t, Cast.AMINAH, Cast.MERAH, NOW, FailReason.PROVIDER_FAILED, "busy"),
                        tryNo));
        events.put(
                "rejected",
                event(
                        (id, t) -> new DeliveryEvent.Rejected(
                                id, t, Cast.AMINAH, Cast.MERAH, NOW, RejectReason.CONTACT_REJECTED, "no such number"),
                        tryNo));
        events.put("unknown", unknown(tryNo));
        return events;
    }

    private static DeliveryEvent unknown(int tryNo) {
        return new DeliveryEvent.Unknown(ID, tryNo, Cast.AMINAH, Cast.MERAH, NOW, "timeout");
    }

    private static DeliveryEvent event(BiFunction<MessageId, Integer, DeliveryEvent> of, int tryNo) {
        return of.apply(ID, tryNo);
    }
}
