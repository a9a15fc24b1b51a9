package io.siaran.sequence.progress;

import static io.siaran.sequence.Fitness.challenge;
import static io.siaran.sequence.Fitness.step;
import static io.siaran.sequence.Fitness.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.localstack.TestServers;
import io.siaran.model.BroadcastMessage;
import io.siaran.model.DeviceStatus;
import io.siaran.model.FailureReason;
import io.siaran.model.MessageState;
import io.siaran.model.SequenceId;
import io.siaran.sequence.PlayedQueue;
import io.siaran.sequence.PlayedQueue.Entry;
import io.siaran.sequence.PlayedQueue.Sent;
import io.siaran.sequence.Stage;
import io.siaran.sequence.Tenant;
import io.siaran.sequence.VirtualTime;
import io.siaran.sequence.enrolment.Replies;
import io.siaran.sequence.firing.TriggerRuns;
import io.siaran.sql.Sql;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any order of entries, sends, failures, lost answers, late truths, retries, replies, moves, outages, edits and repetitions. A seed that
 * failed is in the name of the test. More of them: {@code -Dseeds=4,5,6}.
 */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class WhateverHappensTest {

    private static final int EVENTS = 50;
    private static final String RECOUNT = Sql.load(WhateverHappensTest.class, "recount.sql");

    @Inject
    Stage stage;

    @Inject
    TriggerRuns runs;

    @Inject
    StatusIntake statuses;

    @Inject
    SettleUnknownSteps unknown;

    @Inject
    SendStrandedSteps stranded;

    @Inject
    FollowEdits edits;

    @Inject
    FoldReports fold;

    @Inject
    Replies replies;

    private Random random;
    private Tenant toko;
    private VirtualTime time;
    private PlayedQueue queue;
    private SequenceId sequence;
    private List<Tenant.Lead> leads;
    private Map<Tenant.Lead, Integer> assignments;

    static LongStream seeds() {
        return Stream.of(System.getProperty("seeds", "1,2,3").split(",")).mapToLong(Long::parseLong);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void no_step_comes_twice_or_early_or_out_of_order_and_every_contact_ends_with_a_reason(long seed) {
        // Given
        random = new Random(seed);
        toko = stage.tenant();
        time = new VirtualTime(stage, toko);
        queue = new PlayedQueue(toko, time, statuses::apply);
        sequence = toko.sequence(document(true));
        assignments = new HashMap<>();
        leads = IntStream.range(0, 8)
                .mapToObj(i -> toko.lead("Lead " + i).carrying("fitness_start", 1))
                .toList();
        toko.tell(leads);

        // When
        for (int event = 0; event < EVENTS; event++) {
            happens();
            assertOneOfAWalkAtATime();
        }
        settle();

        // Then
        assertThat(queue.ledger())
                .extracting(sent -> sent.message().contactId())
                .as("each step of each walk, once")
                .doesNotHaveDuplicates();
        assertThat(queue.ledger()).allSatisfy(sent -> assertThat(sent.at()).isAfterOrEqualTo(sent.dueAt()));
        assertThat(places()).allSatisfy((walk, places) -> assertThat(places).isSorted());
        assertThat(open()).as("everybody has ended, for a reason").isEmpty();
        assertThat(miscounted()).isEmpty();
        fold.run();
        assertThat(miscounted()).isEmpty();
    }

    private void happens() {
        switch (random.nextInt(13)) {
            case 0, 1, 2 -> time.pass(Duration.ofMinutes(random.nextInt(30 * 60)));
            case 3 ->
                somebody(lead -> lead.on(random.nextBoolean() ? toko.merah() : toko.biru())
                        .told());
            case 4 ->
                toko.become(
                        random.nextBoolean() ? toko.merah() : toko.biru(),
                        random.nextInt(3) == 0 ? DeviceStatus.OFFLINE : DeviceStatus.ONLINE);
            case 5 -> put(document(random.nextInt(4) > 0));
            case 6 -> somebody(lead -> replies.from(toko, lead, time.stored(time.now())));
            case 7 -> somebody(this::loseOrGetTheTrigger);
            case 8 -> {
                unknown.run();
                stranded.run();
            }
            case 9 -> runs.repeatWhatIsSilent();
            default -> act();
        }
        if (random.nextBoolean()) {
            edits.run();
        }
        stage.pass();
        queue.take();
    }

    /** The queue and the gateway do what they may to a message. */
    private void act() {
        for (Entry entry : queue.entries()) {
            if (random.nextInt(3) > 0) {
                continue;
            }
            switch (entry.state) {
                case PENDING -> sendOrNot(entry);
                case UNKNOWN -> tellTheTruth(entry);
                case FAILED -> {
                    if (!entry.reached && random.nextInt(4) == 0) {
                        queue.retry(entry);
                    }
                }
                default -> queue.repeat(entry);
            }
            queue.take();
        }
    }

    private void sendOrNot(Entry entry) {
        switch (random.nextInt(8)) {
            case 0 -> queue.become(entry, MessageState.FAILED, FailureReason.PROVIDER_FAILED);
            case 1 -> queue.lose(entry, random.nextBoolean());
            case 2 -> queue.become(entry, MessageState.CANCELLED, FailureReason.DEVICE_DELETED);
            default -> queue.send(entry);
        }
    }

    private void tellTheTruth(Entry entry) {
        if (entry.reached && random.nextInt(3) == 0) {
            // The device's policy has it tried again, and then the device is deleted.
            queue.become(entry, MessageState.PENDING, null);
            queue.become(entry, MessageState.CANCELLED, FailureReason.DEVICE_DELETED);
        } else if (entry.reached) {
            queue.become(entry, MessageState.SENT, null);
        } else if (random.nextBoolean()) {
            queue.become(entry, MessageState.FAILED, FailureReason.PROVIDER_FAILED);
        } else {
            queue.retry(entry);
        }
    }

    private void loseOrGetTheTrigger(Tenant.Lead lead) {
        if (random.nextInt(3) == 0) {
            lead.without("fitness_start").told();
        } else {
            lead.carrying("fitness_start", assignments.merge(lead, 1, Integer::sum) + 1L)
                    .told();
        }
    }

    private void somebody(Consumer<Tenant.Lead> does) {
        does.accept(leads.get(random.nextInt(leads.size())));
    }

    /** Steps 1 to 6, of which some are there, in some order, after some waits. */
    private Map<String, Object> document(boolean active) {
        List<Map<String, Object>> steps = new ArrayList<>();
        for (int number = 1; number <= 6; number++) {
            if (number == 1 || random.nextInt(4) > 0) {
                Map<String, Object> step = step(number);
                step.put("day_number", number == 1 ? 1 : 2 + random.nextInt(5));
                step.put("trigger_delay_hours", number == 1 ? 0 : random.nextInt(48));
                steps.add(step);
            }
        }
        Map<String, Object> document = with(challenge(1), "steps", steps);
        document.put("status", active ? "active" : "inactive");
        document.put("allow_reentry", true);
        document.put("stop_on_reply", random.nextInt(3) == 0);
        document.put("on_failure", random.nextInt(3) == 0 ? "stop" : "continue");
        document.put("on_unknown", random.nextInt(3) == 0 ? "stop" : "continue");
        return document;
    }

    private void put(Map<String, Object> document) {
        toko.as("operator")
                .body(document)
                .put("/api/v1/sequences/" + sequence)
                .then()
                .statusCode(200);
    }

    /** Devices are back, people wait, every message gets its chance, and nobody enters any more. */
    private void settle() {
        put(document(true));
        toko.become(toko.merah(), DeviceStatus.ONLINE);
        toko.become(toko.biru(), DeviceStatus.ONLINE);
        for (int round = 0; round < 40 && !(open().isEmpty() && round > 0); round++) {
            edits.run();
            stage.pass();
            queue.take();
            queue.entries().stream()
                    .filter(entry -> entry.state == MessageState.UNKNOWN)
                    .toList()
                    .forEach(entry -> queue.become(
                            entry,
                            entry.reached ? MessageState.SENT : MessageState.FAILED,
                            entry.reached ? null : FailureReason.PROVIDER_FAILED));
            queue.waiting().forEach(queue::send);
            moveWhoseStepEndedWithItsDevice();
            stranded.run();
            time.pass(Duration.ofHours(49));
            runs.repeatWhatIsSilent();
        }
    }

    /** So that it goes out from there. */
    private void moveWhoseStepEndedWithItsDevice() {
        for (Row row : stage.database()
                .run(
                        "SELECT lead_id, processing_device_id FROM sequence_contacts WHERE user_id = $1 AND status = 'cancelled'"
                                + " AND settled_at IS NULL",
                        toko.user().value())) {
            leads.stream()
                    .filter(lead -> lead.id().value().equals(row.getUUID("lead_id")))
                    .forEach(lead -> lead.on(
                                    row.getUUID("processing_device_id")
                                                    .equals(toko.merah().value())
                                            ? toko.biru()
                                            : toko.merah())
                            .told());
        }
    }

    private void assertOneOfAWalkAtATime() {
        assertThat(stage.database()
                        .run(
                                "SELECT enrolment_id FROM sequence_contacts WHERE user_id = $1 AND status = 'active'"
                                        + " GROUP BY 1 HAVING count(*) > 1",
                                toko.user().value()))
                .isEmpty();
    }

    /** Of each walk the places of its steps, as they reached the phone. */
    private Map<UUID, List<Integer>> places() {
        Map<UUID, List<Integer>> places = new HashMap<>();
        for (Sent sent : queue.ledger()) {
            BroadcastMessage message = sent.message();
            stage.database()
                    .run(
                            "SELECT enrolment_id, current_step FROM sequence_contacts WHERE id = $1",
                            message.contactId().value())
                    .forEach(row -> places.computeIfAbsent(row.getUUID(0), none -> new ArrayList<>())
                            .add(row.getInteger(1)));
        }
        return places;
    }

    private List<String> open() {
        List<String> open = new ArrayList<>();
        stage.database()
                .run(
                        "SELECT e.id, string_agg(c.status, ' ' ORDER BY c.current_step) FROM enrolments e"
                                + " JOIN sequence_contacts c ON c.enrolment_id = e.id WHERE e.user_id = $1 AND e.status = 'open'"
                                + " GROUP BY e.id",
                        toko.user().value())
                .forEach(row -> open.add(row.getUUID(0) + ": " + row.getString(1)));
        return Collections.unmodifiableList(open);
    }

    /** Where the counts are not what there is. */
    private List<String> miscounted() {
        List<String> wrong = new ArrayList<>();
        stage.database().run(RECOUNT, sequence.value()).forEach(row -> wrong.add(row.deepToString()));
        return wrong;
    }
}
