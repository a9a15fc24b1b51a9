package io.siaran.sequence.authoring;

import io.siaran.model.AntiSpamProfile;
import io.siaran.model.MessageType;
import io.siaran.model.TargetStatus;
import io.siaran.sql.WireColumn;
import jakarta.persistence.Converter;

/** How each enum of these entities stands in its column. */
final class EnumColumns {

    private EnumColumns() {}

    @Converter(autoApply = true)
    static final class OfSequenceStatus extends WireColumn<SequenceStatus> {
        OfSequenceStatus() {
            super(SequenceStatus.class);
        }
    }

    @Converter(autoApply = true)
    static final class OfTargetStatus extends WireColumn<TargetStatus> {
        OfTargetStatus() {
            super(TargetStatus.class);
        }
    }

    @Converter(autoApply = true)
    static final class OfFailurePolicy extends WireColumn<FailurePolicy> {
        OfFailurePolicy() {
            super(FailurePolicy.class);
        }
    }

    @Converter(autoApply = true)
    static final class OfOnePerson extends WireColumn<OnePerson> {
        OfOnePerson() {
            super(OnePerson.class);
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
