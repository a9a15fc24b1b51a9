package io.siaran.localstack.frontdoor;

import java.util.List;

/**
 * A service behind the front door.
 *
 * @param name as an answer names it when it is down
 * @param shortName as in the path of its documents
 * @param ports of the loopback address, where its processes take requests
 */
public record Upstream(String name, String shortName, List<Integer> ports) {

    public Upstream {
        ports = List.copyOf(ports);
    }

    /** With one process. */
    Upstream(String name, String shortName, int port) {
        this(name, shortName, List.of(port));
    }

    /** The path of its OpenAPI document, as JSON. */
    String document() {
        return "/docs/" + shortName + "/openapi.json";
    }
}
