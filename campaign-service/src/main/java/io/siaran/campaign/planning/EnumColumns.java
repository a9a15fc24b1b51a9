package io.siaran.campaign.planning;

import io.siaran.sql.WireColumn;
import jakarta.persistence.Converter;

/** How the enums that only these entities have stand in their columns. */
final class EnumColumns {

    private EnumColumns() {}

    @Converter(autoApply = true)
    static class OfCampaignStatus extends WireColumn<CampaignStatus> {
        OfCampaignStatus() {
            super(CampaignStatus.class);
        }
    }

    @Converter(autoApply = true)
    static class OfStatusReason extends WireColumn<StatusReason> {
        OfStatusReason() {
            super(StatusReason.class);
        }
    }

    @Converter(autoApply = true)
    static class OfOfflineDevices extends WireColumn<OfflineDevices> {
        OfOfflineDevices() {
            super(OfflineDevices.class);
        }
    }

    @Converter(autoApply = true)
    static class OfDuplicatePhones extends WireColumn<DuplicatePhones> {
        OfDuplicatePhones() {
            super(DuplicatePhones.class);
        }
    }

    @Converter(autoApply = true)
    static class OfLatePolicy extends WireColumn<LatePolicy> {
        OfLatePolicy() {
            super(LatePolicy.class);
        }
    }
}
