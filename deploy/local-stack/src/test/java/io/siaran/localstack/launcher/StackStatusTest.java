package io.siaran.localstack.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.siaran.localstack.launcher.StackSettings.Place;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./siaran status} says of a stack of which this process is the launcher. */
class StackStatusTest {

    @TempDir
    Path home;

    private final List<AutoCloseable> open = new ArrayList<>();
    private StackSettings settings;
    private RunDirectory records;

    @BeforeEach
    void settle() {
        settings = StackSettings.onFreePorts(Path.of("/siaran"), home);
        records = new RunDirectory(home);
        open.add(records.lock());
    }

    @AfterEach
    void end() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    @Test
    void each_part_is_told_with_its_state_and_its_address() throws IOException {
        // Given
        records.recordLauncher();
        records.record(Instance.first(Service.DISPATCH), ProcessHandle.current());
        answers(Place.FRONT_DOOR, 200);
        answers(Place.SIMULATOR, 200);
        answers(Place.BRIDGE, 503);
        listens(Place.POSTGRES);

        // When
        List<String> lines = status();

        // Then
        long here = ProcessHandle.current().pid();
        assertThat(lines)
                .containsExactly(
                        "Siaran runs (process %d) over %s.".formatted(here, home),
                        row("front door", "answers", url(Place.FRONT_DOOR)),
                        row("campaign-service", "-", url(Place.CAMPAIGN)),
                        row("sequence-service", "-", url(Place.SEQUENCE)),
                        row("dispatch-service", "process " + here, url(Place.DISPATCH)),
                        row("device-gateway", "-", url(Place.GATEWAY)),
                        row("whatsapp-bridge", "HTTP 503", url(Place.BRIDGE)),
                        row("phones of the fake", "-", url(Place.FAKE_PHONES)),
                        row("simulator", "answers", url(Place.SIMULATOR)),
                        row("PostgreSQL", "answers", "127.0.0.1:" + settings.port(Place.POSTGRES)),
                        row("Kafka", "-", "127.0.0.1:" + settings.port(Place.KAFKA)));
    }

    @Test
    void each_process_of_a_service_is_told_where_it_is() {
        // Given
        records.recordLauncher();
        records.record(Instance.first(Service.DISPATCH), ProcessHandle.current());
        records.record(Instance.named("dispatch-2"), ProcessHandle.current());

        // When
        List<String> lines = status();

        // Then
        String here = "process " + ProcessHandle.current().pid();
        String second = "http://127.0.0.1:"
                + settings.address(Instance.named("dispatch-2")).port();
        assertThat(second).isNotEqualTo(url(Place.DISPATCH));
        assertThat(lines)
                .containsSubsequence(
                        row("dispatch-service", here, url(Place.DISPATCH)), row("dispatch-service-2", here, second));
    }

    /** It may be another stack's, or no stack's at all. */
    @Test
    void what_listens_where_no_launcher_runs_is_not_taken_for_a_part_of_it() throws IOException {
        // Given
        answers(Place.FRONT_DOOR, 200);
        listens(Place.KAFKA);

        // When
        List<String> lines = status();

        // Then
        assertThat(lines.getFirst()).isEqualTo("Siaran does not run over " + home + ".");
        assertThat(lines).hasSize(11).noneMatch(line -> line.contains("answers"));
    }

    private List<String> status() {
        return new StackStatus(settings, records).lines();
    }

    private void answers(Place place, int code) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", settings.port(place)), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(code, -1);
            exchange.close();
        });
        server.start();
        open.add(() -> server.stop(0));
    }

    private void listens(Place place) throws IOException {
        open.add(new ServerSocket(settings.port(place), 1, InetAddress.getLoopbackAddress()));
    }

    private String url(Place place) {
        return "http://127.0.0.1:" + settings.port(place);
    }

    private static String row(String name, String state, String address) {
        return "  %-19s %-15s %s".formatted(name, state, address);
    }
}
