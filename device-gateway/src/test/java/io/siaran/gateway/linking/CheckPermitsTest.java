package io.siaran.gateway.linking;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Questions beside the sends: a server that hangs takes its own places and no others. */
class CheckPermitsTest {

    private final CheckPermits permits = new CheckPermits(3, 2);

    @Test
    void a_server_that_hangs_leaves_places_for_another() {
        assertThat(permits.tryAcquire("hangs")).isTrue();
        assertThat(permits.tryAcquire("hangs")).isTrue();
        assertThat(permits.tryAcquire("hangs")).isFalse();

        assertThat(permits.tryAcquire("serves")).isTrue();
        assertThat(permits.free()).isZero();
    }

    @Test
    void what_was_refused_took_nothing_and_what_ended_is_free_again() {
        assertThat(permits.tryAcquire("hangs")).isTrue();
        assertThat(permits.tryAcquire("hangs")).isTrue();
        assertThat(permits.tryAcquire("hangs")).isFalse();
        assertThat(permits.free()).isOne();

        permits.release("hangs");

        assertThat(permits.tryAcquire("hangs")).isTrue();
        assertThat(permits.free()).isOne();
    }
}
