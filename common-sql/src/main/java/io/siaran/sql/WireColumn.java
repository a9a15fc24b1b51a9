package io.siaran.sql;

import io.siaran.model.WireEnum;
import jakarta.persistence.AttributeConverter;

/**
 * Keeps an enum in its column as it stands in JSON, so that SQL reads it too. A service has one subclass an enum, marked
 * {@code @Converter(autoApply = true)}.
 */
public abstract class WireColumn<E extends Enum<E> & WireEnum> implements AttributeConverter<E, String> {

    private final Class<E> type;

    protected WireColumn(Class<E> type) {
        this.type = type;
    }

    @Override
    public String convertToDatabaseColumn(E constant) {
        return constant == null ? null : constant.wire();
    }

    @Override
    public E convertToEntityAttribute(String column) {
        return column == null ? null : WireEnum.read(type, column);
    }
}
