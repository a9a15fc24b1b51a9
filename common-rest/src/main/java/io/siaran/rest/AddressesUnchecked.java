package io.siaran.rest;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SmallRyeConfigBuilderCustomizer;

/**
 * Lets {@link Edge} judge addresses: Quarkus answers one that is no URI by a 400 without a body before any route, unless this
 * property of the JVM is set. Nothing but reading the configuration comes before Quarkus looks at it.
 */
@StaticInitSafe
public class AddressesUnchecked implements SmallRyeConfigBuilderCustomizer {

    private static final String PROPERTY = "vertx.disableURIValidation";

    @Override
    public void configBuilder(SmallRyeConfigBuilder builder) {
        System.setProperty(PROPERTY, "true");
    }
}
