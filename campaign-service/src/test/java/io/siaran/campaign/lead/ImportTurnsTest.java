package io.siaran.campaign.lead;

import static io.siaran.campaign.Cast.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.siaran.campaign.Cast;
import io.siaran.localstack.TestServers;
import io.siaran.model.DeviceId;
import io.siaran.sql.Database;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one user's imports may take of those of others. The clock starts none here: the tests do. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class ImportTurnsTest {

    @Inject
    Cast cast;

    @Inject
    Database database;

    @Inject
    ImportStore store;

    @Inject
    LeadUpserts upserts;

    @Inject
    LeadNews news;

    @Inject
    Devices devices;

    @Inject
    ImportConfig config;

    @Inject
    Clock clock;

    @Inject
    LeadImports imports;

    private final String ani = Cast.newUser();
    private final String budi = Cast.newUser();
    private Map<String, DeviceId> device;

    /** What other tests left would have its turn first. */
    @BeforeEach
    void linkAndEndAllOthers() {
        device = Map.of(ani, cast.device(ani), budi, cast.device(budi));
        imports.work();
    }

    @Test
    void a_small_file_waits_for_one_turn_of_the_large_ones_that_came_before_and_not_for_their_ends() {
        // Given
        String first = taken(ani, phones(5_000));
        String second = taken(ani, phones(5_000));
        String small = taken(budi, phones(10));
        LeadImports turns = limited(new ImportLimits(config).turn(2_000));

        // When
        turns.turn();
        turns.turn();

        // Then
        view(budi, small).body("status", equalTo("done")).body("created", equalTo(10));
        view(ani, first).body("status", equalTo("running")).body("lines", equalTo(2_000));
        view(ani, second).body("status", equalTo("waiting"));
        turns.work();
        view(ani, first).body("status", equalTo("done")).body("created", equalTo(5_000));
        view(ani, second).body("status", equalTo("done")).body("unchanged", equalTo(5_000));
    }

    @Test
    void a_small_file_waits_for_one_of_many_that_came_before_and_end_within_their_turns() {
        // Given
        List<String> before =
                Stream.generate(() -> taken(ani, phones(10))).limit(3).toList();
        String small = taken(budi, phones(10));

        // When
        imports.turn();
        imports.turn();

        // Then
        view(budi, small).body("status", equalTo("done"));
        view(ani, before.get(1)).body("status", equalTo("waiting"));
        imports.work();
        view(ani, before.getLast()).body("status", equalTo("done"));
    }

    @Test
    void who_comes_during_a_turn_is_next_when_it_ends() {
        // Given
        String large = taken(ani, phones(10));
        LeadImport turn = store.lease().orElseThrow();
        String small = taken(budi, phones(10));

        // When
        store.handBack(turn);
        imports.turn();

        // Then
        view(budi, small).body("status", equalTo("done"));
        imports.work();
        view(ani, large).body("status", equalTo("done"));
    }

    @Test
    void who_sends_one_small_file_after_the_other_is_no_reason_to_wait_for_ever() {
        // Given
        String large = taken(budi, phones(5_000));
        LeadImports turns = limited(new ImportLimits(config).turn(2_000));

        // When
        for (int i = 0; i < 8; i++) {
            taken(ani, phones(10));
            turns.turn();
        }

        // Then
        view(budi, large).body("status", equalTo("done"));
    }

    @Test
    void a_file_for_which_nobody_else_waits_is_worked_off_at_once() {
        // Given
        String large = taken(ani, phones(5_000));
        taken(ani, phones(10));

        // When
        limited(new ImportLimits(config).turn(2_000)).turn();

        // Then
        view(ani, large).body("status", equalTo("done"));
    }

    @Test
    void so_many_files_of_a_user_may_wait_and_no_more_until_one_of_them_has_ended() {
        // Given
        for (int i = 0; i < config.openPerUser(); i++) {
            taken(ani, phones(1));
        }

        // Then
        upload(ani, phones(1))
                .statusCode(429)
                .header("Retry-After", equalTo("30"))
                .body("code", equalTo("too_many_requests"));
        taken(budi, phones(1));
        imports.work();
        taken(ani, phones(1));
        assertThat(database.run("SELECT FROM imports WHERE user_id = $1", ani).rowCount())
                .isEqualTo(config.openPerUser() + 1);
    }

    @Test
    void of_a_file_of_nothing_but_mistakes_the_first_are_kept_and_the_others_counted() {
        // Given
        String id = taken(ani, "phone\n" + "1\n".repeat(5_000));

        // When
        limited(new ImportLimits(config).keptRejections(2_500)).work();

        // Then
        view(ani, id)
                .body("status", equalTo("done"))
                .body("refused", equalTo(5_000))
                .body("rejections_not_kept", equalTo(2_500));
        List<String> kept = as(ani, "viewer")
                .accept("text/csv")
                .get("/api/v1/leads/import/" + id + "/rejections")
                .then()
                .statusCode(200)
                .extract()
                .asString()
                .lines()
                .toList();
        assertThat(kept).hasSize(1 + 2_500).last().asString().startsWith("2501,phone,");
    }

    private LeadImports limited(ImportConfig limits) {
        return new LeadImports(store, upserts, news, devices, database, limits, clock);
    }

    private static String phones(int lines) {
        return "phone\n" + IntStream.range(0, lines).mapToObj(Cast::phone).collect(Collectors.joining("\n"));
    }

    private String taken(String user, String file) {
        return upload(user, file).statusCode(202).extract().path("id");
    }

    private ValidatableResponse upload(String user, String file) {
        return as(user, "operator")
                .contentType("text/csv")
                .body(file.getBytes(StandardCharsets.UTF_8))
                .post("/api/v1/leads/import?device_id=" + device.get(user))
                .then();
    }

    private static ValidatableResponse view(String user, String id) {
        return as(user, "viewer").get("/api/v1/leads/import/" + id).then().statusCode(200);
    }
}
