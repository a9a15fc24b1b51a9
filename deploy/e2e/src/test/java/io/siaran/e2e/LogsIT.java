package io.siaran.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.siaran.localstack.launcher.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the processes print where a collector reads it, as the chart sets it: one JSON object a line, whatever happens. */
@ExtendWith(PackagedStack.class)
class LogsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** The first that a JVM says here, whatever else it does: the build sets its options. */
    private static final String ANOTHER_JVM_STARTS = "NOTE: Picked up JDK_JAVA_OPTIONS";

    private final PackagedStack.Running siaran;

    LogsIT(PackagedStack.Running siaran) {
        this.siaran = siaran;
    }

    @Test
    void every_line_is_one_object_that_says_when_where_and_what() {
        for (Service service : Service.values()) {
            assertThat(lines(service)).as(service.module()).isNotEmpty().allSatisfy(line -> {
                JsonNode event = Crm.tree(line);
                assertThat(OffsetDateTime.parse(event.path("timestamp").asText())
                                .toInstant())
                        .isBeforeOrEqualTo(Instant.now());
                assertThat(event.path("level").asText()).isIn("INFO", "WARN", "ERROR");
                assertThat(event.path("loggerName").asText()).isNotBlank();
                assertThat(event.path("message").asText()).isNotBlank();
            });
        }
    }

    @Test
    void what_is_logged_for_a_request_carries_its_id_and_the_stack_of_what_failed() {
        // Given
        Shop shop = siaran.shop("kedai-log");
        UUID campaign = shop.campaign("Log", "log", "Hi");
        zone(campaign, "Nowhere");
        HttpResponse<String> answer;

        // When
        try {
            answer = shop.crm().exchange("GET", "/campaigns/" + campaign, "");
        } finally {
            zone(campaign, "Asia/Kuala_Lumpur");
        }

        // Then
        assertThat(answer.statusCode()).isEqualTo(500);
        String errorId = Crm.tree(answer.body()).path("error_id").asText();
        JsonNode event = awaitEvent(Service.CAMPAIGN, "request failed: error_id=" + errorId);
        assertThat(event.at("/mdc/request_id").asText())
                .isEqualTo(answer.headers().firstValue("X-Request-Id").orElseThrow());
        assertThat(event.path("level").asText()).isEqualTo("ERROR");
        assertThat(event.path("stackTrace").asText()).contains("Nowhere", "\n\tat ");
    }

    @Test
    void what_is_logged_while_a_message_is_sent_carries_its_id() {
        // Given
        Shop shop = siaran.shop("kedai-log");
        UUID device = shop.device("merah");
        ServiceDatabase database = siaran.database(Service.GATEWAY);
        database.refuse("send_journal", "NEW.device_id = '%s'".formatted(device), "22000");

        // When
        try {
            UUID message = shop.message(device, "60137550000", "Rahsia");

            // Then
            JsonNode event = awaitEvent(Service.GATEWAY, "a try can never begin message=" + message);
            assertThat(event.at("/mdc/message").asText()).isEqualTo(message.toString());
            assertThat(lines(Service.GATEWAY))
                    .noneMatch(line -> line.contains("Rahsia") || line.contains("60137550000"));
        } finally {
            database.take("send_journal");
        }
    }

    private void zone(UUID campaign, String zone) {
        siaran.database(Service.CAMPAIGN)
                .run("UPDATE campaigns SET time_zone = '%s' WHERE id = '%s'".formatted(zone, campaign));
    }

    private JsonNode awaitEvent(Service service, String beginning) {
        return await().atMost(PATIENCE)
                .until(
                        () -> lines(service)
                                .map(Crm::tree)
                                .filter(event -> event.path("message").asText().startsWith(beginning))
                                .findFirst()
                                .orElse(null),
                        found -> found != null);
    }

    /**
     * Whole ones: the last may be in the making, and one of a process that another test killed is cut where the first line of the next
     * one begins. Of a JVM's own lines those are left out which the build, or a machine that is short of something, has it say.
     */
    private Stream<String> lines(Service service) {
        try {
            String printed = Files.readString(siaran.logs().resolve(service.module() + ".log"));
            return printed.substring(0, printed.lastIndexOf('\n') + 1)
                    .lines()
                    .filter(line -> !line.contains(ANOTHER_JVM_STARTS) && !isWarningOfTheJvm(line));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static boolean isWarningOfTheJvm(String line) {
        return line.startsWith("[") && (line.contains("[warning]") || line.contains("[aot]"));
    }
}
