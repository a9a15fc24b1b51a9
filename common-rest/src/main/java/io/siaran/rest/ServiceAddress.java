package io.siaran.rest;

import java.net.URI;

/**
 * Where another service of Siaran is, such as {@code http://siaran-dispatch:8083}: what stands before {@code /api/v1}. Configuration
 * is read by it, so that whoever is given an address that is none does not start, and says which setting it is.
 */
public record ServiceAddress(String base) {

    private static final int LAST_PORT = 65_535;

    public ServiceAddress {
        URI address = URI.create(base.strip());
        boolean isOfHttp =
                "http".equalsIgnoreCase(address.getScheme()) || "https".equalsIgnoreCase(address.getScheme());
        boolean endsBeforeQuery = address.getQuery() == null && address.getFragment() == null;
        if (!isOfHttp || !endsBeforeQuery || address.getHost() == null || address.getPort() > LAST_PORT) {
            throw new IllegalArgumentException(
                    "must be an address such as http://siaran-dispatch:8083, and is " + base);
        }
        base = address.toString().replaceAll("/+$", "");
    }

    URI at(String path) {
        return URI.create(base + path);
    }
}
