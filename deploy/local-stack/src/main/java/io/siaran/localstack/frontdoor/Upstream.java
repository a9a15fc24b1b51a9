package io.siaran.localstack.frontdoor;

/**
 * A service behind the front door.
 *
 * @param name as an answer names it when it is down
 * @param shortName as in the path of its documents
 * @param port of the loopback address, where it takes requests
 */
public record Upstream(String name, String shortName, int port) {

    /** The path of its OpenAPI document, as JSON. */
    String document() {
        return "/docs/" + shortName + "/openapi.json";
    }
}
