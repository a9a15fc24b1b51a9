package io.siaran.sequence.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.localstack.TestServers;
import io.siaran.sequence.CrowdedShop;
import io.siaran.sequence.Stage;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Steps of two tenants that ended with their device, and whose leads are on another: what the one has holds up nobody of the other. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class StrandedTurnsTest {

    @Inject
    Stage stage;

    @Inject
    SendStrandedSteps stranded;

    private final List<CrowdedShop> shops = new ArrayList<>();

    @BeforeEach
    void sevenHundredStepsOfEachOfTwoShopsAreStranded() {
        stage.pass();
        stranded.run();
        shops.addAll(CrowdedShop.two(stage));
        shops.forEach(shop -> shop.run("UPDATE sequence_contacts SET status = 'cancelled' WHERE sequence_id = $1"));
        // Ids are by time: those of the one are all before those of the other.
        entered("00", shops.get(0));
        entered("ff", shops.get(1));
    }

    @AfterEach
    void nobodyIsInside() {
        shops.forEach(CrowdedShop::close);
    }

    @Test
    void stranded_steps_go_out_in_turns_of_their_users() {
        // When
        stranded.run();

        // Then
        assertThat(shops).allSatisfy(shop -> assertThat(stillStranded(shop)).isZero());
        assertThat(shops.get(0).firstBatch()).isEqualTo(shops.get(1).firstBatch());
    }

    /** The database refuses that two steps of a walk are under way at once. */
    @Test
    void a_stranded_step_that_cannot_go_out_is_set_aside_and_holds_up_nobody() {
        // Given
        shops.forEach(shop -> shop.run("""
                INSERT INTO sequence_contacts (id, user_id, enrolment_id, sequence_id, step_id, lead_id, current_step, status,
                  next_trigger_time, message_id, plan_version, device_id)
                SELECT gen_random_uuid(), c.user_id, c.enrolment_id, c.sequence_id, p.id, c.lead_id, 2, 'active',
                  now() + interval '1 day', gen_random_uuid(), c.plan_version, c.device_id
                FROM sequence_contacts c
                JOIN sequence_steps p ON p.sequence_id = c.sequence_id AND p.position = 1
                WHERE c.sequence_id = $1
                ORDER BY c.id
                LIMIT 1
                """));

        // When
        stranded.run();

        // Then
        assertThat(shops).allSatisfy(shop -> {
            assertThat(stillStranded(shop)).isEqualTo(1);
            assertThat(shop.reasons()).singleElement().asString().contains("sequence_contacts_one_at_a_time");
        });

        // When
        shops.forEach(shop -> shop.run("DELETE FROM sequence_contacts WHERE sequence_id = $1 AND current_step = 2"));
        shops.forEach(CrowdedShop::timePasses);
        stranded.run();

        // Then
        assertThat(shops).allSatisfy(shop -> assertThat(stillStranded(shop)).isZero());
    }

    private static void entered(String time, CrowdedShop shop) {
        shop.run("UPDATE sequence_contacts SET id = overlay(id::text PLACING '" + time + "' FROM 1 FOR 2)::uuid"
                + " WHERE sequence_id = $1");
    }

    private static int stillStranded(CrowdedShop shop) {
        return shop.rows("SELECT FROM sequence_contacts WHERE sequence_id = $1 AND status = 'cancelled'");
    }
}
