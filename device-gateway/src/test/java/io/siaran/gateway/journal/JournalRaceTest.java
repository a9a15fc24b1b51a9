package io.siaran.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.gateway.Cast;
import io.siaran.gateway.Cast.Registered;
import io.siaran.gateway.device.ConnectedDevice;
import io.siaran.gateway.device.ConnectedDevices;
import io.siaran.gateway.scene.Attempts;
import io.siaran.localstack.TestServers;
import io.siaran.model.ReturnReason;
import io.siaran.model.Send;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What two gateways that both believe they own a device cannot do, since the database does not let them. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class JournalRaceTest {

    private static final int RACERS = 12;

    @Inject
    Journal journal;

    @Inject
    ConnectedDevices devices;

    @Test
    void one_try_begins_once_whoever_tries() throws Exception {
        // Given
        ConnectedDevice merah = spokenDevice();
        Send send = Cast.send(registered(merah), Cast.message(), Cast.ANI);

        // When
        List<BeginVerdict> verdicts = race(() -> journal.begin(Attempts.of(send, UUID.randomUUID(), merah)));

        // Then
        assertThat(verdicts).filteredOn(BeginVerdict.Begun.class::isInstance).hasSize(1);
    }

    @Test
    void a_device_has_one_turn_at_a_time_whoever_takes_it() throws Exception {
        // Given
        ConnectedDevice merah = spokenDevice();

        // When
        List<BeginVerdict> verdicts = race(() -> journal.begin(
                Attempts.of(Cast.send(registered(merah), Cast.message(), Cast.ANI), UUID.randomUUID(), merah)));

        // Then
        assertThat(verdicts).filteredOn(BeginVerdict.Begun.class::isInstance).hasSize(1);
        assertThat(verdicts).filteredOn(BeginVerdict.Wait.class::isInstance).hasSize(RACERS - 1);
    }

    @Test
    void a_try_is_either_begun_or_given_back() throws Exception {
        ConnectedDevice merah = spokenDevice();
        for (int round = 0; round < 50; round++) {
            // Given
            Send send = Cast.send(registered(merah), Cast.message(), Cast.ANI);
            UUID turn = UUID.randomUUID();

            // When
            List<Object> ends = race(
                    () -> journal.begin(Attempts.of(send, turn, merah)),
                    () -> journal.giveBack(send, ReturnReason.RECALLED, null));

            // Then
            boolean begun = ends.get(0) instanceof BeginVerdict.Begun;
            boolean givenBack = (Boolean) ends.get(1);
            assertThat(begun).isNotEqualTo(givenBack);
            journal.settle(send, turn, CallOutcome.TAKEN_BACK);
        }
    }

    @Test
    void only_the_turn_that_began_a_try_settles_it() {
        // Given
        ConnectedDevice merah = spokenDevice();
        Send send = Cast.send(registered(merah), Cast.message(), Cast.ANI);
        UUID turn = UUID.randomUUID();
        journal.begin(Attempts.of(send, turn, merah));

        // When
        boolean byAnother = journal.settle(send, UUID.randomUUID(), CallOutcome.TAKEN_BACK);
        boolean byItself = journal.settle(send, turn, CallOutcome.TAKEN_BACK);

        // Then
        assertThat(byAnother).isFalse();
        assertThat(byItself).isTrue();
    }

    @Test
    void a_text_made_for_an_older_device_does_not_go_out() {
        // Given
        ConnectedDevice merah = spokenDevice();
        ConnectedDevice older = new ConnectedDevice(
                merah.id(),
                merah.platform(),
                merah.baseUrl(),
                merah.session(),
                merah.credential(),
                merah.antiSpam(),
                merah.greetings(),
                merah.typing(),
                merah.timeZone(),
                merah.rules(),
                merah.version() - 1,
                merah.rulesVersion());

        // When
        BeginVerdict verdict = journal.begin(
                Attempts.of(Cast.send(registered(merah), Cast.message(), Cast.ANI), UUID.randomUUID(), older));

        // Then
        assertThat(verdict).isEqualTo(new BeginVerdict.DeviceChanged());
    }

    private ConnectedDevice spokenDevice() {
        Registered merah = Cast.onlineDevice(Cast.SINAR, "merah");
        ConnectedDevice device = devices.newest(merah.id()).orElseThrow();
        journal.openPacing(device);
        return device;
    }

    private static Registered registered(ConnectedDevice device) {
        return new Registered(device.id(), Cast.SINAR, device.credential().secret());
    }

    private static <T> List<T> race(Callable<T> racer) throws InterruptedException {
        return race(IntStream.range(0, RACERS).mapToObj(_ -> racer));
    }

    @SafeVarargs
    private static List<Object> race(Callable<?>... racers) throws InterruptedException {
        return race(Stream.of(racers).map(racer -> (Callable<Object>) racer::call));
    }

    private static <T> List<T> race(Stream<Callable<T>> racers) throws InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads.invokeAll(racers.toList()).stream()
                    .map(JournalRaceTest::result)
                    .toList();
        }
    }

    private static <T> T result(Future<T> finished) {
        try {
            return finished.get();
        } catch (InterruptedException | ExecutionException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
