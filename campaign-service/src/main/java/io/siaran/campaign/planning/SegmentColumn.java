package io.siaran.campaign.planning;

import io.siaran.model.Json;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;

/** Keeps a segment in its column as it stands in JSON. */
@Converter(autoApply = true)
class SegmentColumn implements AttributeConverter<Segment, String> {

    @Override
    public String convertToDatabaseColumn(Segment segment) {
        return segment == null ? null : Json.write(segment);
    }

    @Override
    public Segment convertToEntityAttribute(String column) {
        return column == null ? null : Json.read(column, Segment.class);
    }
}
