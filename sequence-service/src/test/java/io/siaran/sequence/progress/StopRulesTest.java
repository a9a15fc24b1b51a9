package io.siaran.sequence.progress;

import static io.siaran.sequence.Fitness.challenge;
import static io.siaran.sequence.Fitness.with;
import static io.siaran.sequence.Fitness.withStep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.localstack.TestServers;
import io.siaran.model.DeviceId;
import io.siaran.model.DeviceStatus;
import io.siaran.model.FailureReason;
import io.siaran.model.MessageState;
import io.siaran.model.SequenceId;
import io.siaran.model.TargetStatus;
import io.siaran.model.Withdraw;
import io.siaran.sequence.PlayedQueue;
import io.siaran.sequence.PlayedQueue.Entry;
import io.siaran.sequence.Stage;
import io.siaran.sequence.Tenant;
import io.siaran.sequence.VirtualTime;
import io.siaran.sequence.enrolment.LeftReason;
import io.siaran.sequence.enrolment.Replies;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Each reason to leave, while a contact waits for each step and while that step is in the queue. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class StopRulesTest {

    private static final int STEPS = 3;

    /** What only a message that is out can bring. */
    private static final Set<LeftReason> OUTCOMES = EnumSet.of(
            LeftReason.MESSAGE_CANCELLED, LeftReason.STEP_FAILED, LeftReason.STEP_UNKNOWN, LeftReason.CONTACT_REJECTED);

    /** One of the same person takes two leads; FireDueStepsTest has them. */
    private static final Set<LeftReason> REASONS = EnumSet.complementOf(EnumSet.of(LeftReason.SAME_PERSON));

    @Inject
    Stage stage;

    @Inject
    StatusIntake statuses;

    @Inject
    SettleUnknownSteps unknown;

    @Inject
    Replies replies;

    private Tenant toko;
    private VirtualTime time;
    private PlayedQueue queue;
    private SequenceId fitness;

    /** A contact who leaves for a reason at a step, queued or not. */
    private record Case(
            LeftReason reason, int step, boolean queued, Tenant.Lead lead, DeviceId device, SequenceId sequence) {

        @Override
        public String toString() {
            return reason + " at step " + step + (queued ? ", queued" : ", waiting");
        }
    }

    @Test
    void every_reason_ends_a_walk_at_every_step_whether_it_waits_or_is_queued() {
        // Given
        toko = stage.tenant();
        time = new VirtualTime(stage, toko);
        queue = new PlayedQueue(toko, time, statuses::apply);
        fitness = toko.sequence(stopping("fitness_start"));
        List<Case> cases = cases();
        toko.tell(cases.stream().map(Case::lead).toList());
        stage.pass();

        // When
        for (int step = 1; step <= STEPS; step++) {
            leave(cases, step, false);
            time.pass(Duration.ofHours(25));
            stage.pass();
            List<Entry> fired = queue.take();
            leave(cases, step, true);
            queue.take();
            send(cases, step, fired);
        }
        time.pass(Duration.ofHours(25));
        unknown.run();
        stage.pass();
        queue.take();

        // Then
        Map<UUID, Row> ended = ended();
        assertThat(cases).hasSize(8 * 2 * STEPS + OUTCOMES.size() * STEPS).allSatisfy(each -> {
            Row row = ended.get(each.lead().id().value());
            assertThat(row.getString("left_reason"))
                    .as(each.toString())
                    .isEqualTo(each.reason().wire());
            assertThat(row.getString("statuses")).as(each.toString()).matches(expected(each));
        });
        assertThat(fired()).as("what was fired, by lead").isEqualTo(shouldBeFired(cases));
        await().untilAsserted(() -> {
            Set<Object> withdrawn =
                    stage.withdrawn(toko).stream().map(Withdraw::id).collect(Collectors.toSet());
            assertThat(cases)
                    .filteredOn(Case::queued)
                    .allSatisfy(each -> assertThat(withdrawn)
                            .as(each.toString())
                            .contains(lastFired(each).message.id()));
        });
    }

    private List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (LeftReason reason : REASONS) {
            for (int step = 1; step <= STEPS; step++) {
                for (boolean queued : OUTCOMES.contains(reason) ? List.of(true) : List.of(false, true)) {
                    cases.add(one(reason, step, queued));
                }
            }
        }
        return cases;
    }

    /** With a device of its own, and a sequence of its own where that is to be deleted. */
    private Case one(LeftReason reason, int step, boolean queued) {
        String name = reason + "-" + step + "-" + queued;
        DeviceId device = toko.merah();
        if (reason == LeftReason.DEVICE_DELETED) {
            device = new DeviceId(UUID.randomUUID());
            toko.become(device, DeviceStatus.ONLINE);
        }
        boolean own = reason == LeftReason.SEQUENCE_DELETED;
        String trigger = own ? name.toLowerCase().replace('_', '-') : "fitness_start";
        SequenceId sequence = own ? toko.sequence(stopping(trigger)) : fitness;
        return new Case(reason, step, queued, toko.lead(name).on(device).carrying(trigger, 1), device, sequence);
    }

    /** But for those who have left: their messages are being withdrawn. */
    private void send(List<Case> cases, int step, List<Entry> fired) {
        Set<UUID> left = cases.stream()
                .filter(each -> each.step() == step)
                .map(each -> each.lead().id().value())
                .collect(Collectors.toSet());
        fired.stream()
                .filter(entry -> !left.contains(entry.message.leadId().value()))
                .forEach(queue::send);
    }

    private void leave(List<Case> cases, int step, boolean queued) {
        List<Case> leaving = cases.stream()
                .filter(each -> each.step() == step && each.queued() == queued)
                .toList();
        leaving.forEach(this::leave);
        stage.pass();
    }

    private void leave(Case each) {
        Tenant.Lead lead = each.lead();
        switch (each.reason()) {
            case LEAD_DELETED -> lead.deleted().told();
            case SUPPRESSED -> toko.suppress(lead);
            case SEQUENCE_DELETED -> {
                toko.deactivate(each.sequence());
                toko.as("operator")
                        .delete("/api/v1/sequences/" + each.sequence())
                        .then()
                        .statusCode(204);
            }
            case TRIGGER_REMOVED -> lead.without("fitness_start").told();
            case STATUS_CHANGED -> lead.being(TargetStatus.CUSTOMER).told();
            case REPLIED -> replies.from(toko, lead, time.stored(time.now()));
            case DEVICE_DELETED -> {
                toko.delete(each.device());
                if (each.queued()) {
                    queue.become(lastFired(each), MessageState.CANCELLED, FailureReason.DEVICE_DELETED);
                }
            }
            case TAKEN_OUT ->
                toko.as("operator")
                        .delete("/api/v1/sequences/" + each.sequence() + "/contacts/" + lead.id())
                        .then()
                        .statusCode(204);
            case MESSAGE_CANCELLED ->
                queue.become(lastFired(each), MessageState.CANCELLED, FailureReason.CANCELLED_BY_USER);
            case STEP_FAILED -> queue.become(lastFired(each), MessageState.FAILED, FailureReason.PROVIDER_FAILED);
            case STEP_UNKNOWN -> queue.lose(lastFired(each), false);
            case CONTACT_REJECTED -> queue.become(lastFired(each), MessageState.FAILED, FailureReason.CONTACT_REJECTED);
            case SAME_PERSON -> throw new AssertionError("who is somebody else as well is tested with the firing");
        }
    }

    private Entry lastFired(Case each) {
        return queue.entries().stream()
                .filter(entry -> entry.message.leadId().equals(each.lead().id()))
                .reduce((first, second) -> second)
                .orElseThrow(() -> new AssertionError(each + " was not fired"));
    }

    /** Sent before, cancelled or without success at the step, cancelled after it. */
    private static String expected(Case each) {
        String at = each.reason() == LeftReason.STEP_FAILED || each.reason() == LeftReason.CONTACT_REJECTED
                ? "failed"
                : each.reason() == LeftReason.STEP_UNKNOWN ? "unknown" : "cancelled";
        return "(sent ){%d}%s( cancelled){%d}".formatted(each.step() - 1, at, STEPS + 1 - each.step());
    }

    private Map<UUID, Long> fired() {
        return queue.entries().stream()
                .collect(Collectors.groupingBy(entry -> entry.message.leadId().value(), Collectors.counting()));
    }

    private static Map<UUID, Long> shouldBeFired(List<Case> cases) {
        Map<UUID, Long> fired = new HashMap<>();
        for (Case each : cases) {
            long steps = each.step() - (each.queued() ? 0 : 1);
            if (steps > 0) {
                fired.put(each.lead().id().value(), steps);
            }
        }
        return fired;
    }

    private Map<UUID, Row> ended() {
        Map<UUID, Row> ended = new HashMap<>();
        stage.database()
                .run(
                        "SELECT e.lead_id, e.left_reason, string_agg(c.status, ' ' ORDER BY c.current_step) AS statuses"
                                + " FROM enrolments e JOIN sequence_contacts c ON c.enrolment_id = e.id WHERE e.user_id = $1"
                                + " GROUP BY e.id",
                        toko.user().value())
                .forEach(row -> ended.put(row.getUUID("lead_id"), row));
        return ended;
    }

    /** A step more than anybody gets to, each an hour or a day after the one before. */
    private static Map<String, Object> stopping(String trigger) {
        Map<String, Object> document = with(challenge(STEPS + 1), "trigger", trigger);
        document.put("stop_on_reply", true);
        document.put("stop_on_status", true);
        document.put("on_failure", "stop");
        document.put("on_unknown", "stop");
        return withStep(document, 0, "trigger_delay_hours", 1);
    }
}
