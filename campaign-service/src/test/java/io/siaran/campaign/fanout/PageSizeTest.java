package io.siaran.campaign.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.siaran.campaign.planning.AudienceLead;
import io.siaran.campaign.planning.AudienceRow;
import io.siaran.model.Attributes;
import io.siaran.model.DeviceId;
import io.siaran.model.LeadId;
import io.siaran.model.PhoneNumber;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PageSizeTest {

    private static final Attributes LONGEST = new Attributes(IntStream.range(0, 20)
            .boxed()
            .collect(Collectors.toMap(i -> "attribute_" + (char) ('a' + i), _ -> "x".repeat(255))));

    private final PageSize size = new PageSize(4_000);

    @Test
    void of_leads_without_attributes_it_is_the_usual_one_after_a_few_pages() {
        assertThat(IntStream.range(0, 5).map(_ -> read(Attributes.NONE)))
                .containsExactly(500, 1_000, 2_000, 4_000, 4_000);
    }

    @Test
    void of_leads_with_the_longest_attributes_a_page_has_some_hundreds_whatever_came_before() {
        // Given
        IntStream.range(0, 5).forEach(_ -> read(Attributes.NONE));

        // When
        read(LONGEST);

        // Then
        assertThat(IntStream.range(0, 3).map(_ -> read(LONGEST))).allMatch(leads -> leads >= 300 && leads <= 400);
        assertThat(read(Attributes.NONE)).isLessThanOrEqualTo(400);
        assertThat(read(Attributes.NONE)).isLessThanOrEqualTo(800);
    }

    @Test
    void the_names_of_attributes_are_as_long_as_they_are() {
        // Given
        Attributes flags = new Attributes(IntStream.range(0, 20)
                .boxed()
                .collect(Collectors.toMap(i -> "a".repeat(39) + (char) ('a' + i), _ -> "1")));

        // When
        IntStream.range(0, 5).forEach(_ -> read(flags));

        // Then
        assertThat(read(flags)).isBetween(2_400, 2_450);
    }

    @Test
    void it_is_never_more_than_an_installation_wants() {
        PageSize small = new PageSize(3);
        small.after(Collections.nCopies(3, lead(Attributes.NONE)));
        assertThat(small.next()).isEqualTo(3);
        small.after(Collections.nCopies(3, lead(LONGEST)));
        assertThat(small.next()).isEqualTo(3);
        small.after(List.of());
        assertThat(small.next()).isEqualTo(3);
    }

    /** A page of such leads, and how many it had. */
    private int read(Attributes attributes) {
        int leads = size.next();
        size.after(Collections.nCopies(leads, lead(attributes)));
        return leads;
    }

    private static AudienceRow lead(Attributes attributes) {
        return new AudienceLead(
                new LeadId(UUID.randomUUID()),
                new DeviceId(UUID.randomUUID()),
                new PhoneNumber("60123456789"),
                null,
                attributes,
                1);
    }
}
