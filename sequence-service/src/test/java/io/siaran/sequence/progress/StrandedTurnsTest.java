package io.siaran.sequence.progress;

import static io.siaran.sequence.Fitness.challenge;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.localstack.TestServers;
import io.siaran.model.SequenceId;
import io.siaran.sequence.Crowd;
import io.siaran.sequence.Stage;
import io.siaran.sequence.Tenant;
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

    private final List<Shop> shops = new ArrayList<>();

    @BeforeEach
    void sevenHundredStepsOfEachOfTwoShopsAreStranded() {
        stage.pass();
        stranded.run();
        for (int n = 0; n < 2; n++) {
            Tenant tenant = stage.tenant();
            SequenceId fitness = tenant.sequence(challenge(3));
            Shop shop = new Shop(fitness, Crowd.store(stage, tenant, fitness, tenant.merah(), 700));
            run(shop, "UPDATE sequence_contacts SET status = 'cancelled' WHERE sequence_id = $1");
            shops.add(shop);
        }
        // Ids are by time: those of the one are all before those of the other.
        entered("00", shops.get(0));
        entered("ff", shops.get(1));
    }

    @AfterEach
    void nobodyIsInside() {
        shops.forEach(shop -> shop.crowd().removed());
    }

    @Test
    void stranded_steps_go_out_in_turns_of_their_users() {
        // When
        stranded.run();

        // Then
        assertThat(shops).allSatisfy(shop -> assertThat(stillStranded(shop)).isZero());
        assertThat(firstBatch(shops.get(0))).isEqualTo(firstBatch(shops.get(1)));
    }

    /** The database refuses that two steps of a walk are under way at once. */
    @Test
    void a_stranded_step_that_cannot_go_out_is_set_aside_and_holds_up_nobody() {
        // Given
        shops.forEach(shop -> run(shop, """
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
            assertThat(reasons(shop)).singleElement().asString().contains("sequence_contacts_one_at_a_time");
        });

        // When
        shops.forEach(shop -> run(shop, "DELETE FROM sequence_contacts WHERE sequence_id = $1 AND current_step = 2"));
        shops.forEach(shop -> run(
                shop,
                "UPDATE sequence_contacts SET set_aside_until = now() WHERE sequence_id = $1"
                        + " AND set_aside_until IS NOT NULL"));
        stranded.run();

        // Then
        assertThat(shops).allSatisfy(shop -> assertThat(stillStranded(shop)).isZero());
    }

    private void entered(String time, Shop shop) {
        run(
                shop,
                "UPDATE sequence_contacts SET id = overlay(id::text PLACING '" + time + "' FROM 1 FOR 2)::uuid"
                        + " WHERE sequence_id = $1");
    }

    private int stillStranded(Shop shop) {
        return stage.database()
                .run(
                        "SELECT FROM sequence_contacts WHERE sequence_id = $1 AND status = 'cancelled'",
                        shop.fitness().value())
                .rowCount();
    }

    private List<String> reasons(Shop shop) {
        List<String> reasons = new ArrayList<>();
        stage.database()
                .run(
                        "SELECT set_aside_reason FROM sequence_contacts WHERE sequence_id = $1 AND set_aside_until > now()",
                        shop.fitness().value())
                .forEach(row -> reasons.add(row.getString(0)));
        return reasons;
    }

    /** The transaction that was the first to send any of them. */
    private long firstBatch(Shop shop) {
        return stage.database()
                .run(
                        "SELECT min(xmin::text::bigint) FROM sequence_contacts WHERE sequence_id = $1 AND status = 'active'",
                        shop.fitness().value())
                .iterator()
                .next()
                .getLong(0);
    }

    private void run(Shop shop, String sql) {
        stage.database().run(sql, shop.fitness().value());
    }

    private record Shop(SequenceId fitness, Crowd crowd) {}
}
