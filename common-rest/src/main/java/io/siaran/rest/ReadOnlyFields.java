package io.siaran.rest;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The names of what a body is answered as, by {@link AnsweredAs}. */
final class ReadOnlyFields {

    private final Map<Class<?>, Set<String>> names = new ConcurrentHashMap<>();

    /** As the JSON of the answer names them; none for a body that says nothing. */
    Set<String> of(Class<?> body, DeserializationContext context) {
        return names.computeIfAbsent(body, type -> {
            AnsweredAs answered = type.getAnnotation(AnsweredAs.class);
            return answered == null ? Set.of() : properties(answered.value(), context);
        });
    }

    private static Set<String> properties(Class<?> answer, DeserializationContext context) {
        BeanDescription bean = context.getConfig()
                .getClassIntrospector()
                .forDeserialization(context.getConfig(), context.constructType(answer), context.getConfig());
        return bean.findProperties().stream()
                .flatMap(property -> names(property, context))
                .collect(Collectors.toSet());
    }

    /** What is unwrapped stands beside the others, by the names of its own. */
    private static Stream<String> names(BeanPropertyDefinition property, DeserializationContext context) {
        boolean isUnwrapped =
                context.getAnnotationIntrospector().findUnwrappingNameTransformer(property.getPrimaryMember()) != null;
        return isUnwrapped ? properties(property.getRawPrimaryType(), context).stream() : Stream.of(property.getName());
    }
}
