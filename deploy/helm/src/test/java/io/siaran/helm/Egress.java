package io.siaran.helm;

import com.fasterxml.jackson.databind.JsonNode;

/** Where a NetworkPolicy lets its pods go, as Kubernetes reads it: what one rule allows no other one takes away. */
record Egress(JsonNode policy) {

    /** Whether a packet to this address (IPv4, of no pod) and port leaves; named ports are those of pods. */
    boolean allows(String address, int port) {
        return Rendered.each(policy.at("/spec/egress"))
                .filter(rule -> !rule.has("ports")
                        || Rendered.each(rule.path("ports"))
                                .anyMatch(each -> each.path("port").asText().equals(Integer.toString(port))))
                .anyMatch(rule -> rule.path("to").isEmpty()
                        || Rendered.each(rule.path("to")).anyMatch(to -> within(to.path("ipBlock"), address)));
    }

    private static boolean within(JsonNode block, String address) {
        return !block.isMissingNode()
                && within(block.path("cidr").asText(), address)
                && Rendered.each(block.path("except")).noneMatch(except -> within(except.asText(), address));
    }

    private static boolean within(String network, String address) {
        String[] parts = network.split("/");
        long mask = -1L << (32 - Integer.parseInt(parts[1]));
        return (number(parts[0]) & mask) == (number(address) & mask);
    }

    private static long number(String address) {
        long number = 0;
        for (String part : address.split("\\.")) {
            number = number << 8 | Integer.parseInt(part);
        }
        return number;
    }
}
