package io.siaran.gateway.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.gateway.Cast;
import io.siaran.gateway.Cast.Registered;
import io.siaran.gateway.Simulator;
import io.siaran.localstack.TestServers;
import io.siaran.localstack.TopicLog;
import io.siaran.model.DeviceId;
import io.siaran.model.Json;
import io.siaran.model.Topic;
import io.siaran.model.UserEvent;
import io.siaran.model.UserId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** What the audit is told of this service: each deed once, under who did it, and never a phone or a secret. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class DeedsTest {

    /** Of each test: nobody else does anything in its name. */
    private final UserId shop = new UserId("toko-" + UUID.randomUUID());

    @Test
    void each_change_of_a_device_is_one_deed_with_what_it_changed() {
        // Given
        Registered merah = Cast.device(shop, "merah");
        String path = "/api/v1/devices/" + merah.id();

        // When
        Cast.patch(merah, Map.of("name", "biru", "phone", "60123456789"));
        Cast.patch(merah, Map.of("name", "biru"));
        Cast.patch(merah, Map.of("credential", "sim-new-" + UUID.randomUUID()));
        post(path + "/pause", 200);
        post(path + "/pause", 200);
        post(path + "/resume", 200);
        post(path + "/callback/rotate", 200);
        Cast.as(shop, "operator").delete(path + "?leads=keep").then().statusCode(204);

        // Then
        assertThat(deeds(7))
                .extracting(UserEvent.Done::action)
                .containsExactly("created", "edited", "edited", "paused", "resumed", "secret_rotated", "deleted");
        List<UserEvent.Done> deeds = deeds(7);
        assertThat(deeds).allSatisfy(deed -> {
            assertThat(deed.by()).isEqualTo(shop.value());
            assertThat(deed.subject()).isEqualTo("device");
            assertThat(deed.subjectId()).isEqualTo(merah.id().toString());
        });
        assertThat(deeds.get(1).before()).contains("\"name\":\"merah\"").doesNotContain("time_zone");
        assertThat(deeds.get(1).after()).contains("\"name\":\"biru\"", "\"phone\":\"not shown\"");
        assertThat(deeds.get(2).after()).contains("\"other_credential\":true");
        assertThat(deeds.get(3).after()).isEqualTo("{\"condition\":\"paused\"}");
        assertThat(deeds.getLast().after()).isNull();
        assertThat(told()).noneMatch(json -> json.contains("sim-") || json.contains("60123456789"));
    }

    @Test
    void the_rules_of_a_shop_are_one_deed_where_they_change() {
        // When
        rules(60);
        rules(60);
        rules(30);

        // Then
        assertThat(deeds(2))
                .extracting(UserEvent.Done::action, UserEvent.Done::subject)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("edited", "sending_rules"),
                        org.assertj.core.groups.Tuple.tuple("edited", "sending_rules"));
        assertThat(deeds(2).getLast().before()).isEqualTo("{\"rate_per_minute\":60}");
        assertThat(deeds(2).getLast().after()).isEqualTo("{\"rate_per_minute\":30}");
    }

    @Test
    void a_link_is_told_when_it_is_asked_for_when_it_stands_and_when_it_is_ended_however_often_one_looks() {
        // Given
        Registered merah = unlinked();
        String path = "/api/v1/devices/" + merah.id();

        // When
        post(path + "/connect", 200);
        post(path + "/connect", 200);
        Simulator.connection(merah.token(), "connected");
        post(path + "/connect", 200);
        post(path + "/connect", 200);
        post(path + "/disconnect", 204);

        // Then
        assertThat(deeds(4))
                .extracting(UserEvent.Done::action)
                .containsExactly("created", "link_begun", "linked", "disconnected");
    }

    @Test
    void people_who_link_one_device_at_once_see_one_code_and_do_one_deed() throws Exception {
        // Given
        Registered merah = unlinked();

        // When
        List<String> shown = connectedByEight(merah, "qr");
        Simulator.connection(merah.token(), "connected");
        List<String> after = connectedByEight(merah, "state");
        post("/api/v1/devices/" + merah.id() + "/disconnect", 204);

        // Then
        assertThat(shown).containsOnly("2@" + merah.token());
        assertThat(after).containsOnly("linked");
        assertThat(deeds(4))
                .extracting(UserEvent.Done::action)
                .containsExactly("created", "link_begun", "linked", "disconnected");
    }

    /** @param field of each one's answer */
    private List<String> connectedByEight(Registered device, String field) throws InterruptedException {
        Callable<String> one = () -> Cast.as(shop, "operator")
                .post("/api/v1/devices/" + device.id() + "/connect")
                .then()
                .statusCode(200)
                .extract()
                .path(field);
        try (ExecutorService people = Executors.newFixedThreadPool(8)) {
            return people.invokeAll(Collections.nCopies(8, one)).stream()
                    .map(Future::resultNow)
                    .toList();
        }
    }

    private void rules(int ratePerMinute) {
        Cast.as(shop, "operator")
                .body(Map.of("rate_per_minute", ratePerMinute))
                .put("/api/v1/sending-rules")
                .then()
                .statusCode(200);
    }

    /** Its server does not know it yet. */
    private Registered unlinked() {
        String session = "new-" + UUID.randomUUID();
        Map<String, Object> body = Map.of(
                "name",
                "merah",
                "platform",
                "",
                "engine",
                "waha",
                "session",
                session,
                "credential",
                "sim-user:key",
                "base_url",
                TestServers.simulatorUrl() + "/waha");
        String id = Cast.as(shop, "operator")
                .body(body)
                .post("/api/v1/devices")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        return new Registered(DeviceId.of(id), shop, session);
    }

    private void post(String path, int status) {
        Cast.as(shop, "operator").post(path).then().statusCode(status);
    }

    /** Once so many were told, all of them. */
    private List<UserEvent.Done> deeds(int atLeast) {
        await().until(() -> told().size() >= atLeast);
        return told().stream()
                .map(json -> (UserEvent.Done) Json.read(json, UserEvent.class))
                .toList();
    }

    private List<String> told() {
        return TopicLog.of(Topic.USER_EVENTS.topicName()).records(shop.value()).stream()
                .map(ConsumerRecord::value)
                .toList();
    }
}
