package io.siaran.campaign.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.siaran.campaign.planning.AudienceRow;
import io.siaran.model.LeadId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PagesAheadTest {

    private final List<LeadId> leads =
            List.of(new LeadId(UUID.randomUUID()), new LeadId(UUID.randomUUID()), new LeadId(UUID.randomUUID()));
    private final List<LeadId> readAfter = new ArrayList<>();
    private final PagesAhead ahead = new PagesAhead(this::read, Runnable::run, null);

    @Test
    void each_page_is_read_once_the_one_before_is_taken_and_nothing_behind_the_last() {
        // When
        List<LeadId> taken = List.of(last(), last(), last());

        // Then
        assertThat(taken).isEqualTo(leads);
        assertThat(readAfter).containsExactly(null, leads.get(0), leads.get(1));
    }

    @Test
    void a_page_that_is_stale_is_read_again_and_so_is_what_was_read_ahead_of_it() {
        // Given
        last();
        ReadPage stale = ahead.take().orElseThrow();

        // When
        ahead.goBackTo(stale.after());

        // Then
        assertThat(List.of(last(), last())).containsExactly(leads.get(1), leads.get(2));
        assertThat(readAfter).containsExactly(null, leads.get(0), leads.get(1), leads.get(0), leads.get(1));
    }

    private LeadId last() {
        return ahead.take().orElseThrow().last();
    }

    /** A page of one lead. */
    private Optional<ReadPage> read(LeadId cursor) {
        readAfter.add(cursor);
        LeadId next = leads.get(cursor == null ? 0 : leads.indexOf(cursor) + 1);
        FanOutPage page = new FanOutPage(List.of(), List.of(), List.of(new AudienceRow.Unreadable(next, "none")), next);
        return Optional.of(new ReadPage(cursor, 0, page, next.equals(leads.getLast())));
    }
}
