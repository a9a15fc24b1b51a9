package io.siaran.campaign;

import static io.siaran.campaign.Cast.as;
import static io.siaran.campaign.Cast.campaign;
import static io.siaran.campaign.Cast.operator;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import io.siaran.localstack.TestServers;
import io.siaran.localstack.TopicLog;
import io.siaran.model.CampaignId;
import io.siaran.model.DeviceId;
import io.siaran.model.Json;
import io.siaran.model.LeadId;
import io.siaran.model.Topic;
import io.siaran.model.UserEvent;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the audit is told of this service: each deed once, under who did it, and never a phone or a text. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class DeedsTest {

    private static final String SALE = "50% off everything today only!";

    @Inject
    Cast cast;

    private final String user = Cast.newUser();
    private DeviceId merah;
    private DeviceId biru;

    @BeforeEach
    void link() {
        merah = cast.device(user);
        biru = cast.device(user);
    }

    @Test
    void each_move_of_a_campaign_is_one_deed_with_what_it_changed() {
        // Given
        CampaignId id = campaign(user, Map.of("message", SALE));
        String path = "/api/v1/campaigns/" + id;

        // When
        operator(user)
                .body(Map.of("title", "Year End Sale", "message", SALE + "!"))
                .patch(path);
        operator(user).body(Map.of("title", "Year End Sale")).patch(path).then().statusCode(200);
        move(path + "/pause");
        move(path + "/resume");
        move(path + "/trigger");
        move(path + "/cancel");
        move(path + "/archive");
        move(path + "/unarchive");
        operator(user).delete(path).then().statusCode(204);

        // Then
        assertThat(actions("campaign", 9))
                .containsExactly(
                        "created",
                        "edited",
                        "paused",
                        "resumed",
                        "triggered",
                        "cancelled",
                        "archived",
                        "unarchived",
                        "deleted");
        List<UserEvent.Done> deeds = deeds();
        assertThat(deeds).allSatisfy(deed -> {
            assertThat(deed.by()).isEqualTo(user);
            assertThat(deed.userId().value()).isEqualTo(user);
            assertThat(deed.subjectId()).isEqualTo(id.toString());
        });
        assertThat(deeds.getFirst().before()).isNull();
        assertThat(deeds.get(1).before())
                .contains("\"title\":\"Black Friday Sale\"")
                .doesNotContain("niche");
        assertThat(deeds.get(1).after()).contains("\"title\":\"Year End Sale\"", "\"message\":\"not shown\"");
        assertThat(deeds.get(2).after()).isEqualTo("{\"status\":\"paused\"}");
        assertThat(deeds.getLast().after()).isNull();
        assertThat(told()).noneMatch(json -> json.contains("50% off"));
    }

    @Test
    void a_request_that_comes_again_with_its_key_is_one_deed_and_one_that_is_refused_none() {
        // Given
        String key = "once-" + user;

        // When
        String body = Json.write(Cast.campaignBody(Map.of()));
        keyed(key).body(body).post("/api/v1/campaigns").then().statusCode(201);
        String id = keyed(key)
                .body(body)
                .post("/api/v1/campaigns")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        operator(user).post("/api/v1/campaigns/" + id + "/resume").then().statusCode(409);
        move("/api/v1/campaigns/" + id + "/clone", Map.of());

        // Then
        assertThat(actions("campaign", 2)).containsExactly("created", "created");
        assertThat(deeds()).extracting(UserEvent.Done::subjectId).doesNotHaveDuplicates();
    }

    @Test
    void leads_that_move_are_told_one_by_one_or_as_many_and_people_by_their_leads() {
        // Given
        LeadId ani = Cast.lead(user, merah, Cast.ANI);
        Cast.lead(user, merah, Cast.BUDI);
        Cast.patch(user, ani, Map.of("device_id", biru));
        Cast.patch(user, ani, Map.of("name", "Ani"));

        // When
        Map<String, Object> all = Map.of("from_device_id", merah, "to_device_id", biru);
        move("/api/v1/leads/move", all);
        move("/api/v1/leads/move", all);
        move("/api/v1/leads/" + ani + "/opt-out");
        move("/api/v1/leads/" + ani + "/opt-out");
        operator(user).delete("/api/v1/suppressions/" + Cast.ANI).then().statusCode(204);
        move("/api/v1/suppressions", Map.of("phone", Cast.CITRA, "reason", "asked 60123456703"));

        // Then
        await().until(() -> deeds().size() >= 5);
        List<UserEvent.Done> deeds = deeds();
        assertThat(deeds)
                .extracting(deed -> deed.action() + " " + deed.subject() + " " + deed.subjectId())
                .containsExactly(
                        "moved lead " + ani,
                        "moved leads null",
                        "opted_out person " + ani,
                        "opted_in person " + ani,
                        "opted_out person null");
        assertThat(deeds.getFirst().before()).isEqualTo("{\"device_id\":\"" + merah + "\"}");
        assertThat(deeds.getFirst().after()).isEqualTo("{\"device_id\":\"" + biru + "\"}");
        assertThat(deeds.get(1).after()).contains("\"device_id\":\"" + biru + "\"", "\"leads\":1");
        assertThat(told()).noneMatch(json -> json.contains("601234567"));
    }

    @Test
    void a_file_of_leads_is_one_deed_of_who_brought_it_and_one_that_cannot_be_read_none() {
        // When
        upload("name,phone\nAni,60123456701\n", 202);
        upload("name\nAni\n", 400);

        // Then
        assertThat(actions("import", 1)).containsExactly("imported");
        assertThat(deeds().getFirst().after()).contains("\"device_id\":\"" + merah + "\"", "\"bytes\":27");
        assertThat(told()).noneMatch(json -> json.contains("601234567"));
    }

    private void upload(String file, int status) {
        as(user, "operator")
                .contentType("text/csv")
                .body(file)
                .post("/api/v1/leads/import?device_id=" + merah)
                .then()
                .statusCode(status);
    }

    private RequestSpecification keyed(String key) {
        return operator(user).header("Idempotency-Key", key);
    }

    private void move(String path) {
        operator(user).post(path).then().statusCode(200);
    }

    private void move(String path, Map<String, Object> body) {
        int status = operator(user).body(Json.write(body)).post(path).statusCode();
        assertThat(status).isBetween(200, 201);
    }

    /** Once so many were told, all of them. */
    private List<String> actions(String subject, int atLeast) {
        await().until(() -> deeds().size() >= atLeast);
        return deeds().stream()
                .filter(deed -> deed.subject().equals(subject))
                .map(UserEvent.Done::action)
                .toList();
    }

    private List<UserEvent.Done> deeds() {
        return told().stream()
                .map(json -> Json.read(json, UserEvent.class))
                .filter(UserEvent.Done.class::isInstance)
                .map(UserEvent.Done.class::cast)
                .toList();
    }

    private List<String> told() {
        return TopicLog.of(Topic.USER_EVENTS.topicName()).records(user).stream()
                .map(ConsumerRecord::value)
                .toList();
    }
}
