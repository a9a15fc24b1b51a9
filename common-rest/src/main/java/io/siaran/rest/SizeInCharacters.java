package io.siaran.rest;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.constraints.Size;

/** {@code @Size} of a text counts what people and PostgreSQL count, code points, and not UTF-16 units. */
public final class SizeInCharacters implements ConstraintValidator<Size, String> {

    private int min;
    private int max;

    @Override
    public void initialize(Size size) {
        min = size.min();
        max = size.max();
    }

    @Override
    public boolean isValid(String text, ConstraintValidatorContext context) {
        return text == null || (min <= of(text) && of(text) <= max);
    }

    static int of(CharSequence text) {
        return Character.codePointCount(text, 0, text.length());
    }
}
