package io.siaran.localstack.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.siaran.localstack.Kafka;
import io.siaran.localstack.LocalPostgres.Durability;
import io.siaran.localstack.Ports;
import io.siaran.localstack.Postgres;
import io.siaran.localstack.Servers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainersTest {

    @TempDir
    Path nothing;

    @Test
    void the_images_are_those_of_compose() throws IOException {
        String compose = Files.readString(Path.of("../compose/compose.yaml"));

        assertThat(compose).contains("image: " + PostgresContainer.IMAGE, "image: " + KafkaContainer.IMAGE);
    }

    @Test
    void both_servers_answer_from_their_containers_and_are_gone_when_they_are_closed() throws Exception {
        assumeTrue(
                "testcontainers".equals(System.getProperty("stack")) && ContainerEngine.isThere(),
                "no -Dstack=testcontainers, or no engine");
        // Given
        List<Integer> ports = Ports.free(2);

        // When
        try (Postgres postgres = Servers.TESTCONTAINERS.postgres(nothing, ports.getFirst(), Durability.FORGETFUL);
                Kafka kafka = Servers.TESTCONTAINERS.kafka(nothing, ports.getLast(), 0)) {
            postgres.createDatabases(List.of("shop"));
            kafka.createTopics();

            // Then
            assertThat(directoryOf(postgres)).isEqualTo("/var/lib/postgresql/data");
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.address()))) {
                assertThat(admin.listTopics().names().get()).contains("device-sends");
            }
        }
        assertThat(ports).noneMatch(Ports::inUse);
        assertThat(nothing).isEmptyDirectory();
    }

    private static String directoryOf(Postgres postgres) throws SQLException {
        try (var connection = postgres.connect("shop");
                var statement = connection.createStatement();
                var answer = statement.executeQuery("SHOW data_directory")) {
            answer.next();
            return answer.getString(1);
        }
    }
}
