package io.siaran.gateway.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.siaran.gateway.device.Health;
import io.siaran.model.DeviceStatus;
import io.siaran.rest.Refusal;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DeviceStateTest {

    private static final Instant THEN = Instant.parse("2026-11-27T01:00:00Z");
    private static final Instant NOW = THEN.plusSeconds(30);
    private static final DeviceState NEW = DeviceState.registered(THEN);
    private static final DeviceState ONLINE = NEW.observed(new Health.Connected(), THEN);

    @Test
    void a_check_moves_a_device_between_online_and_offline_with_the_reason() {
        assertThat(NEW.observed(new Health.Connected(), NOW))
                .isEqualTo(new DeviceState(DeviceStatus.ONLINE, NOW, null));
        assertThat(ONLINE.observed(new Health.NotConnected("logged out"), NOW))
                .isEqualTo(new DeviceState(DeviceStatus.OFFLINE, NOW, "logged out"));
    }

    @Test
    void what_is_as_it_was_keeps_its_since() {
        assertThat(ONLINE.observed(new Health.Connected(), NOW)).isEqualTo(ONLINE);
    }

    @Test
    void a_person_pauses_and_only_a_person_resumes() {
        // Given
        DeviceState paused = ONLINE.paused(NOW);

        // When // Then
        assertThat(paused.observed(new Health.Connected(), NOW)).isEqualTo(paused);
        assertThat(paused.resumed(NOW).status()).isEqualTo(DeviceStatus.OFFLINE);
        assertThatThrownBy(() -> ONLINE.resumed(NOW)).isInstanceOf(Refusal.class);
    }

    @Test
    void a_banned_device_stays_banned_until_it_connects() {
        // Given
        DeviceState banned = new DeviceState(DeviceStatus.BANNED, THEN, "banned by WhatsApp");

        // When // Then
        assertThat(banned.observed(new Health.NotConnected("disconnected"), NOW))
                .isEqualTo(banned);
        assertThat(banned.observed(new Health.Connected(), NOW).status()).isEqualTo(DeviceStatus.ONLINE);
    }
}
