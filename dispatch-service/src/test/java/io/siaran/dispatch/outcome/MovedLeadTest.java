package io.siaran.dispatch.outcome;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.dispatch.Cast;
import io.siaran.dispatch.Stage;
import io.siaran.dispatch.queue.Reconciliation;
import io.siaran.localstack.TestServers;
import io.siaran.model.BroadcastMessage;
import io.siaran.model.DeliveryEvent;
import io.siaran.model.DeliveryEvent.Accepted;
import io.siaran.model.DeliveryEvent.Rejected;
import io.siaran.model.DeliveryEvent.Returned;
import io.siaran.model.DeliveryEvent.Unknown;
import io.siaran.model.RejectReason;
import io.siaran.model.ReturnReason;
import io.siaran.sql.Database;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ani moves from Merah to Biru while Merah has a message for her in flight. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class MovedLeadTest {

    @Inject
    Stage stage;

    @Inject
    Database database;

    @Inject
    Reconciliation reconciliation;

    @Inject
    ApplyDeliveryEvents settling;

    private BroadcastMessage message;

    @BeforeEach
    void aniMoves() {
        stage.reset();
        message = Cast.campaign(Cast.MERAH, Cast.ANI, 1);
        stage.store(message);
        stage.release();
        stage.lead(Cast.ANI, Cast.BIRU, false);
        reconciliation.reconcile(100);
    }

    @Test
    void what_comes_back_follows_her() {
        // When
        settle(returned());
        reconciliation.moveReturned(100);

        // Then
        assertThat(device()).isEqualTo(Cast.BIRU.value());
        assertThat(stage.release().messages()).isOne();
        stage.assertCountsAddUp();
    }

    @Test
    void what_was_sent_stays_where_it_was_sent() {
        // When
        settle(new Accepted(message.id(), 1, message.userId(), Cast.MERAH, Instant.now(), "wamid", "Hello"));
        reconciliation.moveReturned(100);

        // Then
        assertThat(device()).isEqualTo(Cast.MERAH.value());
        assertThat(stage.row(message.id()).getUUID("moving_to")).isNull();
    }

    @Test
    void what_is_unknown_follows_her_only_if_it_comes_back_after_all() {
        // Given
        settle(new Unknown(message.id(), 1, message.userId(), Cast.MERAH, Instant.now(), "reset"));
        reconciliation.moveReturned(100);
        assertThat(device()).isEqualTo(Cast.MERAH.value());

        // When
        settle(returned());
        reconciliation.moveReturned(100);

        // Then
        assertThat(stage.status(message.id())).isEqualTo("pending");
        assertThat(device()).isEqualTo(Cast.BIRU.value());
    }

    @Test
    void what_a_person_has_tried_again_follows_her() {
        // Given
        settle(new Rejected(
                message.id(),
                1,
                message.userId(),
                Cast.MERAH,
                Instant.now(),
                RejectReason.CONTACT_REJECTED,
                "blocked"));
        assertThat(stage.row(message.id()).getUUID("moving_to")).isNull();

        // When
        given().auth()
                .oauth2(TestServers.token("aminah", "operator"))
                .post("/api/v1/messages/" + message.id() + "/retry")
                .then()
                .statusCode(200);
        assertThat(stage.release().messages()).as("not from the old device").isZero();
        reconciliation.moveReturned(100);

        // Then
        assertThat(device()).isEqualTo(Cast.BIRU.value());
        assertThat(stage.release().messages()).isOne();
        stage.assertCountsAddUp();
    }

    @Test
    void what_comes_back_after_she_is_gone_ends() {
        // Given
        stage.lead(Cast.ANI, Cast.BIRU, true);
        reconciliation.reconcile(100);

        // When
        settle(returned());

        // Then
        assertThat(stage.row(message.id()).getString("failure_reason")).isEqualTo("lead_deleted");
        assertThat(stage.row(message.id()).getUUID("moving_to")).isNull();
    }

    private Returned returned() {
        return new Returned(
                message.id(), 1, message.userId(), Cast.MERAH, Instant.now(), ReturnReason.RECALLED, null, null);
    }

    private void settle(DeliveryEvent event) {
        database.doInTransaction(tx -> settling.settle(tx, List.of(event)));
    }

    private UUID device() {
        return stage.row(message.id()).getUUID("device_id");
    }
}
