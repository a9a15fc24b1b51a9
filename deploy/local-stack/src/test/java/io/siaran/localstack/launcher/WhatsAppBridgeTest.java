package io.siaran.localstack.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WhatsAppBridgeTest {

    @TempDir
    Path home;

    @Test
    void phones_of_the_fake_and_real_ones_never_meet_in_a_database() {
        // Given
        StackSettings settings = StackSettings.from(Map.of("SIARAN_HOME", home.toString()), Path.of("/siaran"));

        // When
        String fake =
                WhatsAppBridge.environment(settings, "127.0.0.1:8090", true).get("BRIDGE_DATABASE_URL");
        String real =
                WhatsAppBridge.environment(settings, "127.0.0.1:8090", false).get("BRIDGE_DATABASE_URL");

        // Then
        assertThat(fake).endsWith("/" + WhatsAppBridge.database(true));
        assertThat(real).endsWith("/" + WhatsAppBridge.database(false)).isNotEqualTo(fake);
    }

    @Test
    void the_fake_keeps_who_is_linked_in_the_home_of_the_stack() {
        // Given
        StackSettings settings = StackSettings.from(Map.of("SIARAN_HOME", home.toString()), Path.of("/siaran"));

        // When
        String memory = WhatsAppBridge.fakeEnvironment(settings).get("FAKE_MEMORY");

        // Then
        assertThat(memory).startsWith(home.toString());
    }
}
