package io.siaran.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TestServersTest {

    @Test
    void a_second_start_answers_with_the_servers_that_run() throws Exception {
        // Given
        Map<String, String> first = new TestServers().start();

        // When
        Map<String, String> second = new TestServers().start();

        // Then
        assertThat(second).isEqualTo(first);
        assertThat(Files.readString(Path.of(URI.create(second.get("siaran.jwt-public-key")))))
                .contains("BEGIN PUBLIC KEY");
    }

    @Test
    void a_token_carries_the_user_and_every_role_up_to_its_own() {
        // Given
        new TestServers().start();

        // When
        String token = TestServers.token("toko-sinar", "operator");

        // Then
        String claims = new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8);
        assertThat(claims)
                .contains("\"iss\":\"siaran\"")
                .contains("\"sub\":\"toko-sinar\"")
                .contains("\"groups\":[\"viewer\",\"operator\"]");
    }
}
