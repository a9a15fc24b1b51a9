package io.siaran.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.siaran.client.model.DeviceBody;
import io.siaran.client.model.PlatformName;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A device that was created is known to every service, or the write that names it waits: also while much is being written. */
@ExtendWith(PackagedStack.class)
class JustLinkedIT {

    private static final int DEVICES = 40;
    private static final int LINKED_AT_ONCE = 4;
    private static final int WRITERS = 6;
    private static final int LEADS_OF_A_CALL = 500;

    private final PackagedStack.Running siaran;
    private final AtomicBoolean enough = new AtomicBoolean();
    private final AtomicInteger phones = new AtomicInteger();
    private Shop shop;

    JustLinkedIT(PackagedStack.Running siaran) {
        this.siaran = siaran;
    }

    @Test
    void whoever_names_a_device_at_once_is_understood_while_thousands_of_leads_are_written() {
        // Given
        shop = siaran.shop("kedai-ramai");
        UUID first = shop.device("first");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Integer>> writers = IntStream.range(0, WRITERS)
                    .mapToObj(_ -> CompletableFuture.supplyAsync(() -> writeLeads(first), threads))
                    .toList();

            // When
            List<String> refused = new ArrayList<>();
            try (ExecutorService callers = Executors.newFixedThreadPool(LINKED_AT_ONCE)) {
                IntStream.range(0, DEVICES)
                        .mapToObj(n -> CompletableFuture.supplyAsync(() -> linkAndName("busy-" + n), callers))
                        .toList()
                        .forEach(named -> refused.addAll(named.join()));
            } finally {
                enough.set(true);
            }

            // Then
            assertThat(refused).isEmpty();
            assertThat(writers.stream().mapToInt(CompletableFuture::join).sum())
                    .as("leads that were written meanwhile")
                    .isGreaterThan(LEADS_OF_A_CALL * WRITERS);
        }
    }

    /** What was answered otherwise than with 201, by the services that need not know the device yet. */
    private List<String> linkAndName(String name) {
        UUID device = shop.crm()
                .register(new DeviceBody()
                        .name(name)
                        .platform(PlatformName.WABLAS)
                        .baseUrl(siaran.simulatorUrl() + "/wablas")
                        .credential("sim-" + name + "-" + UUID.randomUUID()))
                .getId();
        String phone = phone();
        List<String> refused = new ArrayList<>();
        refused.addAll(answered("/messages", """
                {"device_id":"%s","phone":"%s","message":"Hi","scheduled_at":"2099-01-01T00:00:00Z"}""".formatted(device, phone)));
        refused.addAll(answered("/leads", """
                {"device_id":"%s","phone":"%s","name":"Ani"}""".formatted(device, phone)));
        return refused;
    }

    private List<String> answered(String path, String body) {
        HttpResponse<String> answer = shop.crm().exchange("POST", path, body);
        return answer.statusCode() == 201 ? List.of() : List.of(path + " " + answer.statusCode() + " " + answer.body());
    }

    private int writeLeads(UUID device) {
        int written = 0;
        while (!enough.get()) {
            String rows = IntStream.range(0, LEADS_OF_A_CALL)
                    .mapToObj(_ -> """
                            {"device_id":"%s","phone":"%s","name":"Budi"}""".formatted(device, phone()))
                    .collect(Collectors.joining(",", "{\"leads\":[", "]}"));
            JsonNode answer = shop.crm().post("/leads/bulk", rows);
            written += answer.isNull() ? 0 : LEADS_OF_A_CALL;
        }
        return written;
    }

    private String phone() {
        return "60139%06d".formatted(phones.incrementAndGet());
    }
}
