package io.siaran.campaign.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.siaran.campaign.planning.AudienceLead;
import io.siaran.model.Attributes;
import io.siaran.model.DeviceId;
import io.siaran.model.LeadId;
import io.siaran.model.PhoneNumber;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PhonesSoFarTest {

    private static final DeviceId MERAH = new DeviceId(UUID.randomUUID());

    private final PhonesSoFar soFar = new PhonesSoFar();

    @Test
    void of_a_million_phones_every_one_that_was_reached_is_in_doubt_and_hardly_any_other() {
        // Given
        LeadId last = null;
        for (int from = 0; from < 1_000_000; from += 10_000) {
            List<AudienceLead> page = page(from, from + 10_000);
            soFar.add(page);
            last = page.getLast().leadId();
        }

        // Then
        assertThat(inDoubt(page(0, 1_000_000), last)).isEqualTo(1_000_000);
        assertThat(inDoubt(page(1_000_000, 2_000_000), last)).isBetween(1, 1_000);
    }

    @Test
    void of_one_page_both_leads_of_a_phone_are_in_doubt() {
        List<AudienceLead> page = leads(LongStream.of(1, 2, 3, 2, 4));
        assertThat(soFar.inDoubt(page, null, 0)).containsExactly(page.get(1), page.get(3));
    }

    @Test
    void as_soon_as_anything_else_was_noted_everybody_is_in_doubt_from_then_on() {
        // Given
        List<AudienceLead> first = page(0, 3);
        soFar.add(first);
        LeadId last = first.getLast().leadId();
        assertThat(inDoubt(page(3, 6), last)).isZero();

        // When
        int meanwhile = inDoubt(page(3, 6), new LeadId(UUID.randomUUID()));

        // Then
        assertThat(meanwhile).isEqualTo(3);
        assertThat(inDoubt(page(3, 6), last)).isEqualTo(3);
    }

    @Test
    void as_soon_as_a_phone_has_changed_everybody_is_in_doubt_from_then_on() {
        // Given
        List<AudienceLead> first = page(0, 3);
        assertThat(soFar.inDoubt(first, null, 7)).isEmpty();
        soFar.add(first);
        LeadId last = first.getLast().leadId();

        // Then
        assertThat(soFar.inDoubt(page(3, 6), last, 8)).hasSize(3);
        assertThat(soFar.inDoubt(page(3, 6), last, 8)).hasSize(3);
    }

    @Test
    void whoever_goes_on_where_another_has_noted_doubts_everybody() {
        assertThat(inDoubt(page(0, 3), new LeadId(UUID.randomUUID()))).isEqualTo(3);
    }

    @Test
    void a_page_of_which_nobody_is_reached_changes_nothing() {
        soFar.add(List.of());
        assertThat(inDoubt(page(0, 3), null)).isZero();
    }

    private int inDoubt(List<AudienceLead> page, LeadId lastNoted) {
        return soFar.inDoubt(page, lastNoted, 0).size();
    }

    private static List<AudienceLead> page(int from, int to) {
        return leads(IntStream.range(from, to).asLongStream());
    }

    private static List<AudienceLead> leads(LongStream numbers) {
        return numbers.mapToObj(number -> new AudienceLead(
                        new LeadId(new UUID(0, number)),
                        MERAH,
                        new PhoneNumber(Long.toString(60_120_000_000L + number)),
                        null,
                        Attributes.NONE,
                        1))
                .toList();
    }
}
