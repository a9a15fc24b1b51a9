package io.siaran.localstack.launcher;

import io.siaran.localstack.launcher.StackSettings.Place;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What {@code ./siaran status} says: each part of the stack, whether it runs, and where. The services are told by their processes, which
 * this home has records of; all else lives in the launcher or ends with it, and is asked.
 */
final class StackStatus {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final String AWAY = "-";

    private final StackSettings settings;
    private final RunDirectory records;

    StackStatus(StackSettings settings, RunDirectory records) {
        this.settings = settings;
        this.records = records;
    }

    boolean isRunning() {
        return records.launcher().isPresent();
    }

    List<String> lines() {
        String first = records.launcher()
                .map(launcher -> "Siaran runs (process %d) over %s.".formatted(launcher.pid(), settings.home()))
                .orElse("Siaran does not run over " + settings.home() + ".");
        return Stream.of(
                        Stream.of(first, asked("front door", settings.baseUrl(), "/")),
                        Arrays.stream(Service.values()).flatMap(this::processes),
                        Stream.of(
                                asked("whatsapp-bridge", settings.bridgeUrl(), "/health/ready"),
                                asked("phones of the fake", settings.phonesUrl(), "/accounts"),
                                asked("simulator", settings.simulatorUrl(), "/"),
                                connected("PostgreSQL", Place.POSTGRES),
                                connected("Kafka", Place.KAFKA)))
                .flatMap(each -> each)
                .toList();
    }

    /** Those that live; where none does, the first, which should. */
    private Stream<String> processes(Service service) {
        List<Instance> living = records.living().stream()
                .filter(each -> each.service() == service)
                .toList();
        return (living.isEmpty() ? List.of(Instance.first(service)) : living)
                .stream().map(this::process);
    }

    private String process(Instance instance) {
        String state = records.process(instance)
                .map(process -> "process " + process.pid())
                .orElse(AWAY);
        return row(
                instance.name(),
                state,
                "http://127.0.0.1:" + settings.address(instance).port());
    }

    private String asked(String name, String url, String path) {
        return row(name, isRunning() ? answer(URI.create(url + path)) : AWAY, url);
    }

    private String connected(String name, Place place) {
        int port = settings.port(place);
        return row(name, isRunning() && listens(port) ? "answers" : AWAY, "127.0.0.1:" + port);
    }

    private static String answer(URI address) {
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            HttpRequest question =
                    HttpRequest.newBuilder(address).timeout(PATIENCE).build();
            int code = http.send(question, BodyHandlers.discarding()).statusCode();
            return code == 200 ? "answers" : "HTTP " + code;
        } catch (IOException nobodyAnswers) {
            return AWAY;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return AWAY;
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), (int) PATIENCE.toMillis());
            return true;
        } catch (IOException nobodyListens) {
            return false;
        }
    }

    private static String row(String name, String state, String address) {
        return "  %-19s %-15s %s".formatted(name, state, address);
    }
}
