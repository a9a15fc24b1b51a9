package io.siaran.rest;

import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;

/** Whether what is saved is to have its images looked at first; a {@code @BeanParam} for {@link MediaCheck}. */
public record CheckMedia(
        @Parameter(
                description =
                        "Fetch each image before anything is saved, and refuse the request where one cannot be fetched,"
                                + " is no JPEG or PNG, or is larger than every platform takes. False unless given.",
                example = "true")
        @RestQuery("check_media")
        Boolean checkMedia) {

    boolean isWanted() {
        return Boolean.TRUE.equals(checkMedia);
    }
}
