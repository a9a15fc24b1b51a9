package io.siaran.campaign.planning;

import io.siaran.model.Expiry;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;

/** Keeps an expiry in its column as it stands in JSON. */
@Converter(autoApply = true)
class ExpiryColumn implements AttributeConverter<Expiry, String> {

    @Override
    public String convertToDatabaseColumn(Expiry expiry) {
        return expiry.text();
    }

    @Override
    public Expiry convertToEntityAttribute(String column) {
        return Expiry.of(column);
    }
}
