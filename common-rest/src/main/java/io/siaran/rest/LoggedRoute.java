package io.siaran.rest;

import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.mapping.RuntimeResource;

/** Where a request went, as a log may say it: by the template of its path. In the path itself are people's phones and the secrets of callbacks. */
final class LoggedRoute {

    private LoggedRoute() {}

    /** Of the request that is being answered, as in {@code GET /api/v1/people/{phone}}; "none" where no resource takes it. */
    static String current() {
        ResteasyReactiveRequestContext request = CurrentRequestManager.get();
        RuntimeResource resource = request == null ? null : request.getTarget();
        return resource == null
                ? "none"
                : resource.getHttpMethod() + " " + resource.getClassPath().template + resource.getPath().template;
    }
}
