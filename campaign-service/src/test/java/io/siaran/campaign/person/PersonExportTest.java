package io.siaran.campaign.person;

import static io.siaran.campaign.Cast.ANI;
import static io.siaran.campaign.Cast.BUDI;
import static io.siaran.campaign.Cast.lead;
import static io.siaran.campaign.Cast.operator;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.siaran.campaign.Cast;
import io.siaran.localstack.TestServers;
import io.siaran.model.DeviceId;
import io.siaran.model.PersonAnswer;
import io.siaran.model.PersonRequest;
import io.siaran.model.Topic;
import io.siaran.model.UserId;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class PersonExportTest {

    private static final String PATH = "/api/v1/leads/person-exports";

    @Inject
    Cast cast;

    @Inject
    PersonAnswerIntake answers;

    private final String user = Cast.newUser();

    @Test
    void what_every_service_keeps_of_a_person_is_put_together_once_all_of_it_is_told() {
        // Given
        DeviceId merah = cast.device(user);
        lead(user, Map.of("device_id", merah, "phone", ANI, "name", "Ani", "consent_source", "form of October"));
        lead(user, merah, BUDI);
        cast.suppress(user, ANI);

        // When
        String id = ask("012-345 6701");

        String asked = get(id).extract().path("asked_at");

        // Then
        await().untilAsserted(
                        () -> assertThat(cast.published(Topic.PERSON_REQUESTS, user + ":" + ANI, PersonRequest.class))
                                .extracting(request -> request.id().toString())
                                .containsExactly(id));
        await().untilAsserted(() -> get(id).body("services[0].answered", equalTo(true)));
        get(id).body("services[0].facts", equalTo(2))
                .body("services.service[0]", equalTo("campaign-service"))
                .body("status", equalTo("running"))
                .body("ended_at", nullValue());
        String tag = get(id).extract().header("ETag");
        assertThat(Instant.parse(get(id).header("ETag", equalTo(tag)).extract().path("updated_at")))
                .isAfter(Instant.parse(asked));
        tell(id, "sequence-service", 0, true);
        get(id).header("ETag", not(equalTo(tag)));
        tell(id, "device-gateway", 0, true, "{\"kind\": \"reply\"}");
        tell(id, "dispatch-service", 1, true, "{\"kind\": \"message\", \"text\": \"second\"}");
        get(id).body("status", equalTo("running"));
        operator(user).get(PATH + "/" + id + "/file").then().statusCode(409);
        tell(id, "dispatch-service", 0, false, "{\"kind\": \"message\", \"text\": \"first\"}");
        get(id).body("status", equalTo("done")).body("ended_at", notNullValue());
        assertThat(file(id))
                .hasSize(5)
                .anyMatch(line -> line.contains("\"lead\"") && line.contains("form of October"))
                .anyMatch(line -> line.contains("\"suppression\""))
                .containsSubsequence(
                        "{\"service\":\"dispatch-service\",\"fact\":{\"kind\": \"message\", \"text\": \"first\"}}",
                        "{\"service\":\"dispatch-service\",\"fact\":{\"kind\": \"message\", \"text\": \"second\"}}")
                .noneMatch(line -> line.contains(BUDI));
    }

    @Test
    void a_request_is_its_users_and_so_are_its_answers() {
        // Given
        String id = ask(ANI);
        String stranger = Cast.newUser();

        // When
        answers.apply(List.of(answer(stranger, id, "device-gateway", 0, true, "{\"kind\": \"reply\"}")));

        // Then
        get(id).body("services[3].facts", equalTo(0)).body("services[3].answered", equalTo(false));
        operator(stranger).get(PATH + "/" + id).then().statusCode(404);
        operator(stranger).get(PATH + "/" + id + "/file").then().statusCode(404);
        operator(stranger).get(PATH).then().statusCode(200).body("items", hasSize(0));
        operator(user).get(PATH).then().statusCode(200).body("items.id", contains(id));
        Cast.as(user, "viewer").get(PATH + "/" + id).then().statusCode(403);
    }

    @Test
    void what_is_no_phone_is_refused_and_so_is_more_than_is_answered() {
        // Given
        post("12").statusCode(400).body("violations.field", contains("phone"));
        for (int i = 0; i < PersonExports.MOST_RUNNING; i++) {
            ask(Cast.phone(i));
        }

        // Then
        post(ANI).statusCode(429).header("Retry-After", notNullValue());
    }

    private String ask(String phone) {
        ValidatableResponse asked = post(phone).statusCode(202).body("status", equalTo("running"));
        String id = asked.extract().path("id");
        asked.header("Location", endsWith("/leads/person-exports/" + id));
        return id;
    }

    private ValidatableResponse post(String phone) {
        return operator(user).body("{\"phone\": \"" + phone + "\"}").post(PATH).then();
    }

    private ValidatableResponse get(String id) {
        return operator(user).get(PATH + "/" + id).then().statusCode(200);
    }

    private List<String> file(String id) {
        return operator(user)
                .get(PATH + "/" + id + "/file")
                .then()
                .statusCode(200)
                .header("Content-Type", containsString("application/jsonl"))
                .extract()
                .asString()
                .lines()
                .toList();
    }

    private void tell(String id, String service, int part, boolean last, String... facts) {
        answers.apply(List.of(answer(user, id, service, part, last, facts)));
    }

    private static PersonAnswer answer(String of, String id, String service, int part, boolean last, String... facts) {
        return new PersonAnswer(UUID.fromString(id), new UserId(of), service, part, last, List.of(facts));
    }
}
