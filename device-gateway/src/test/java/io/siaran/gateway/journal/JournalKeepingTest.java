package io.siaran.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.localstack.TestServers;
import io.siaran.model.Recall;
import io.siaran.sql.Database;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the journal forgets, and what it tells of the pace. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class JournalKeepingTest {

    @Inject
    Database database;

    @Inject
    ForgetTries forgetting;

    @Inject
    AuditPacing audit;

    @Inject
    MeterRegistry metrics;

    private final UUID merah = UUID.randomUUID();

    /** What one test counts is not there for the next one's audit. */
    @AfterEach
    void forgetMerah() {
        database.run("DELETE FROM send_journal WHERE device_id = $1", merah);
    }

    @Test
    void ended_tries_are_forgotten_after_their_time_and_open_ones_are_not() {
        // Given
        UUID old = ended("accepted", "9 days", false);
        UUID waived = ended("unknown", "9 days", true);
        UUID ancient = ended("unknown", "91 days", false);
        UUID young = ended("accepted", "7 days", false);
        UUID open = ended("unknown", "9 days", false);
        UUID started = called("now() - interval '20 days'", null, 0);

        // When
        forgetting.forget();

        // Then
        assertThat(remembered()).contains(young, open, started).doesNotContain(old, waived, ancient);
    }

    @Test
    void a_memory_that_is_shorter_than_the_commands_live_is_refused() {
        assertThatThrownBy(() -> ForgetTries.check(keeping(Duration.ofDays(7), Duration.ofDays(90))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ForgetTries.check(keeping(Duration.ofDays(8), Duration.ofDays(7))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_memory_that_is_shorter_than_dispatch_believes_it_is_refused_however_short_the_commands_live() {
        Duration sure = Recall.REMEMBERED_FOR.plusHours(2);

        ForgetTries.check(keeping(sure, Duration.ofDays(90), Duration.ofDays(1)));
        assertThatThrownBy(
                        () -> ForgetTries.check(keeping(sure.minusSeconds(1), Duration.ofDays(90), Duration.ofDays(1))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_call_before_its_pause_was_over_is_counted_once_within_an_audit_and_across_two() {
        // Given: 10 s of pause before each call
        forgetAudits();
        called("now() - interval '3000 s'", "2999 s", 10_000);
        called("now() - interval '2988 s'", "2987 s", 10_000);
        called("now() - interval '2980 s'", "2979 s", 10_000);
        called("now() - interval '1000 s'", "999 s", 10_000);
        called("now() - interval '990 s'", "800 s", 10_000);
        double before = violations();

        // When
        auditAll();
        auditAll();

        // Then: 7 s after the second, 9 s after the fourth
        assertThat(violations() - before).isEqualTo(2);
    }

    @Test
    void a_call_that_was_cut_ended_at_its_deadline_for_the_next_one() {
        // Given
        forgetAudits();
        UUID cut = called("now() - interval '3000 s'", "2960 s", 0);
        database.run("UPDATE send_journal SET call_deadline = now() - interval '2970 s' WHERE message_id = $1", cut);
        called("now() - interval '2965 s'", "2964 s", 5_000);
        double before = violations();

        // When
        auditAll();

        // Then
        assertThat(violations() - before).isZero();
    }

    /** The audit begins an hour ago, as if it had never seen anything. */
    private void forgetAudits() {
        database.run("DELETE FROM audited_calls");
        database.run("UPDATE pacing_audit SET seen_to = now() - interval '1 hour'");
    }

    /** The job may be at it at the same time; then this one has nothing to do but to wait. */
    private void auditAll() {
        await().untilAsserted(() -> {
            audit.audit();
            assertThat(database.run("SELECT FROM pacing_audit WHERE seen_to > now() - interval '90 seconds'")
                            .rowCount())
                    .isOne();
        });
    }

    private double violations() {
        return metrics.counter("siaran.pacing.violations").count();
    }

    private List<UUID> remembered() {
        List<UUID> ids = new ArrayList<>();
        for (Row row : database.run("SELECT message_id FROM send_journal WHERE device_id = $1", merah)) {
            ids.add(row.getUUID("message_id"));
        }
        return ids;
    }

    private UUID ended(String state, String ago, boolean waived) {
        UUID id = UUID.randomUUID();
        database.run(
                "INSERT INTO send_journal (message_id, try_no, device_id, user_id, state, superseded, ended_at)"
                        + " VALUES ($1, 1, $2, 'x', $3, $4, now() - interval '" + ago + "')",
                id,
                merah,
                state,
                waived);
        return id;
    }

    private UUID called(String startedAt, String endedAgo, int delay) {
        UUID id = UUID.randomUUID();
        String endedAt = endedAgo == null ? "NULL" : "now() - interval '" + endedAgo + "'";
        database.run(
                "INSERT INTO send_journal (message_id, try_no, device_id, user_id, state, turn, started_at, call_deadline,"
                        + " ended_at, delay_ms, sent_text) VALUES ($1, 1, $2, 'x', $3, $4, " + startedAt
                        + ", now() + interval '1 hour', " + endedAt + ", $5, 'x')",
                id,
                merah,
                endedAgo == null ? "started" : "accepted",
                UUID.randomUUID(),
                delay);
        return id;
    }

    private static JournalConfig keeping(Duration keep, Duration keepUnknown) {
        return keeping(keep, keepUnknown, Duration.ofDays(7));
    }

    private static JournalConfig keeping(Duration keep, Duration keepUnknown, Duration sendsRetention) {
        Map<String, Duration> asked =
                Map.of("keep", keep, "keepUnknown", keepUnknown, "sendsRetention", sendsRetention);
        return (JournalConfig) Proxy.newProxyInstance(
                JournalConfig.class.getClassLoader(),
                new Class<?>[] {JournalConfig.class},
                (_, method, _) -> asked.get(method.getName()));
    }
}
