package io.siaran.rest;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Future;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.lang.annotation.Annotation;
import java.util.Comparator;

/** What Bean Validation found, with our codes; in our words where its own say less. */
final class BeanViolations {

    static final Comparator<Violation> ORDER =
            Comparator.comparing(Violation::field).thenComparing(Violation::message);

    private BeanViolations() {}

    static Violation of(ConstraintViolation<?> found) {
        String field = FieldPath.of(found.getPropertyPath());
        Annotation constraint = found.getConstraintDescriptor().getAnnotation();
        String message = found.getMessage();
        return switch (constraint) {
            case NotNull missing -> new Violation(field, message, ViolationCode.REQUIRED);
            case NotBlank missing -> new Violation(field, message, ViolationCode.REQUIRED);
            case NotEmpty missing -> new Violation(field, message, ViolationCode.REQUIRED);
            case Size size -> size(field, size, found);
            case Min bound -> new Violation(field, message, ViolationCode.OUT_OF_RANGE);
            case Max bound -> new Violation(field, message, ViolationCode.OUT_OF_RANGE);
            case DecimalMin bound -> new Violation(field, message, ViolationCode.OUT_OF_RANGE);
            case DecimalMax bound -> new Violation(field, message, ViolationCode.OUT_OF_RANGE);
            case Digits bound -> new Violation(field, message, ViolationCode.OUT_OF_RANGE);
            case Positive bound -> new Violation(field, message, ViolationCode.OUT_OF_RANGE);
            case PositiveOrZero bound -> new Violation(field, message, ViolationCode.OUT_OF_RANGE);
            case Future bound -> new Violation(field, message, ViolationCode.OUT_OF_RANGE);
            default -> new Violation(field, message, ViolationCode.INVALID);
        };
    }

    private static Violation size(String field, Size size, ConstraintViolation<?> found) {
        boolean text = found.getInvalidValue() instanceof CharSequence;
        String things = text ? " characters" : " entries";
        String message = !found.getMessageTemplate().startsWith("{jakarta.")
                ? found.getMessage()
                : size.min() == 0
                        ? "must have at most " + size.max() + things
                        : size.max() == Integer.MAX_VALUE
                                ? "must have at least " + size.min() + things
                                : "must have " + size.min() + " to " + size.max() + things;
        return new Violation(field, message, tooWhat(size, found.getInvalidValue()));
    }

    private static ViolationCode tooWhat(Size size, Object value) {
        return switch (value) {
            case CharSequence text ->
                SizeInCharacters.of(text) < size.min() ? ViolationCode.TOO_SHORT : ViolationCode.TOO_LONG;
            case java.util.Collection<?> list ->
                list.size() < size.min() ? ViolationCode.REQUIRED : ViolationCode.TOO_MANY;
            case null, default -> ViolationCode.TOO_MANY;
        };
    }
}
