package io.siaran.campaign.progress;

import static io.siaran.campaign.Cast.ANI;
import static io.siaran.campaign.Cast.BUDI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.campaign.Cast;
import io.siaran.kafka.PersonRecords;
import io.siaran.localstack.TestServers;
import io.siaran.model.DeviceId;
import io.siaran.model.LeadId;
import io.siaran.model.MessageId;
import io.siaran.model.MessageKind;
import io.siaran.model.MessageState;
import io.siaran.model.MessageStatus;
import io.siaran.model.PhoneNumber;
import io.siaran.model.UserId;
import io.siaran.sql.Database;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class WrittenPeopleTest {

    private static final Instant NINE = Instant.parse("2027-11-26T09:00:00Z");
    private static final Instant TEN = Instant.parse("2027-11-26T10:00:00Z");

    @Inject
    Cast cast;

    @Inject
    Database database;

    @Inject
    WrittenPeople written;

    @Inject
    PersonRecords erasures;

    private final String user = Cast.newUser();
    private DeviceId merah;

    @BeforeEach
    void link() {
        merah = cast.device(user);
    }

    @Test
    void the_latest_message_of_a_person_counts_through_whichever_lead_and_in_whatever_order_it_is_told() {
        // Given
        LeadId ani = Cast.lead(user, merah, ANI);
        LeadId twin = Cast.lead(user, cast.device(user), ANI);

        // When
        written.apply(List.of(status(ani, MessageState.SENT, TEN), status(twin, MessageState.SENT, NINE)));
        written.apply(List.of(status(ani, MessageState.SENT, NINE)));

        // Then
        assertThat(writtenAt(ANI)).containsExactly(TEN);
    }

    @Test
    void the_time_before_the_latest_stays_too_in_whatever_order_they_are_told() {
        // Given
        LeadId ani = Cast.lead(user, merah, ANI);
        LeadId budi = Cast.lead(user, merah, BUDI);
        MessageStatus first = status(ani, MessageState.SENT, NINE.minusSeconds(60));
        MessageStatus second = status(ani, MessageState.SENT, NINE);
        MessageStatus third = status(ani, MessageState.SENT, TEN);

        // When
        for (MessageStatus each : List.of(second, third, first, second, third)) {
            written.apply(List.of(each));
        }
        written.apply(List.of(status(budi, MessageState.SENT, TEN), status(budi, MessageState.SENT, NINE)));

        // Then
        assertThat(writtenAt(ANI)).containsExactly(TEN);
        assertThat(writtenBefore(ANI)).containsExactly(NINE);
        assertThat(writtenBefore(BUDI)).containsExactly(NINE);
    }

    @Test
    void what_may_have_been_sent_counts_and_what_was_not_does_not() {
        // Given
        LeadId ani = Cast.lead(user, merah, ANI);
        LeadId budi = Cast.lead(user, merah, BUDI);

        // When
        written.apply(List.of(
                status(ani, MessageState.UNKNOWN, NINE),
                status(budi, MessageState.FAILED, NINE),
                status(budi, MessageState.PENDING, NINE),
                status(null, MessageState.SENT, NINE)));

        // Then
        assertThat(writtenAt(ANI)).containsExactly(NINE);
        assertThat(writtenAt(BUDI)).isEmpty();
    }

    @Test
    void a_lead_that_is_written_to_while_its_person_is_being_forgotten_leaves_no_phone_behind() throws Exception {
        // Given
        LeadId ani = Cast.lead(user, merah, ANI);
        CompletableFuture<Void> noting = new CompletableFuture<>();

        // When
        database.doInTransaction(tx -> {
            erasures.keepOthersOut(tx, new UserId(user), new PhoneNumber(ANI));
            tx.run(erasures.erase(), user, ANI, new UUID[0]);
            Thread.ofVirtual().start(() -> {
                written.apply(List.of(status(ani, MessageState.SENT, TEN)));
                noting.complete(null);
            });
            await().until(() -> anybodyWaits() || noting.isDone());
        });

        // Then
        noting.get(20, TimeUnit.SECONDS);
        assertThat(writtenAt(ANI)).isEmpty();
    }

    private boolean anybodyWaits() {
        return database.run("SELECT FROM pg_locks WHERE NOT granted AND locktype = 'advisory'")
                        .rowCount()
                > 0;
    }

    private MessageStatus status(LeadId lead, MessageState state, Instant at) {
        return new MessageStatus(
                new MessageId(UUID.fromString("01936f2e-0000-8000-8000-0000000000b1")),
                1,
                state,
                MessageKind.CAMPAIGN,
                new UserId(user),
                merah,
                lead,
                null,
                1,
                null,
                null,
                null,
                1,
                1,
                null,
                state == MessageState.SENT ? at : null,
                null,
                null,
                null,
                at);
    }

    private List<Instant> writtenAt(String phone) {
        return times("written_at", phone);
    }

    private List<Instant> writtenBefore(String phone) {
        return times("written_before", phone);
    }

    private List<Instant> times(String column, String phone) {
        List<Instant> times = new ArrayList<>();
        database.run("SELECT " + column + " FROM written_people WHERE user_id = $1 AND phone = $2", user, phone)
                .forEach(row -> times.add(row.get(OffsetDateTime.class, column).toInstant()));
        return times;
    }
}
