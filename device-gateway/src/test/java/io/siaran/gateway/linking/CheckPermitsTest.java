package io.siaran.gateway.linking;

import static org.assertj.core.api.Assertions.assertThat;

import io.siaran.gateway.Cast;
import io.siaran.gateway.registration.DueChecks.Due;
import io.siaran.model.DeviceId;
import io.siaran.model.UserId;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Questions beside the sends: a server that hangs takes its own places and no others, and so do all those of a user. */
class CheckPermitsTest {

    private final CheckPermits permits = new CheckPermits(8, 2);

    @Test
    void a_server_that_hangs_leaves_places_for_another() {
        assertThat(permits.tryAcquire(check(Cast.SINAR), "hangs")).isTrue();
        assertThat(permits.tryAcquire(check(Cast.MAJU), "hangs")).isTrue();
        assertThat(permits.tryAcquire(check(Cast.SINAR), "hangs")).isFalse();

        assertThat(permits.tryAcquire(check(Cast.SINAR), "serves")).isTrue();
        assertThat(permits.free()).isEqualTo(5);
    }

    @Test
    void what_was_refused_took_nothing_and_what_ended_is_free_again() {
        Due merah = check(Cast.SINAR);
        assertThat(permits.tryAcquire(merah, "hangs")).isTrue();
        assertThat(permits.tryAcquire(check(Cast.SINAR), "hangs")).isTrue();
        assertThat(permits.tryAcquire(check(Cast.SINAR), "hangs")).isFalse();
        assertThat(permits.free()).isEqualTo(6);

        permits.release(merah, "hangs");

        assertThat(permits.tryAcquire(merah, "hangs")).isTrue();
        assertThat(permits.free()).isEqualTo(6);
    }

    @Test
    void a_user_whose_many_servers_hang_leaves_places_for_another() {
        Due first = check(Cast.MAJU);
        assertThat(permits.tryAcquire(first, "hangs-1")).isTrue();
        assertThat(permits.tryAcquire(check(Cast.MAJU), "hangs-2")).isTrue();
        assertThat(permits.tryAcquire(check(Cast.MAJU), "hangs-3")).isTrue();
        assertThat(permits.tryAcquire(check(Cast.MAJU), "hangs-4")).isFalse();

        assertThat(permits.tryAcquire(check(Cast.SINAR), "serves")).isTrue();
        assertThat(permits.underWay().mostOfUser()).isEqualTo(3);
        assertThat(permits.underWay().ofUsers()).isEqualTo(Map.of(Cast.MAJU, 3, Cast.SINAR, 1));
        permits.release(first, "hangs-1");
        assertThat(permits.tryAcquire(check(Cast.MAJU), "hangs-4")).isTrue();
    }

    @Test
    void a_device_is_asked_about_once_at_a_time() {
        Due merah = check(Cast.SINAR);
        assertThat(permits.tryAcquire(merah, "hangs")).isTrue();

        assertThat(permits.tryAcquire(merah, "another")).isFalse();

        assertThat(permits.free()).isEqualTo(7);
        assertThat(permits.underWay().devices()).containsExactly(merah.device());
        permits.release(merah, "hangs");
        assertThat(permits.underWay().devices()).isEmpty();
        assertThat(permits.tryAcquire(merah, "another")).isTrue();
    }

    private static Due check(UserId user) {
        return new Due(new DeviceId(UUID.randomUUID()), user);
    }
}
