package io.siaran.sequence.progress;

import static io.siaran.sequence.Fitness.challenge;
import static io.siaran.sequence.Fitness.with;
import static io.siaran.sequence.Fitness.withStep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.localstack.TestServers;
import io.siaran.model.LeadCommand;
import io.siaran.model.SequenceId;
import io.siaran.sequence.PlayedQueue;
import io.siaran.sequence.PlayedQueue.Sent;
import io.siaran.sequence.Stage;
import io.siaran.sequence.Tenant;
import io.siaran.sequence.VirtualTime;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whole sequences from the first step to the last, on a clock that is put forward to whatever comes next. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class ThirtyDaysTest {

    private static final Duration PACE = Duration.ofSeconds(7);
    private static final Duration DAY = Duration.ofHours(24);

    @Inject
    Stage stage;

    @Inject
    StatusIntake statuses;

    private Tenant toko;
    private VirtualTime time;
    private PlayedQueue queue;

    /** How long the queue holds a message back, by lead and trigger. */
    private final Map<String, Duration> held = new HashMap<>();

    @BeforeEach
    void aUserWithAClockOfItsOwn() {
        toko = stage.tenant();
        time = new VirtualTime(stage, toko);
        queue = new PlayedQueue(toko, time, statuses::apply);
    }

    @Test
    void each_contact_of_the_challenge_walks_its_own_thirty_days_to_the_second() {
        // Given
        toko.sequence(challenge(30));
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1);
        Tenant.Lead budi = toko.lead("Budi").carrying("fitness_start", 1);
        Map<Duration, Tenant.Lead> starts = Map.of(Duration.ZERO, ani, Duration.ofHours(53), budi);
        held.put("Budi/Day 10 for {{name}}", Duration.ofDays(3));
        Instant from = time.now();

        // When
        starts.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(start -> {
            walkUntil(from.plus(start.getKey()));
            start.getValue().told();
        });
        walkUntil(Instant.MAX);

        // Then
        List<Sent> anis = sentTo(ani);
        List<Sent> budis = sentTo(budi);
        assertThat(anis).extracting(sent -> sent.message().message()).containsExactlyElementsOf(days());
        assertThat(budis).extracting(sent -> sent.message().message()).containsExactlyElementsOf(days());
        assertThat(budis.getFirst().dueAt())
                .isCloseTo(anis.getFirst().dueAt().plus(Duration.ofHours(53)), within(10, ChronoUnit.MINUTES));
        Stream.of(anis, budis).forEach(ThirtyDaysTest::assertEachIsADayAfterTheOneBefore);
        assertThat(budis.get(9).at()).isAfter(budis.get(9).dueAt().plus(Duration.ofDays(3)));
        assertThat(ended(ani)).isEqualTo("completed");
        assertThat(ended(budi)).isEqualTo("completed");
    }

    @Test
    void who_is_through_one_sequence_is_led_into_the_next_and_gets_each_once_in_order() {
        // Given
        List<SequenceId> chain = List.of(
                toko.sequence(twoSteps("hot", null)),
                toko.sequence(twoSteps("warm", "hot")),
                toko.sequence(twoSteps("cold", "warm")));
        Tenant.Lead ani = toko.lead("Ani").carrying("cold", 1).told();

        // When
        for (int commands = 0; commands < 5; ) {
            walkUntil(Instant.MAX);
            commands = obeyCommands(ani, commands);
        }
        walkUntil(Instant.MAX);

        // Then
        assertThat(sentTo(ani))
                .extracting(sent -> sent.message().message())
                .containsExactly("cold 1", "cold 2", "warm 1", "warm 2", "hot 1", "hot 2");
        assertThat(chain)
                .allSatisfy(
                        sequence -> assertThat(stage.contacts(sequence, ani)).isEqualTo("sent sent"));
        assertThat(stage.database()
                        .run(
                                "SELECT status FROM enrolments WHERE lead_id = $1",
                                ani.id().value()))
                .hasSize(3)
                .allSatisfy(row -> assertThat(row.getString(0)).isEqualTo("completed"));
    }

    /** To the next thing that happens and on to the one after, up to a moment or until nothing more happens by itself. */
    private void walkUntil(Instant end) {
        stage.pass();
        queue.take();
        Optional<Instant> next = next();
        while (next.isPresent() && next.get().isBefore(end)) {
            time.passUntil(next.get());
            queue.waiting().stream()
                    .filter(entry -> !sendsAt(entry).isAfter(time.now()))
                    .forEach(queue::send);
            if (time.nextDue().filter(due -> !due.isAfter(time.now())).isPresent()) {
                stage.pass();
                queue.take();
            }
            next = next();
        }
        if (end != Instant.MAX) {
            time.passUntil(end);
        }
    }

    private Optional<Instant> next() {
        return Stream.concat(queue.waiting().stream().map(this::sendsAt), time.nextDue().stream())
                .min(Instant::compareTo);
    }

    private Instant sendsAt(PlayedQueue.Entry entry) {
        Duration hold = held.getOrDefault(entry.message.recipientName() + "/" + entry.message.message(), Duration.ZERO);
        return entry.dueAt.plus(PACE).plus(hold);
    }

    /** As campaign-service does. */
    private int obeyCommands(Tenant.Lead lead, int obeyed) {
        await().until(() -> stage.commands(toko).size() > obeyed);
        List<LeadCommand> commands = stage.commands(toko);
        for (LeadCommand command : commands.subList(obeyed, commands.size())) {
            switch (command) {
                case LeadCommand.AddTrigger add -> lead.carrying(add.trigger(), 1);
                case LeadCommand.RemoveTrigger remove -> lead.without(remove.trigger());
            }
        }
        lead.told();
        return commands.size();
    }

    private List<Sent> sentTo(Tenant.Lead lead) {
        return queue.ledger().stream()
                .filter(sent -> sent.message().leadId().equals(lead.id()))
                .toList();
    }

    private static void assertEachIsADayAfterTheOneBefore(List<Sent> walk) {
        for (int day = 1; day < walk.size(); day++) {
            assertThat(walk.get(day).dueAt())
                    .as("day %d", day + 1)
                    .isCloseTo(walk.get(day - 1).at().plus(DAY), within(1, ChronoUnit.MILLIS));
        }
    }

    private String ended(Tenant.Lead lead) {
        return stage.database()
                .run(
                        "SELECT status FROM enrolments WHERE lead_id = $1",
                        lead.id().value())
                .iterator()
                .next()
                .getString(0);
    }

    private static List<String> days() {
        return Stream.iterate(1, day -> day + 1)
                .limit(30)
                .map(day -> "Day " + day + " for {{name}}")
                .toList();
    }

    private static Map<String, Object> twoSteps(String name, String next) {
        Map<String, Object> sequence = with(challenge(2), "trigger", null);
        for (int step = 0; step < 2; step++) {
            sequence = withStep(sequence, step, "trigger", step == 0 ? name : name + "2");
            sequence = withStep(sequence, step, "content", name + " " + (step + 1));
        }
        return withStep(sequence, 1, "next_trigger", next);
    }
}
