package io.siaran.sql;

import io.siaran.model.AntiSpamProfile;
import io.siaran.model.MessageType;
import io.siaran.model.TargetStatus;
import jakarta.persistence.Converter;

/** How the enums that several services keep stand in their columns. What only one service knows is in its own {@code EnumColumns}. */
final class SharedEnumColumns {

    private SharedEnumColumns() {}

    @Converter(autoApply = true)
    static final class OfTargetStatus extends WireColumn<TargetStatus> {
        OfTargetStatus() {
            super(TargetStatus.class);
        }
    }

    @Converter(autoApply = true)
    static final class OfAntiSpamProfile extends WireColumn<AntiSpamProfile> {
        OfAntiSpamProfile() {
            super(AntiSpamProfile.class);
        }
    }

    @Converter(autoApply = true)
    static final class OfMessageType extends WireColumn<MessageType> {
        OfMessageType() {
            super(MessageType.class);
        }
    }
}
