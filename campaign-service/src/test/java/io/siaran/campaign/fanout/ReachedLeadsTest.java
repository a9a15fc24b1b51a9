package io.siaran.campaign.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.campaign.Cast;
import io.siaran.campaign.fanout.FanOutScene.Holder;
import io.siaran.campaign.planning.AudienceLead;
import io.siaran.localstack.TestServers;
import io.siaran.model.Attributes;
import io.siaran.model.DeviceId;
import io.siaran.model.LeadId;
import io.siaran.model.PhoneNumber;
import io.siaran.sql.Database;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The pieces in which a run notes whom it has reached. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class ReachedLeadsTest {

    /** As PostgreSQL orders ids: byte by byte. */
    private static final Comparator<AudienceLead> BY_ID =
            Comparator.comparing(lead -> lead.leadId().value().toString());

    @Inject
    Cast cast;

    @Inject
    Database database;

    @Inject
    FanOutScene scene;

    private final String user = Cast.newUser();
    private DeviceId merah;
    private Holder holder;

    @BeforeEach
    void publish() {
        merah = cast.device(user);
        holder = scene.holder(scene.published(user, Map.of()));
    }

    @Test
    void pages_that_follow_each_other_fill_pieces_of_a_hundred() {
        // Given
        List<AudienceLead> leads = leads(250);

        // When
        note(leads.subList(0, 150));
        note(leads.subList(150, 250));

        // Then
        assertThat(pieces()).extracting(List::size).containsExactly(100, 50, 100);
        assertThat(pieces().stream().flatMap(List::stream)).containsExactlyElementsOf(ids(leads));
    }

    /** So it is when a run is published again, or with another text, after leads between others have become candidates. */
    @Test
    void whatever_is_noted_in_whatever_order_each_lead_stands_in_the_piece_where_it_is_looked_for() {
        // Given
        Random random = new Random(7);
        List<AudienceLead> leads = leads(900);
        List<AudienceLead> shuffled = new ArrayList<>(leads);
        Collections.shuffle(shuffled, random);

        // When
        for (int from = 0; from < shuffled.size(); ) {
            int to = Math.min(shuffled.size(), from + 1 + random.nextInt(200));
            // Some of them for a second time.
            note(shuffled.subList(Math.max(0, from - random.nextInt(50)), to).stream()
                    .sorted(BY_ID)
                    .toList());
            from = to;
        }

        // Then
        assertThat(pieces()).allMatch(piece -> piece.size() <= 100);
        assertThat(pieces().stream().flatMap(List::stream)).containsExactlyElementsOf(ids(leads));
        assertThat(leads).allMatch(lead -> hasReached(lead.leadId()));
        assertThat(leads(100)).noneMatch(lead -> hasReached(lead.leadId()));
    }

    /** The lease of one has run out, and it does not know. */
    @Test
    void two_that_note_the_same_pages_at_once_note_each_lead_once() {
        // Given
        List<AudienceLead> leads = leads(600);

        // When
        CompletableFuture.allOf(Stream.of(40, 70, 100)
                        .map(size -> CompletableFuture.runAsync(
                                () -> IntStream.iterate(0, from -> from < leads.size(), from -> from + size)
                                        .forEach(
                                                from -> note(leads.subList(from, Math.min(leads.size(), from + size)))),
                                Thread::startVirtualThread))
                        .toArray(CompletableFuture[]::new))
                .join();

        // Then
        assertThat(pieces().stream().flatMap(List::stream)).containsExactlyElementsOf(ids(leads));
    }

    private void note(List<AudienceLead> page) {
        assertThat(holder.notes(page)).contains(Set.of());
    }

    private List<AudienceLead> leads(int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> new AudienceLead(
                        new LeadId(UUID.randomUUID()), merah, new PhoneNumber(Cast.phone(i)), null, Attributes.NONE, 1))
                .sorted(BY_ID)
                .toList();
    }

    private static List<LeadId> ids(List<AudienceLead> leads) {
        return leads.stream().map(AudienceLead::leadId).toList();
    }

    private List<List<LeadId>> pieces() {
        List<List<LeadId>> pieces = new ArrayList<>();
        for (Row row : database.run(
                "SELECT leads FROM fanout_reached WHERE campaign_id = $1 AND run = 1 ORDER BY last_lead",
                holder.leased().campaign().value())) {
            pieces.add(Stream.of(row.getArrayOfUUIDs("leads")).map(LeadId::new).toList());
        }
        return pieces;
    }

    private boolean hasReached(LeadId lead) {
        return database.run(
                                "SELECT FROM run_piece($1, 1, $2) AS piece WHERE $2 = ANY (piece.leads)",
                                holder.leased().campaign().value(),
                                lead.value())
                        .rowCount()
                > 0;
    }
}
