package io.siaran.rest;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

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
                .map(BeanPropertyDefinition::getName)
                .collect(Collectors.toSet());
    }
}
