package io.siaran.rest;

import io.quarkus.hibernate.validator.ValidatorFactoryCustomizer;
import jakarta.inject.Singleton;
import jakarta.validation.constraints.Size;
import org.hibernate.validator.BaseHibernateValidatorConfiguration;

/** Makes {@link SizeInCharacters} the way in which texts are measured. */
@Singleton
class CharacterSizes implements ValidatorFactoryCustomizer {

    @Override
    public void customize(BaseHibernateValidatorConfiguration<?> configuration) {
        var mapping = configuration.createConstraintMapping();
        mapping.constraintDefinition(Size.class)
                .validatedBy(SizeInCharacters.class)
                .includeExistingValidators(true);
        configuration.addMapping(mapping);
    }
}
