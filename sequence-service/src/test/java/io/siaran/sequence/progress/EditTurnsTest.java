package io.siaran.sequence.progress;

import static io.siaran.sequence.Fitness.challenge;
import static io.siaran.sequence.Fitness.withStep;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.localstack.TestServers;
import io.siaran.model.DeviceStatus;
import io.siaran.sequence.CrowdedShop;
import io.siaran.sequence.Stage;
import io.siaran.sequence.firing.TriggerRuns;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sequences of two tenants that are edited at the same time: what the one has inside holds up nobody of the other. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class EditTurnsTest {

    @Inject
    Stage stage;

    @Inject
    FollowEdits edits;

    @Inject
    TriggerRuns firing;

    private final List<CrowdedShop> shops = new ArrayList<>();

    @BeforeEach
    void twoShopsWithSevenHundredContactsEach() {
        stage.pass();
        edits.run();
        shops.addAll(CrowdedShop.two(stage));
    }

    @AfterEach
    void nobodyIsInside() {
        shops.forEach(CrowdedShop::close);
    }

    @Test
    void whoever_waits_for_an_edited_step_is_planned_anew_in_turns_of_the_sequences() {
        // Given
        shops.forEach(this::edit);

        // When
        edits.run();

        // Then
        assertThat(shops).allSatisfy(shop -> assertThat(waitsByTheOldPlan(shop)).isZero());
        assertThat(shops.get(0).firstBatch()).isLessThan(shops.get(1).lastBatch());
        assertThat(shops.get(1).firstBatch()).isLessThan(shops.get(0).lastBatch());
    }

    @Test
    void a_walk_that_cannot_be_planned_anew_is_set_aside_and_holds_up_nobody() {
        // Given
        shops.get(0)
                .run("UPDATE enrolments SET time_zone = 'Mars/Olympus' WHERE id = (SELECT min(id::text)::uuid"
                        + " FROM enrolments WHERE sequence_id = $1)");
        shops.forEach(this::edit);

        // When
        edits.run();

        // Then
        assertThat(waitsByTheOldPlan(shops.get(0))).isEqualTo(1);
        assertThat(waitsByTheOldPlan(shops.get(1))).isZero();
        assertThat(shops.get(0).reasons()).singleElement().asString().contains("Mars/Olympus");

        // When
        shops.get(0).run("UPDATE enrolments SET time_zone = 'Asia/Jakarta' WHERE sequence_id = $1");
        shops.get(0).timePasses();
        edits.run();

        // Then
        assertThat(waitsByTheOldPlan(shops.get(0))).isZero();
    }

    @Test
    void a_sequence_of_which_every_walk_fails_does_not_make_the_batches_of_others_smaller() {
        // Given
        shops.get(0).run("UPDATE enrolments SET time_zone = 'Mars/Olympus' WHERE sequence_id = $1");
        shops.forEach(this::edit);

        // When
        edits.run();

        // Then
        assertThat(waitsByTheOldPlan(shops.get(0))).isEqualTo(CrowdedShop.CONTACTS);
        assertThat(waitsByTheOldPlan(shops.get(1))).isZero();
        assertThat(shops.get(1).batches()).isLessThan(10);
    }

    @Test
    void what_is_set_aside_is_not_read_by_the_next_look() {
        // Given
        shops.get(0).run("UPDATE enrolments SET time_zone = 'Mars/Olympus' WHERE sequence_id = $1");
        edit(shops.get(0));
        edits.run();
        stage.database().run("VACUUM ANALYZE sequence_contacts");

        // Then
        aLookReadsNone(shops.get(0));
    }

    @Test
    void what_is_fired_once_more_and_waits_for_its_device_is_not_read_by_the_next_look() {
        // Given
        CrowdedShop shop = shops.get(0);
        stage.pass();
        shop.tenant().become(shop.tenant().merah(), DeviceStatus.OFFLINE);
        shop.run("UPDATE sequence_contacts SET fired_at = now() - interval '1 day' WHERE sequence_id = $1");
        firing.repeatWhatIsSilent();
        stage.pass();
        assertThat(shop.rows("SELECT FROM sequence_contacts WHERE sequence_id = $1 AND parked_for IS NOT NULL"))
                .isEqualTo(CrowdedShop.CONTACTS);

        // When
        edit(shop);
        edits.run();
        stage.database().run("VACUUM ANALYZE sequence_contacts");

        // Then
        assertThat(waitsByTheOldPlan(shop)).as("it is out").isEqualTo(CrowdedShop.CONTACTS);
        aLookReadsNone(shop);
    }

    private void aLookReadsNone(CrowdedShop shop) {
        String look = FollowEdits.FIND_EDITED.replace(
                "s.deleted_at IS NULL", "s.deleted_at IS NULL AND s.id = '" + shop.fitness() + "'");
        List<String> plan = new ArrayList<>();
        stage.database()
                .run("EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, BUFFERS OFF) " + look)
                .forEach(row -> plan.add(row.getString(0)));
        assertThat(plan)
                .anyMatch(line -> line.contains("sequence_contacts_to_replan"))
                .noneMatch(line -> line.matches(".*Rows Removed by Filter: \\d{3,}.*"))
                .noneMatch(line -> line.contains("rows=700"));
    }

    @Test
    void a_walk_that_an_edit_set_aside_follows_the_next_edit_at_once_and_is_due_then() {
        // Given
        CrowdedShop shop = shops.get(0);
        shop.run("UPDATE enrolments SET time_zone = 'Mars/Olympus' WHERE sequence_id = $1");
        edit(shop);
        edits.run();
        assertThat(waitsByTheOldPlan(shop)).isEqualTo(CrowdedShop.CONTACTS);
        shop.run("UPDATE enrolments SET time_zone = 'Asia/Jakarta' WHERE sequence_id = $1");

        // When
        edits.run();
        assertThat(waitsByTheOldPlan(shop)).as("nothing was edited").isEqualTo(CrowdedShop.CONTACTS);
        edit(shop, 48);
        edits.run();

        // Then
        assertThat(waitsByTheOldPlan(shop)).isZero();
        assertThat(shop.reasons()).isEmpty();
    }

    private void edit(CrowdedShop shop) {
        edit(shop, 36);
    }

    private void edit(CrowdedShop shop, int delayHours) {
        shop.tenant()
                .as("operator")
                .body(withStep(challenge(3), 1, "trigger_delay_hours", delayHours))
                .put("/api/v1/sequences/" + shop.fitness())
                .then()
                .statusCode(200);
        assertThat(waitsByTheOldPlan(shop)).isEqualTo(CrowdedShop.CONTACTS);
    }

    private static int waitsByTheOldPlan(CrowdedShop shop) {
        return shop.rows("SELECT FROM sequence_contacts c JOIN sequences s ON s.id = c.sequence_id"
                + " WHERE s.id = $1 AND c.status = 'active' AND c.plan_version < s.plan_version");
    }
}
