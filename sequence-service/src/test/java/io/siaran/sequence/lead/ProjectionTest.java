package io.siaran.sequence.lead;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.localstack.TestServers;
import io.siaran.sequence.Stage;
import io.siaran.sequence.Tenant;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class ProjectionTest {

    @Inject
    Stage stage;

    @Inject
    LeadProjection leads;

    private Tenant.Lead ani;

    @BeforeEach
    void aLeadOfItsOwn() {
        ani = stage.tenant().lead("Ani");
    }

    @Test
    void an_older_version_never_overwrites_a_newer_one() {
        // Given
        leads.apply(List.of(ani.carrying("warm", 2).snapshot(5)));

        // When
        leads.apply(List.of(ani.without("warm").carrying("cold", 1).snapshot(4)));
        leads.apply(List.of(ani.snapshot(5)));

        // Then
        assertThat(triggers()).containsExactly("warm 2");
    }

    @Test
    void of_several_versions_in_one_batch_the_newest_counts() {
        // Given
        var first = ani.carrying("cold", 1).snapshot(1);
        var third = ani.without("cold").carrying("warm", 3).snapshot(3);
        var second = ani.carrying("cold", 2).snapshot(2);

        // When
        leads.apply(List.of(first, third, second));

        // Then
        assertThat(triggers()).containsExactly("warm 3");
    }

    @Test
    void triggers_come_go_and_rise_with_their_lead() {
        // Given
        leads.apply(List.of(ani.carrying("cold", 1).carrying("Warm ", 1).snapshot(1)));

        // When
        leads.apply(List.of(ani.without("cold")
                .without("Warm ")
                .carrying("warm", 2)
                .carrying("hot", 1)
                .snapshot(2)));

        // Then
        assertThat(triggers()).containsExactly("hot 1", "warm 2");
    }

    @Test
    void a_deleted_lead_carries_nothing() {
        // Given
        leads.apply(List.of(ani.carrying("cold", 1).snapshot(1)));

        // When
        leads.apply(List.of(ani.deleted().snapshot(2)));

        // Then
        assertThat(triggers()).isEmpty();
    }

    private List<String> triggers() {
        List<String> triggers = new ArrayList<>();
        stage.database()
                .run(
                        "SELECT trigger || ' ' || assignment FROM lead_triggers WHERE lead_id = $1 ORDER BY 1",
                        ani.id().value())
                .forEach(row -> triggers.add(row.getString(0)));
        return triggers;
    }
}
