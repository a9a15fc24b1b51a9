package io.siaran.gateway.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.siaran.gateway.Cast;
import io.siaran.gateway.device.ConnectedDevice;
import io.siaran.gateway.device.Credential;
import io.siaran.gateway.device.Health;
import io.siaran.gateway.device.Platform;
import io.siaran.gateway.provider.Capability;
import io.siaran.gateway.provider.ImageLimits;
import io.siaran.gateway.provider.OutgoingMessage;
import io.siaran.gateway.provider.ProviderAdapter;
import io.siaran.gateway.provider.SendOutcome;
import io.siaran.gateway.provider.TypingPort;
import io.siaran.model.AntiSpamProfile;
import io.siaran.model.DeviceId;
import io.siaran.model.Send;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterTry;

class TypingTest {

    private static final Duration PAUSE = Duration.ofMillis(1_200);

    private final LaneThreads threads = new LaneThreads();
    private final List<Duration> shown = new CopyOnWriteArrayList<>();

    @AfterTry
    void stop() {
        threads.stop(Duration.ofSeconds(5));
    }

    @Property
    void typing_never_lasts_longer_than_the_pause_and_longer_texts_take_no_less(
            @ForAll @IntRange(max = 4_096) int length,
            @ForAll @IntRange(max = 100) int more,
            @ForAll @IntRange(max = 3_600_000) int pause) {
        // Given
        Duration wait = Duration.ofMillis(pause);

        // When
        Duration time = Typing.time("x".repeat(length), wait);

        // Then
        assertThat(time).isBetween(Duration.ZERO, wait);
        assertThat(time).isLessThanOrEqualTo(Duration.ofSeconds(15));
        assertThat(Typing.time("x".repeat(length + more), wait)).isGreaterThanOrEqualTo(time);
    }

    @Example
    void somebody_types_within_the_pause_where_platform_and_device_say_so() {
        // When
        typing(Set.of(Capability.TYPING), true).during(PAUSE, send());

        // Then
        await().untilAsserted(() -> assertThat(shown).containsExactly(PAUSE));
    }

    @Example
    void nobody_types_where_platform_or_device_or_a_short_pause_says_no() {
        // When // Then
        assertThat(typing(Set.of(), true).during(PAUSE, send())).isSameAs(LaneThreads.Timer.NONE);
        assertThat(typing(Set.of(Capability.TYPING), false).during(PAUSE, send()))
                .isSameAs(LaneThreads.Timer.NONE);
        assertThat(typing(Set.of(Capability.TYPING), true).during(Duration.ofMillis(999), send()))
                .isSameAs(LaneThreads.Timer.NONE);
    }

    @Example
    void a_wait_that_is_cancelled_shows_nothing() {
        // When
        typing(Set.of(Capability.TYPING), true)
                .during(Duration.ofSeconds(20), send())
                .cancel();
        typing(Set.of(Capability.TYPING), true).during(PAUSE, send());

        // Then
        await().untilAsserted(() -> assertThat(shown).hasSize(1));
        assertThat(threads.stop(Duration.ofSeconds(5))).isTrue();
        assertThat(shown).hasSize(1);
    }

    private Typing typing(Set<Capability> capabilities, boolean asked) {
        ProviderAdapter adapter = new Typist(capabilities);
        return new Typing(_ -> Optional.of(device(asked)), _ -> adapter, threads);
    }

    private static Send send() {
        return Cast.send(
                new Cast.Registered(new DeviceId(UUID.randomUUID()), Cast.SINAR, "sim-merah"),
                Cast.message(),
                Cast.ANI);
    }

    private static ConnectedDevice device(boolean typing) {
        return new ConnectedDevice(
                new DeviceId(UUID.randomUUID()),
                Platform.WABLAS,
                "http://unused.invalid",
                null,
                new Credential("t0ken"),
                AntiSpamProfile.OFF,
                List.of(),
                typing,
                ZoneId.of("Asia/Kuala_Lumpur"),
                Cast.freely(),
                1,
                0);
    }

    private final class Typist implements ProviderAdapter {

        private final Set<Capability> capabilities;

        private Typist(Set<Capability> capabilities) {
            this.capabilities = capabilities;
        }

        @Override
        public Platform platform() {
            return Platform.WABLAS;
        }

        @Override
        public Set<Capability> capabilities() {
            return capabilities;
        }

        @Override
        public Optional<String> usualServer() {
            return Optional.of("https://example.org");
        }

        @Override
        public ImageLimits images() {
            return ImageLimits.ofMebibytes(1, "image/png");
        }

        @Override
        public Duration longestCall() {
            return Duration.ofSeconds(1);
        }

        @Override
        public int longestText() {
            return 1_024;
        }

        @Override
        public Optional<TypingPort> typing() {
            return capabilities.contains(Capability.TYPING)
                    ? Optional.of((_, _, time) -> shown.add(time))
                    : Optional.empty();
        }

        @Override
        public SendOutcome send(ConnectedDevice device, OutgoingMessage message) {
            throw new AssertionError("nothing is sent here");
        }

        @Override
        public Health health(ConnectedDevice device) {
            return new Health.Connected();
        }
    }
}
