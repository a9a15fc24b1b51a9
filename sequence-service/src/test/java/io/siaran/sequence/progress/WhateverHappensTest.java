package io.siaran.sequence.progress;

import static io.siaran.sequence.Fitness.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.localstack.TestServers;
import io.siaran.model.BroadcastMessage;
import io.siaran.model.DeviceId;
import io.siaran.model.DeviceStatus;
import io.siaran.model.FailureReason;
import io.siaran.model.LeadId;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any order of entries, sends, failures, lost answers, late truths, retries, replies, opt-outs, corrections, moves, outages, edits, chains
 * and repetitions. A seed that failed is in the name of the test. More of them: {@code -Dseeds=4,5,6}.
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
    private SequenceId warm;
    private LeadsOfChance leads;
    private Set<DeviceId> offline;

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
        warm = toko.sequence(with(documents().warm(), "allow_reentry", true));
        sequence = toko.sequence(documents().next(true));
        offline = new HashSet<>();
        leads = new LeadsOfChance(
                random, stage, toko, sequence, answer -> replies.from(toko, answer, time.stored(time.now())));
        leads.enter();

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
        assertThat(orphans()).isEmpty();
        assertThat(miscounted()).isEmpty();
        fold.run();
        assertThat(miscounted()).isEmpty();
    }

    private void happens() {
        switch (random.nextInt(16)) {
            case 0, 1, 2 -> time.pass(Duration.ofMinutes(random.nextInt(30 * 60)));
            case 3 -> become(random.nextBoolean() ? toko.merah() : toko.biru(), random.nextInt(3) == 0);
            case 4 -> put(documents().next(random.nextInt(4) > 0));
            case 5, 6, 7, 8 -> leads.somethingHappens();
            case 9 -> {
                unknown.run();
                stranded.run();
            }
            case 10 -> runs.repeatWhatIsSilent();
            default -> act();
        }
        leads.obeyCommands();
        if (random.nextBoolean()) {
            edits.run();
        }
        stage.pass();
        take();
    }

    /** Nothing goes to somebody who must not be written to, to another number, or by a device that is not the lead's or not there. */
    private void take() {
        for (Entry entry : queue.take()) {
            Tenant.Lead lead = leads.of(entry.message.leadId());
            assertThat(lead.isDeleted()).isFalse();
            assertThat(leads.optedOut()).doesNotContain(entry.message.recipientPhone());
            assertThat(entry.message.recipientPhone()).isEqualTo(lead.phone());
            assertThat(entry.message.deviceId()).isEqualTo(lead.device()).isNotIn(offline);
        }
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
            take();
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

    private void become(DeviceId device, boolean away) {
        toko.become(device, away ? DeviceStatus.OFFLINE : DeviceStatus.ONLINE);
        if (away) {
            offline.add(device);
        } else {
            offline.remove(device);
        }
    }

    private SequencesOfChance documents() {
        return new SequencesOfChance(random);
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
        put(documents().next(true));
        become(toko.merah(), false);
        become(toko.biru(), false);
        for (int round = 0; round < 40 && !(open().isEmpty() && round > 0); round++) {
            leads.obeyCommands();
            edits.run();
            stage.pass();
            take();
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
            boolean fromMerah =
                    row.getUUID("processing_device_id").equals(toko.merah().value());
            leads.of(new LeadId(row.getUUID("lead_id")))
                    .on(fromMerah ? toko.biru() : toko.merah())
                    .told();
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

    /** Contacts without their walk or their step: no foreign key forbids them. */
    private List<UUID> orphans() {
        List<UUID> orphans = new ArrayList<>();
        stage.database()
                .run(
                        "SELECT c.id FROM sequence_contacts c LEFT JOIN enrolments e ON e.id = c.enrolment_id"
                                + " LEFT JOIN sequence_steps p ON p.id = c.step_id AND p.sequence_id = c.sequence_id"
                                + " WHERE c.user_id = $1 AND (e.id IS NULL OR p.id IS NULL)",
                        toko.user().value())
                .forEach(row -> orphans.add(row.getUUID(0)));
        return orphans;
    }

    /** Where the counts are not what there is. */
    private List<String> miscounted() {
        List<String> wrong = new ArrayList<>();
        for (SequenceId each : List.of(sequence, warm)) {
            stage.database().run(RECOUNT, each.value()).forEach(row -> wrong.add(row.deepToString()));
        }
        return wrong;
    }
}
