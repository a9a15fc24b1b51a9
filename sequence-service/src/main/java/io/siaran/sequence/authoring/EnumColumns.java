package io.siaran.sequence.authoring;

import io.siaran.sql.WireColumn;
import jakarta.persistence.Converter;

/** How the enums that only these entities have stand in their columns. */
final class EnumColumns {

    private EnumColumns() {}

    @Converter(autoApply = true)
    static final class OfSequenceStatus extends WireColumn<SequenceStatus> {
        OfSequenceStatus() {
            super(SequenceStatus.class);
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
}
