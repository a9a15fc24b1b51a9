package io.siaran.campaign.planning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CampaignStatusTest {

    private static final Map<CampaignStatus, Set<CampaignStatus>> LEGAL = Map.of(
            CampaignStatus.SCHEDULED,
            EnumSet.of(
                    CampaignStatus.TRIGGERED, CampaignStatus.PAUSED, CampaignStatus.FAILED, CampaignStatus.CANCELLED),
            CampaignStatus.TRIGGERED,
            EnumSet.of(
                    CampaignStatus.SCHEDULED,
                    CampaignStatus.PAUSED,
                    CampaignStatus.COMPLETED,
                    CampaignStatus.FAILED,
                    CampaignStatus.CANCELLED),
            CampaignStatus.PAUSED,
            EnumSet.of(CampaignStatus.SCHEDULED, CampaignStatus.TRIGGERED, CampaignStatus.CANCELLED),
            CampaignStatus.COMPLETED,
            EnumSet.of(CampaignStatus.SCHEDULED, CampaignStatus.CANCELLED),
            CampaignStatus.FAILED,
            EnumSet.of(CampaignStatus.SCHEDULED, CampaignStatus.CANCELLED));

    @ParameterizedTest
    @EnumSource
    void only_the_moves_of_the_design_are_legal(CampaignStatus status) {
        // When
        Set<CampaignStatus> allowed = EnumSet.allOf(CampaignStatus.class);
        allowed.removeIf(next -> !status.mayBecome(next));

        // Then
        assertThat(allowed).isEqualTo(LEGAL.getOrDefault(status, EnumSet.noneOf(CampaignStatus.class)));
    }
}
