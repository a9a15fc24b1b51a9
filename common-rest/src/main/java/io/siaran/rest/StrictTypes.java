package io.siaran.rest;

import static io.siaran.rest.StrictScalar.NUMBER;
import static io.siaran.rest.StrictScalar.TEXT;
import static io.siaran.rest.StrictScalar.TRUTH;
import static io.siaran.rest.StrictScalar.WHOLE_NUMBER;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.siaran.rest.StrictScalar.Reading;
import io.siaran.rest.StrictScalar.Unfit;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;

/** How each simple type of the API is written, and nothing else is it. */
final class StrictTypes {

    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final String TIME_OF_DAY = "([01][0-9]|2[0-3]):[0-5][0-9]";

    /** With seconds too: so answers of other systems write a time of day. */
    private static final Pattern TIME = Pattern.compile(TIME_OF_DAY + "(:[0-5][0-9])?");

    private static final Pattern INSTANT =
            Pattern.compile(DATE + "T" + TIME_OF_DAY + ":[0-5][0-9](\\.[0-9]{1,9})?(Z|[+-]" + TIME_OF_DAY + ")");
    private static final Pattern DURATION = Pattern.compile(
            "-?P(?=.)([0-9]{1,9}D)?(T(?=.)([0-9]{1,9}H)?([0-9]{1,9}M)?([0-9]{1,10}(\\.[0-9]{1,9})?S)?)?");
    private static final Pattern ID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    /** An offset is none: {@code +08:00} is 8 hours west to PostgreSQL. */
    private static final Set<String> ZONES = Set.copyOf(ZoneId.getAvailableZoneIds());

    /** More digits or zeros than any amount of ours has; beyond them a number is slow to compute with. */
    private static final int LARGEST_SCALE = 50;

    private StrictTypes() {}

    static SimpleModule module() {
        SimpleModule module = new SimpleModule("siaran-rest")
                .addDeserializer(String.class, new StrictText())
                .setDeserializerModifier(new StrictContainers());
        wholeNumber(module, Integer.class, int.class, Integer.MIN_VALUE, Integer.MAX_VALUE, BigInteger::intValueExact);
        wholeNumber(module, Long.class, long.class, Long.MIN_VALUE, Long.MAX_VALUE, BigInteger::longValueExact);
        add(module, Boolean.class, TRUTH, JsonParser::getBooleanValue);
        add(module, boolean.class, TRUTH, JsonParser::getBooleanValue);
        add(module, BigDecimal.class, NUMBER, StrictTypes::decimal);
        add(module, Double.class, NUMBER, json -> decimal(json).doubleValue());
        text(module, LocalDate.class, DATE, LocalDate::parse);
        text(module, LocalTime.class, TIME, LocalTime::parse);
        text(module, Instant.class, INSTANT, text -> OffsetDateTime.parse(text).toInstant());
        text(module, OffsetDateTime.class, INSTANT, OffsetDateTime::parse);
        text(module, Duration.class, DURATION, Duration::parse);
        text(module, UUID.class, ID, UUID::fromString);
        add(module, ZoneId.class, TEXT, StrictTypes::zone);
        return module;
    }

    private static <T extends Number> void wholeNumber(
            SimpleModule module, Class<T> type, Class<T> primitive, long from, long to, Function<BigInteger, T> exact) {
        Reading<T> reading = json -> {
            BigInteger number = json.getBigIntegerValue();
            if (number.compareTo(BigInteger.valueOf(from)) < 0 || number.compareTo(BigInteger.valueOf(to)) > 0) {
                throw new Unfit(ViolationCode.OUT_OF_RANGE, "must be from " + from + " to " + to);
            }
            return exact.apply(number);
        };
        add(module, type, WHOLE_NUMBER, reading);
        add(module, primitive, WHOLE_NUMBER, reading);
    }

    private static <T> void text(SimpleModule module, Class<T> type, Pattern form, Function<String, T> parse) {
        add(module, type, TEXT, json -> {
            String text = json.getText();
            if (!form.matcher(text).matches()) {
                throw new Unfit(ViolationCode.INVALID, Expected.of(type));
            }
            try {
                return parse.apply(text);
            } catch (DateTimeException | ArithmeticException noSuchDay) {
                throw new Unfit(ViolationCode.INVALID, Expected.of(type));
            }
        });
    }

    private static <T> void add(
            SimpleModule module, Class<T> type, Set<com.fasterxml.jackson.core.JsonToken> kind, Reading<T> reading) {
        module.addDeserializer(type, new StrictScalar<>(type, kind, reading));
    }

    private static BigDecimal decimal(JsonParser json) throws IOException {
        BigDecimal number = json.getDecimalValue();
        if (Math.abs((long) number.scale()) > LARGEST_SCALE || number.precision() > LARGEST_SCALE) {
            throw new Unfit(ViolationCode.OUT_OF_RANGE, "must be a number of ordinary size");
        }
        return number;
    }

    private static ZoneId zone(JsonParser json) throws IOException {
        String name = json.getText();
        if (!ZONES.contains(name)) {
            throw new Unfit(ViolationCode.INVALID, Expected.of(ZoneId.class));
        }
        return ZoneId.of(name);
    }
}
