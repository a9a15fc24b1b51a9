package io.siaran.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.siaran.localstack.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the README tells a newcomer to type first, word for word but for the ports and whose token it is. */
@ExtendWith(PackagedStack.class)
class FirstStepsIT {

    private static final Path README = PackagedStack.REPOSITORY.resolve("README.md");

    private final PackagedStack.Running siaran;

    FirstStepsIT(PackagedStack.Running siaran) {
        this.siaran = siaran;
    }

    @BeforeEach
    void itNeedsCurl() throws Exception {
        assumeTrue(
                new ProcessBuilder("sh", "-c", "command -v curl && command -v bash")
                                .start()
                                .waitFor()
                        == 0,
                "there is no curl");
    }

    @Test
    void the_first_message_arrives_and_can_be_sent_again() throws Exception {
        // Given
        String credential = "sim-" + UUID.randomUUID();
        String token = siaran.stack().token("newcomer-" + UUID.randomUUID(), Role.ADMIN);
        String words = firstMessage()
                .replace("$(./siaran token)", token)
                .replace("http://localhost:8080", siaran.stack().baseUrl())
                .replace("http://localhost:8100", siaran.simulatorUrl())
                .replace("sim-merah", credential);

        // When
        JsonNode first = answers(typed(words)).getFirst();
        List<JsonNode> answers = answers(typed(words));
        JsonNode second = answers.getFirst();

        // Then
        assertThat(second.path("device_id")).isEqualTo(first.path("device_id"));
        assertThat(second.path("id")).isNotEqualTo(first.path("id"));
        assertThat(second.path("status").asText()).isIn("pending", "processing");
        assertThat(answers.getLast().path("items").path(0).path("id")).isEqualTo(second.path("id"));
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(siaran.ledger().of(Set.of(credential)))
                        .first()
                        .satisfies(delivery -> assertThat(delivery.phone()).isEqualTo("60123456789"))
                        .satisfies(delivery ->
                                assertThat(Reading.plain(delivery.text())).contains("Hello from Siaran")));
    }

    /** The block of commands below the words that announce it. */
    private static String firstMessage() throws IOException {
        String page = Files.readString(README);
        String after = page.substring(page.indexOf("A first message"));
        int begin = after.indexOf("```sh\n") + "```sh\n".length();
        return after.substring(begin, after.indexOf("```", begin));
    }

    /** What the commands wrote, one after the other. */
    private static List<JsonNode> answers(String said) throws IOException {
        try (MappingIterator<JsonNode> each =
                new ObjectMapper().readerFor(JsonNode.class).readValues(said)) {
            return each.readAll();
        }
    }

    private static String typed(String words) throws Exception {
        Process shell = new ProcessBuilder(List.of("bash", "-eu", "-c", words))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).as(said).isZero();
        return said;
    }
}
