package io.siaran.rest;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBase;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.ValueInstantiator;
import com.fasterxml.jackson.databind.type.CollectionType;
import io.siaran.model.WireEnum;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads lists within their bounds, enums by their words only, and tells of every value that its type refuses. */
final class StrictContainers extends BeanDeserializerModifier {

    private static final long serialVersionUID = 1L;

    @Override
    public JsonDeserializer<?> modifyCollectionDeserializer(
            DeserializationConfig config, CollectionType type, BeanDescription bean, JsonDeserializer<?> standard) {
        return new BoundedList(type);
    }

    @Override
    public JsonDeserializer<?> modifyDeserializer(
            DeserializationConfig config, BeanDescription bean, JsonDeserializer<?> standard) {
        ValueInstantiator maker = standard instanceof BeanDeserializerBase base ? base.getValueInstantiator() : null;
        return maker != null && (maker.canCreateUsingDelegate() || maker.canCreateFromString())
                ? new ConstructedValue(standard)
                : standard;
    }

    /** A constant has one spelling: the number of its position, blanks and other cases are none. */
    @Override
    public JsonDeserializer<?> modifyEnumDeserializer(
            DeserializationConfig config, JavaType type, BeanDescription bean, JsonDeserializer<?> standard) {
        Class<?> constants = type.getRawClass();
        Map<String, Object> words = Arrays.stream(constants.getEnumConstants())
                .collect(Collectors.toUnmodifiableMap(StrictContainers::word, Function.identity()));
        return new StrictScalar<>(constants, StrictScalar.TEXT, json -> {
            Object constant = words.get(json.getText());
            if (constant == null) {
                throw new StrictScalar.Unfit(ViolationCode.NOT_ONE_OF, Expected.of(constants));
            }
            return constant;
        });
    }

    private static String word(Object constant) {
        return constant instanceof WireEnum wire ? wire.wire() : ((Enum<?>) constant).name();
    }
}
