package io.siaran.sequence.authoring;

import io.siaran.model.AntiSpamProfile;
import io.siaran.model.MessageType;
import io.siaran.model.TargetStatus;
import io.siaran.model.Wire;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;

/** Stores an enum as it stands on the wire, so that SQL reads it too. */
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
    public E convertToEntityAttribute(String wire) {
        return wire == null ? null : Wire.read(type, wire);
    }

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
