package io.siaran.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.gateway.Cast;
import io.siaran.gateway.Cast.Registered;
import io.siaran.gateway.device.ConnectedDevice;
import io.siaran.gateway.device.ConnectedDevices;
import io.siaran.gateway.rules.Rate;
import io.siaran.gateway.rules.SendingRules;
import io.siaran.gateway.rules.SendingRules.Caps;
import io.siaran.gateway.scene.Attempts;
import io.siaran.localstack.TestServers;
import io.siaran.model.MessageId;
import io.siaran.model.ReturnReason;
import io.siaran.model.Send;
import io.siaran.sql.Database;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.pgclient.PgException;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Turns that begin or end in one statement: each has its own answer, and the fault of one is nobody else's. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class JournalGroupTest {

    private static final CallOutcome ACCEPTED = new CallOutcome("accepted", null, null, null, "id-1");

    @Inject
    Database database;

    @Inject
    Journal journal;

    @Inject
    ConnectedDevices devices;

    @Test
    void each_turn_of_a_group_has_its_own_verdict() {
        // Given
        ConnectedDevice merah = spokenDevice();
        ConnectedDevice biru = spokenDevice();
        ConnectedDevice hijau = spokenDevice();
        ConnectedDevice silent = device();
        Attempt known = attempt(biru, Cast.message(), 1, null);
        journal.giveBack(known.send(), ReturnReason.RECALLED, null);
        begin(List.of(attempt(hijau, Cast.message(), 1, null)));
        Attempt waiting = attempt(hijau, Cast.message(), 1, null);
        List<Attempt> group = List.of(
                attempt(silent, Cast.message(), 1, null), known, waiting, attempt(merah, Cast.message(), 1, null));

        // When
        List<BeginVerdict> verdicts = begin(group);

        // Then
        assertThat(verdicts.get(0)).isInstanceOf(BeginVerdict.NoPacingRow.class);
        assertThat(verdicts.get(1)).isInstanceOf(BeginVerdict.Known.class);
        assertThat(verdicts.get(2)).isInstanceOf(BeginVerdict.Wait.class);
        assertThat(verdicts.get(3)).isInstanceOf(BeginVerdict.Begun.class);
        assertThat(List.of(said(merah), said(biru), said(hijau))).containsExactly(1, 0, 1);
    }

    @Test
    void each_ending_of_a_group_says_whether_it_settled_its_try() {
        // Given
        List<Attempt> begun = List.of(
                attempt(spokenDevice(), Cast.message(), 1, null),
                attempt(spokenDevice(), Cast.message(), 1, null),
                attempt(spokenDevice(), Cast.message(), 1, null));
        begin(begun);
        List<EndedCall> group = List.of(
                new EndedCall(begun.get(0).send(), begun.get(0).turn(), ACCEPTED),
                new EndedCall(begun.get(1).send(), UUID.randomUUID(), ACCEPTED),
                new EndedCall(begun.get(2).send(), begun.get(2).turn(), CallOutcome.TAKEN_BACK));

        // When
        List<Boolean> settled = EndedCall.settled(group, database.run(EndedCall.SQL, EndedCall.arguments(group)));

        // Then
        assertThat(settled).containsExactly(true, false, true);
        assertThat(begun).extracting(attempt -> said(attempt.device())).containsExactly(1, 1, 0);
        assertThat(begun).extracting(this::state).containsExactly("accepted", "started", "returned");
    }

    @Test
    void turns_that_share_a_rate_are_judged_one_after_the_other() {
        // Given
        ConnectedDevice free = spokenDevice();
        ConnectedDevice shared = Cast.under(
                new SendingRules(
                        free.timeZone(), List.of(), Set.of(), Caps.NONE, Instant.EPOCH, List.of(new Rate("fleet", 60))),
                device());
        Attempt first = attempt(free, Cast.message(), 1, null);
        Attempt second = attempt(free, Cast.message(), 1, null);
        Attempt third = attempt(shared, Cast.message(), 1, null);
        Attempt fourth = attempt(shared, Cast.message(), 1, null);

        // When // Then
        assertThat(BeginTries.calls(List.of(first, second, third, fourth, first)))
                .containsExactly(List.of(first, second), List.of(third), List.of(fourth), List.of(first));
    }

    @Test
    void a_try_is_waived_only_together_with_the_beginning_of_the_next_one() {
        // Given
        ConnectedDevice merah = spokenDevice();
        Attempt cut = attempt(merah, Cast.message(), 1, null);
        begin(List.of(cut));
        journal.settle(cut.send(), cut.turn(), new CallOutcome("unknown", null, "cut", null, null));
        Attempt again = attempt(merah, cut.send().messageId(), 2, 1);

        // When
        CompletableFuture<PgException> beginning = new CompletableFuture<>();
        database.doInTransaction(tx -> {
            tx.run(
                    "SELECT FROM device_pacing WHERE device_id = $1 FOR UPDATE",
                    merah.id().value());
            Thread.startVirtualThread(
                    () -> beginning.complete(catchThrowableOfType(PgException.class, () -> journal.begin(again))));
            await().until(this::somebodyWaits);
            journal.giveBack(again.send(), ReturnReason.RECALLED, null);
        });

        // Then
        assertThat(beginning.join().getSqlState()).isEqualTo("40001");
        assertThat(state(cut)).isEqualTo("unknown");
        assertThat(superseded(cut)).isFalse();
        assertThat(journal.begin(again)).isInstanceOf(BeginVerdict.Known.class);
    }

    @Test
    void the_statement_of_a_group_is_planned_once_a_connection_whatever_its_length() {
        // Given
        Object[] arguments = BeginTries.arguments(
                List.of(attempt(device(), Cast.message(), 1, null)),
                Duration.ZERO,
                Duration.ZERO,
                Duration.ofHours(24));

        // When
        Row kept = database.inTransaction(tx -> {
            tx.run(BeginTries.SQL, arguments);
            tx.run(BeginTries.SQL, arguments);
            return tx.run(
                            "SELECT generic_plans, custom_plans FROM pg_prepared_statements WHERE statement = $1",
                            BeginTries.SQL)
                    .iterator()
                    .next();
        });

        // Then
        assertThat(kept.getLong("generic_plans")).isGreaterThanOrEqualTo(2);
        assertThat(kept.getLong("custom_plans")).isZero();
    }

    private boolean somebodyWaits() {
        return database.run("SELECT FROM pg_stat_activity WHERE datname = current_database()"
                                + " AND wait_event_type = 'Lock' AND query LIKE '-- Begins tries%'")
                        .rowCount()
                > 0;
    }

    private List<BeginVerdict> begin(List<Attempt> group) {
        return BeginTries.verdicts(
                group,
                database.run(
                        BeginTries.SQL,
                        BeginTries.arguments(group, Duration.ofSeconds(30), Duration.ZERO, Duration.ofHours(24))),
                0);
    }

    private int said(ConnectedDevice device) {
        return database.run(
                        "SELECT sent_on_day AS said FROM device_pacing WHERE device_id = $1",
                        device.id().value())
                .iterator()
                .next()
                .getInteger("said");
    }

    private String state(Attempt attempt) {
        return database.run("SELECT state FROM send_journal WHERE turn = $1", attempt.turn())
                .iterator()
                .next()
                .getString("state");
    }

    private boolean superseded(Attempt attempt) {
        return database.run("SELECT superseded FROM send_journal WHERE turn = $1", attempt.turn())
                .iterator()
                .next()
                .getBoolean("superseded");
    }

    private ConnectedDevice device() {
        return devices.newest(Cast.onlineDevice(Cast.SINAR, "merah").id()).orElseThrow();
    }

    private ConnectedDevice spokenDevice() {
        ConnectedDevice device = device();
        journal.openPacing(device);
        return device;
    }

    private static Attempt attempt(ConnectedDevice device, MessageId message, int tryNo, Integer supersedes) {
        Registered registered =
                new Registered(device.id(), Cast.SINAR, device.credential().secret());
        Send send = Cast.send(registered, message, Cast.ANI, tryNo, supersedes, 0);
        return Attempts.of(send, device);
    }
}
