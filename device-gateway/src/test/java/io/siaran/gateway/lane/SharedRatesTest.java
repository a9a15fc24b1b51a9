package io.siaran.gateway.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.gateway.Cast;
import io.siaran.gateway.Cast.Registered;
import io.siaran.gateway.device.ConnectedDevice;
import io.siaran.gateway.device.ConnectedDevices;
import io.siaran.gateway.provider.OutgoingMessage;
import io.siaran.gateway.provider.ProviderConfig;
import io.siaran.gateway.rules.Rate;
import io.siaran.gateway.rules.SendingRules;
import io.siaran.gateway.rules.SendingRules.Caps;
import io.siaran.localstack.TestServers;
import io.siaran.model.Send;
import io.siaran.model.UserId;
import io.siaran.outbox.Database;
import io.siaran.outbox.Outbox;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.pgclient.PgException;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Groups of turns of several users that hold shared rates until they commit. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class SharedRatesTest {

    private static final String DEADLOCK = "40P01";
    private static final int ROUNDS = 15;

    @Inject
    Pool pool;

    @Inject
    Outbox outbox;

    @Inject
    ProviderConfig calls;

    @Inject
    LaneConfig lanes;

    @Inject
    ConnectedDevices devices;

    private final AtomicInteger deadlocks = new AtomicInteger();

    @AfterEach
    void forgetRates() {
        new Database(pool).run("DELETE FROM sending_rates");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void groups_of_two_users_never_wait_for_each_other_in_a_circle(boolean withFleet) {
        // Given
        Journal journal = new Journal(counting(), outbox, calls, lanes);
        List<ConnectedDevice> merahs = Stream.generate(() -> List.of(Cast.SINAR, Cast.MAJU))
                .limit(8)
                .flatMap(List::stream)
                .map(user -> ruled(Cast.onlineDevice(user, "merah"), withFleet))
                .toList();
        merahs.forEach(journal::openPacing);

        // When
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            merahs.forEach(merah -> threads.execute(() -> speak(journal, merah)));
        }

        // Then
        assertThat(deadlocks).hasValue(0);
    }

    private static void speak(Journal journal, ConnectedDevice device) {
        for (int round = 0; round < ROUNDS; round++) {
            Send send = Cast.send(new Registered(device.id(), userOf(device), "x"), Cast.message(), Cast.ANI);
            Attempt attempt = new Attempt(
                    send,
                    UUID.randomUUID(),
                    device,
                    device.rules().frame(Instant.now()),
                    Duration.ZERO,
                    new OutgoingMessage(send.messageId(), send.recipientPhone(), "x", Optional.empty()));
            if (journal.begin(attempt) instanceof TurnVerdict.Begun) {
                journal.settle(send, attempt.turn(), Settlement.TAKEN_BACK);
            }
        }
    }

    private ConnectedDevice ruled(Registered merah, boolean withFleet) {
        Rate ofUser = new Rate("user:" + merah.user().value(), 100_000);
        List<Rate> rates = withFleet ? List.of(ofUser, new Rate("fleet", 100_000)) : List.of(ofUser);
        return Cast.under(
                new SendingRules(ZoneId.of("Asia/Kuala_Lumpur"), List.of(), Set.of(), Caps.NONE, Instant.EPOCH, rates),
                devices.newest(merah.id()).orElseThrow());
    }

    private static UserId userOf(ConnectedDevice device) {
        return new UserId(device.rules().rates().getFirst().scope().substring("user:".length()));
    }

    /** The database, and how often it had to break a circle. */
    private Database counting() {
        return new Database(pool) {
            @Override
            public List<RowSet<Row>> runAll(String sql, List<Object[]> tuples) {
                try {
                    return super.runAll(sql, tuples);
                } catch (PgException refused) {
                    if (DEADLOCK.equals(refused.getSqlState())) {
                        deadlocks.incrementAndGet();
                    }
                    throw refused;
                }
            }
        };
    }
}
