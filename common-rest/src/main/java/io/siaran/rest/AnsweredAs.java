package io.siaran.rest;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On the body type of a PUT: what GET answers. The fields of the answer that the body does not have are read-only. PUT and
 * PATCH accept and ignore them, so that a caller can send back what it got; POST refuses them as unknown.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface AnsweredAs {

    Class<?> value();
}
