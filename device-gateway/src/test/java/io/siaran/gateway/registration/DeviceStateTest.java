package io.siaran.gateway.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.siaran.gateway.device.Health;
import io.siaran.gateway.device.RefusalCause;
import io.siaran.model.DeviceStatus;
import io.siaran.rest.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class DeviceStateTest {

    private static final Instant THEN = Instant.parse("2026-11-27T01:00:00Z");
    private static final Instant NOW = THEN.plusSeconds(30);
    private static final Instant UNTIL = NOW.plusSeconds(60);
    private static final Health CONNECTED = new Health.Connected();
    private static final Health DISCONNECTED = new Health.NotConnected("logged out");
    private static final Health UNASKED = new Health.CannotBeAsked("HTTP 500", Duration.ZERO);
    private static final DeviceState NEW = DeviceState.registered(THEN);
    private static final DeviceState ONLINE = NEW.observed(CONNECTED, THEN);
    private static final DeviceState REFUSED = refused(RefusalCause.CREDENTIAL);

    private static DeviceState refused(RefusalCause cause) {
        return ONLINE.refused(cause, "no", UNTIL, NOW);
    }

    @Example
    void a_check_moves_a_device_between_online_and_offline_with_the_reason() {
        assertThat(NEW.observed(CONNECTED, NOW)).isEqualTo(new DeviceState(DeviceCondition.ONLINE, NOW, null, null));
        assertThat(ONLINE.observed(DISCONNECTED, NOW))
                .isEqualTo(new DeviceState(DeviceCondition.DISCONNECTED, NOW, "logged out", null));
        assertThat(ONLINE.observed(DISCONNECTED, NOW).status()).isEqualTo(DeviceStatus.OFFLINE);
    }

    @Example
    void what_is_as_it_was_keeps_its_since() {
        assertThat(ONLINE.observed(CONNECTED, NOW)).isEqualTo(ONLINE);
    }

    @Example
    void a_platform_that_cannot_be_asked_says_nothing_of_the_device() {
        assertThat(ONLINE.observed(UNASKED, NOW)).isEqualTo(ONLINE);
        assertThat(REFUSED.observed(UNASKED, NOW)).isEqualTo(REFUSED);
        assertThat(NEW.observed(UNASKED, NOW).reason()).isEqualTo("HTTP 500");
    }

    @Example
    void a_refused_device_stays_held_through_checks_that_say_connected() {
        assertThat(REFUSED.observed(CONNECTED, UNTIL.minusMillis(1))).isEqualTo(REFUSED);
        assertThat(REFUSED.observed(CONNECTED, UNTIL).condition()).isEqualTo(DeviceCondition.ONLINE);
        assertThat(refused(RefusalCause.DISCONNECTED).observed(CONNECTED, NOW).status())
                .isEqualTo(DeviceStatus.OFFLINE);
    }

    @Example
    void news_that_can_cure_a_refusal_lifts_it_at_once() {
        DeviceState loggedOut = refused(RefusalCause.LOGGED_OUT);
        assertThat(loggedOut.reconnected(NOW).observed(CONNECTED, NOW).condition())
                .isEqualTo(DeviceCondition.ONLINE);
        assertThat(REFUSED.rebound(NOW).condition()).isEqualTo(DeviceCondition.UNCHECKED);
        assertThat(REFUSED.resumed(NOW).observed(CONNECTED, NOW).condition()).isEqualTo(DeviceCondition.ONLINE);
        // It was disconnected meanwhile, so that it is connected is news.
        assertThat(loggedOut
                        .observed(DISCONNECTED, NOW)
                        .observed(CONNECTED, NOW)
                        .condition())
                .isEqualTo(DeviceCondition.ONLINE);
    }

    @Example
    void whoever_is_logged_out_stays_so_while_it_is_not_connected() {
        DeviceState told = ONLINE.observed(new Health.Refused(RefusalCause.LOGGED_OUT, "scan again"), NOW);

        assertThat(told.observed(DISCONNECTED, NOW)).isEqualTo(told);
        assertThat(told.reason()).isEqualTo("scan again");
        assertThat(refused(RefusalCause.LOGGED_OUT).observed(DISCONNECTED, NOW).condition())
                .isEqualTo(DeviceCondition.REFUSED);
    }

    @Example
    void connecting_lifts_no_hold_whose_cause_it_cannot_cure() {
        for (RefusalCause cause : List.of(
                RefusalCause.CREDENTIAL, RefusalCause.UNKNOWN_DEVICE, RefusalCause.LICENCE, RefusalCause.BANNED)) {
            DeviceState held = refused(cause);

            assertThat(held.reconnected(NOW)).as("%s", cause).isEqualTo(held);
            assertThat(held.observed(DISCONNECTED, NOW)).as("%s", cause).isEqualTo(held);
            assertThat(held.reconnected(UNTIL).observed(CONNECTED, UNTIL).condition())
                    .as("%s, after its hold", cause)
                    .isEqualTo(DeviceCondition.ONLINE);
        }
    }

    @Example
    void only_time_or_a_person_ends_a_restriction() {
        DeviceState restricted = refused(RefusalCause.TIMELOCK);

        assertThat(restricted.condition()).isEqualTo(DeviceCondition.RESTRICTED);
        assertThat(restricted.reconnected(NOW)).isEqualTo(restricted);
        assertThat(restricted.observed(DISCONNECTED, NOW)).isEqualTo(restricted);
        assertThat(restricted.observed(CONNECTED, UNTIL).condition()).isEqualTo(DeviceCondition.ONLINE);
        assertThat(restricted.resumed(NOW).condition()).isEqualTo(DeviceCondition.UNCHECKED);
    }

    @Example
    void a_person_pauses_and_only_a_person_resumes() {
        // Given
        DeviceState paused = ONLINE.paused(NOW);

        // When // Then
        assertThat(paused.observed(CONNECTED, NOW)).isEqualTo(paused);
        assertThat(paused.reconnected(NOW)).isEqualTo(paused);
        assertThat(paused.resumed(NOW).status()).isEqualTo(DeviceStatus.OFFLINE);
        assertThatThrownBy(() -> ONLINE.resumed(NOW)).isInstanceOf(Refusal.class);
    }

    @Example
    void a_banned_device_stays_banned_until_its_hold_is_over_or_an_operator_says_so() {
        // Given
        DeviceState banned = refused(RefusalCause.BANNED);

        // When // Then
        assertThat(banned.status()).isEqualTo(DeviceStatus.BANNED);
        assertThat(banned.observed(DISCONNECTED, NOW)).isEqualTo(banned);
        assertThat(banned.observed(CONNECTED, NOW)).isEqualTo(banned);
        assertThat(banned.reconnected(NOW)).isEqualTo(banned);
        assertThat(banned.observed(CONNECTED, UNTIL).status()).isEqualTo(DeviceStatus.ONLINE);
        assertThat(banned.resumed(NOW).observed(CONNECTED, NOW).status()).isEqualTo(DeviceStatus.ONLINE);
    }

    @Example
    void an_illegal_move_is_refused() {
        assertThatThrownBy(() -> DeviceCondition.PAUSED.to(DeviceCondition.ONLINE))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> DeviceCondition.RESTRICTED.to(DeviceCondition.DISCONNECTED))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> DeviceCondition.BANNED.to(DeviceCondition.DISCONNECTED))
                .isInstanceOf(IllegalStateException.class);
    }

    /** Some news of a device. */
    private record News(String what, BiFunction<DeviceState, Instant, DeviceState> move) {

        @Override
        public String toString() {
            return what;
        }
    }

    @Provide
    Arbitrary<List<News>> stories() {
        return Arbitraries.of(
                        new News("connected", (state, now) -> state.observed(CONNECTED, now)),
                        new News("disconnected", (state, now) -> state.observed(DISCONNECTED, now)),
                        new News("unasked", (state, now) -> state.observed(UNASKED, now)),
                        new News(
                                "check refused",
                                (state, now) -> state.observed(new Health.Refused(RefusalCause.LOGGED_OUT, "no"), now)),
                        new News("credential", (state, now) -> called(state, RefusalCause.CREDENTIAL, now)),
                        new News("timelock", (state, now) -> called(state, RefusalCause.TIMELOCK, now)),
                        new News("banned", (state, now) -> called(state, RefusalCause.BANNED, now)),
                        new News("cut", (state, now) -> called(state, RefusalCause.DISCONNECTED, now)),
                        new News("reconnected", DeviceState::reconnected),
                        new News("rebound", DeviceState::rebound),
                        new News("paused", DeviceState::paused),
                        new News("resumed", DeviceStateTest::resumed))
                .list()
                .ofMaxSize(40);
    }

    @Property
    void whatever_comes_of_a_device_no_check_alone_lifts_a_hold_before_its_end(@ForAll("stories") List<News> story) {
        DeviceState state = NEW;
        Instant now = THEN;
        for (News news : story) {
            now = now.plusSeconds(20);
            DeviceState next = news.move().apply(state, now);
            boolean wasHeld = state.heldUntil() != null && now.isBefore(state.heldUntil());
            if (wasHeld && news.what().equals("connected")) {
                assertThat(next).isEqualTo(state);
            }
            // Several checks do no more than one, and neither does its platform's word.
            boolean isIncurable =
                    wasHeld && state.cause() != null && !state.cause().isCuredByConnecting();
            if (isIncurable
                    && Set.of("connected", "disconnected", "unasked", "reconnected")
                            .contains(news.what())) {
                assertThat(next).isEqualTo(state);
            }
            if (state.condition() == DeviceCondition.PAUSED && !news.what().equals("resumed")) {
                assertThat(next).isEqualTo(state);
            }
            if (next.equals(state)) {
                assertThat(next.since()).isEqualTo(state.since());
            }
            state = next;
        }
    }

    /** Whoever is not online does not call. */
    private static DeviceState called(DeviceState state, RefusalCause cause, Instant now) {
        return state.condition() == DeviceCondition.ONLINE
                ? state.refused(cause, "no", now.plusSeconds(60), now)
                : state;
    }

    private static DeviceState resumed(DeviceState state, Instant now) {
        try {
            return state.resumed(now);
        } catch (Refusal nothingHoldsIt) {
            return state;
        }
    }
}
