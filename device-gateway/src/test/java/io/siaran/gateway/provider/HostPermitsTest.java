package io.siaran.gateway.provider;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HostPermitsTest {

    private final HostPermits permits = new HostPermits(1);

    @Test
    void a_server_that_is_full_holds_up_no_other_and_nobody_waits_for_it() {
        // When
        String inner = permits.run(
                "https://slow.example/api",
                () -> permits.run("https://slow.example", () -> "called", () -> "full")
                        + permits.run("https://other.example", () -> " called", () -> " full"),
                () -> "full");

        // Then
        assertThat(inner).isEqualTo("full called");
        assertThat(permits.hosts()).isZero();
        assertThat(permits.run("https://slow.example", () -> "called", () -> "full"))
                .isEqualTo("called");
    }
}
