package io.siaran.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ServersTest {

    @Test
    void containers_are_only_where_an_engine_is() {
        assertThat(Servers.named("testcontainers", () -> true)).isEqualTo(Servers.TESTCONTAINERS);
        assertThat(Servers.named("testcontainers", () -> false)).isEqualTo(Servers.EMBEDDED);
    }

    @Test
    void no_engine_is_asked_where_nobody_wants_one() {
        assertThat(Servers.named("embedded", () -> {
                    throw new AssertionError("was asked");
                }))
                .isEqualTo(Servers.EMBEDDED);
    }

    @Test
    void a_word_that_is_none_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Servers.named("docker", () -> true))
                .withMessage("-Dstack=docker is none of embedded, testcontainers");
    }
}
