package io.siaran.sequence;

import static io.siaran.sequence.Fitness.challenge;
import static io.siaran.sequence.Fitness.with;
import static io.siaran.sequence.Fitness.withStep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.localstack.TestServers;
import io.siaran.model.SequenceId;
import io.siaran.model.UserEvent;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the audit is told of this service: each deed once, under who did it, and never a text. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class DeedsTest {

    private static final String TEXT = "Minum air dulu";

    @Inject
    Stage stage;

    private Tenant toko;
    private SequenceId fitness;
    private String path;

    @BeforeEach
    void anInactiveSequence() {
        toko = stage.tenant();
        fitness = toko.sequence(with(withStep(challenge(2), 0, "content", TEXT), "status", "inactive"));
        path = "/api/v1/sequences/" + fitness;
    }

    @Test
    void each_change_of_a_sequence_is_one_deed_with_what_it_changed() {
        // When
        patch(Map.of("name", "Fit in 30 days"), "");
        patch(Map.of("name", "Fit in 30 days"), "");
        patch(Map.of("name", "Fit in a day"), "?dry_run=true");
        toko.activate(fitness);
        toko.activate(fitness);
        toko.deactivate(fitness);
        toko.as("operator").post(path + "/clone").then().statusCode(201);
        toko.as("operator").delete(path).then().statusCode(204);

        // Then
        assertThat(deeds(6))
                .extracting(UserEvent.Done::action)
                .containsExactly("created", "edited", "activated", "deactivated", "created", "deleted");
        List<UserEvent.Done> deeds = stage.deeds(toko);
        assertThat(deeds).allSatisfy(deed -> {
            assertThat(deed.by()).isEqualTo(toko.user().value());
            assertThat(deed.subject()).isEqualTo("sequence");
            assertThat(deed.before() + deed.after()).doesNotContain(TEXT);
        });
        assertThat(deeds.get(1).before()).isEqualTo("{\"name\":\"30 Day Fitness Challenge\"}");
        assertThat(deeds.get(1).after()).isEqualTo("{\"name\":\"Fit in 30 days\"}");
        assertThat(deeds.get(2).after()).isEqualTo("{\"status\":\"active\"}");
        assertThat(deeds.get(5).subjectId()).isEqualTo(fitness.toString());
        assertThat(deeds.get(5).after()).isNull();
    }

    @Test
    void who_lets_leads_in_and_takes_them_out_is_told_with_their_ids_and_not_where_it_concerned_nobody() {
        // Given
        toko.activate(fitness);
        Tenant.Lead ani = toko.lead("Ani").told();
        Map<String, Object> chosen = Map.of("lead_ids", List.of(ani.id().toString()));

        // When
        toko.as("operator").body(chosen).post(path + "/contacts").then().statusCode(202);
        stage.pass();
        toko.as("operator")
                .body(chosen)
                .post(path + "/contacts/take-out")
                .then()
                .statusCode(200);
        toko.as("operator")
                .body(chosen)
                .post(path + "/contacts/take-out")
                .then()
                .statusCode(200);

        // Then
        assertThat(deeds(4))
                .extracting(UserEvent.Done::action)
                .containsExactly("created", "activated", "enrolled", "taken_out");
        assertThat(stage.deeds(toko).get(2).after()).isEqualTo("{\"leads\":1,\"lead_ids\":[\"" + ani.id() + "\"]}");
    }

    private void patch(Map<String, Object> changes, String query) {
        toko.as("operator").body(changes).patch(path + query).then().statusCode(200);
    }

    /** Once so many were told, all of them. */
    private List<UserEvent.Done> deeds(int atLeast) {
        await().until(() -> stage.deeds(toko).size() >= atLeast);
        return stage.deeds(toko);
    }
}
