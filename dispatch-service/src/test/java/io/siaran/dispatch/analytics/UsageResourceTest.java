package io.siaran.dispatch.analytics;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.siaran.dispatch.Cast;
import io.siaran.dispatch.Events;
import io.siaran.dispatch.Stage;
import io.siaran.localstack.TestServers;
import io.siaran.model.BroadcastMessage;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class UsageResourceTest {

    private static final Instant YESTERDAY =
            Instant.now().minus(24, ChronoUnit.HOURS).truncatedTo(ChronoUnit.MILLIS);

    @Inject
    Stage stage;

    @Inject
    Events events;

    @Inject
    FoldCounts folds;

    @BeforeEach
    void setTheScene() {
        stage.reset();
    }

    @Test
    void what_every_user_sent_is_told_day_by_day_folded_or_not() {
        // Given
        BroadcastMessage sent = Cast.direct(Cast.MERAH, Cast.ANI, YESTERDAY);
        BroadcastMessage failed = Cast.direct(Cast.HIJAU, Cast.BUDI, YESTERDAY);
        stage.store(sent, failed);
        stage.release();
        stage.aSecondLater();
        folds.fold();
        events.settle(events.accepted(sent, 1), events.read(sent, 1), events.rejected(failed, 1));
        stage.store(Cast.direct(Cast.MERAH, Cast.CITRA, Instant.now().truncatedTo(ChronoUnit.MILLIS)));

        // Then
        usage("")
                .body("items.user_id", contains("aminah", "razak", "aminah"))
                .body("items.sent", contains(1, 0, 0))
                .body("items.read", contains(1, 0, 0))
                .body("items.failed", contains(0, 1, 0))
                .body("items.open", contains(0, 0, 1))
                .body("next_cursor", nullValue());
        usage("?user_id=razak").body("items.failed", contains(1));
        usage("?to=2026-01-01").body("items", empty());
    }

    @Test
    void pages_follow_each_other_without_a_gap() {
        // Given
        stage.store(
                Cast.direct(Cast.MERAH, Cast.ANI, YESTERDAY),
                Cast.direct(Cast.HIJAU, Cast.BUDI, YESTERDAY),
                Cast.direct(Cast.MERAH, Cast.ANI, YESTERDAY.plus(24, ChronoUnit.HOURS)));

        // When
        String next = usage("?limit=1")
                .body("items.user_id", contains("aminah"))
                .extract()
                .path("next_cursor");
        String last = usage("?limit=1&cursor=" + next)
                .body("items.user_id", contains("razak"))
                .extract()
                .path("next_cursor");

        // Then
        usage("?limit=1&cursor=" + last).body("items", hasSize(1)).body("items[0].user_id", equalTo("aminah"));
    }

    @Test
    void it_is_for_administrators_only_and_what_cannot_be_read_is_named() {
        as("operator", "").statusCode(403);
        as("admin", "?cursor=bm9uZQ").statusCode(400).body("violations.field", contains("cursor"));
        as("admin", "?from=2020-01-01").statusCode(400).body("violations.field", contains("from"));
    }

    private static ValidatableResponse usage(String query) {
        return as("admin", query).statusCode(200);
    }

    private static ValidatableResponse as(String role, String query) {
        return given().auth()
                .oauth2(TestServers.token("root", role))
                .get("/api/v1/analytics/usage" + query)
                .then();
    }
}
