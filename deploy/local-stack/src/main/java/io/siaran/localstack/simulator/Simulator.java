package io.siaran.localstack.simulator;

import io.vertx.ext.web.Router;

/** One platform: its name in a URL, its words, and what it answers below it. */
interface Simulator {

    /** The first path segment of this platform; a device's base URL is the server's URL and this. */
    String path();

    Dialect dialect();

    /** Adds the platform's own routes, relative to {@link #path()}. */
    void mount(Router router);
}
