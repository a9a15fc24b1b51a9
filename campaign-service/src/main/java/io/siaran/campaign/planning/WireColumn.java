package io.siaran.campaign.planning;

import io.siaran.model.AntiSpamProfile;
import io.siaran.model.TargetStatus;
import io.siaran.model.Wire;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;

/** Keeps an enum in its column as it stands in JSON. */
abstract class WireColumn<E extends Enum<E> & Wire> implements AttributeConverter<E, String> {

    private final Class<E> type;

    WireColumn(Class<E> type) {
        this.type = type;
    }

    @Override
    public String convertToDatabaseColumn(E constant) {
        return constant == null ? null : constant.wire();
    }

    @Override
    public E convertToEntityAttribute(String column) {
        return column == null ? null : Wire.read(type, column);
    }

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
    static class OfTargetStatus extends WireColumn<TargetStatus> {
        OfTargetStatus() {
            super(TargetStatus.class);
        }
    }

    @Converter(autoApply = true)
    static class OfAntiSpamProfile extends WireColumn<AntiSpamProfile> {
        OfAntiSpamProfile() {
            super(AntiSpamProfile.class);
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
