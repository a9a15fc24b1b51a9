package io.siaran.images;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The packages that npm installed for running, without those for tests and for building.
 *
 * @param found by their directories below the folder
 */
record NodePackages(Path folder, Map<String, JsonNode> found) {

    /** What npm says that it installed. */
    static final String LOCK = "node_modules/.package-lock.json";

    private static final String NODE = "node_modules/node-linux-";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** npm packages write these names still; SPDX has others for them now. */
    private static final Map<String, String> SPDX = Map.of("GPL-3.0", "GPL-3.0-only");

    static NodePackages in(Path folder) throws IOException {
        JsonNode installed =
                JSON.readTree(Files.readString(folder.resolve(LOCK))).path("packages");
        Map<String, JsonNode> found = new TreeMap<>();
        installed.properties().forEach(each -> {
            if (!each.getValue().path("dev").asBoolean()
                    && !each.getValue().path("devOptional").asBoolean()) {
                found.put(each.getKey(), each.getValue());
            }
        });
        return new NodePackages(folder, found);
    }

    /** Node itself, which npm brought as a package. */
    Path node() {
        return found.keySet().stream()
                .filter(each -> each.startsWith(NODE))
                .map(each -> folder.resolve(each).resolve("bin/node"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("npm brought no Node for this kind of machine"));
    }

    /** Where the others are. */
    List<Path> directories() {
        return found.keySet().stream()
                .filter(each -> !each.startsWith(NODE))
                .map(folder::resolve)
                .filter(Files::isDirectory)
                .toList();
    }

    /** Of all that is in the image, our own source included, as an expression of SPDX. */
    String licences() {
        TreeSet<String> names = found.values().stream()
                .map(each -> each.path("license").asText("NOASSERTION"))
                .map(each -> SPDX.getOrDefault(each, each))
                .map(each -> each.contains(" ") && !each.startsWith("(") ? "(" + each + ")" : each)
                .collect(Collectors.toCollection(TreeSet::new));
        names.add("Apache-2.0");
        return String.join(" AND ", names);
    }

    /** In CycloneDX 1.6: every package with its checksum, as the registry gave it, and its licence. */
    String bom(String name, String version) {
        ObjectNode bom = JSON.createObjectNode();
        bom.put("bomFormat", "CycloneDX").put("specVersion", "1.6").put("version", 1);
        bom.putObject("metadata")
                .putObject("component")
                .put("type", "application")
                .put("bom-ref", "siaran/" + name)
                .put("name", name)
                .put("version", version);
        ArrayNode components = bom.putArray("components");
        found.forEach((directory, each) -> component(components.addObject(), directory, each));
        return bom.toPrettyString() + "\n";
    }

    private static void component(ObjectNode component, String directory, JsonNode installed) {
        String name = directory.substring(directory.lastIndexOf("node_modules/") + "node_modules/".length());
        String version = installed.path("version").asText();
        component
                .put("type", "library")
                .put("bom-ref", directory)
                .put("name", name)
                .put("version", version);
        component.put("purl", "pkg:npm/%s@%s".formatted(name.replace("@", "%40"), version));
        String[] integrity = installed.path("integrity").asText("").split("-", 2);
        if (integrity[0].equals("sha512")) {
            String hex = HexFormat.of().formatHex(Base64.getDecoder().decode(integrity[1]));
            component.putArray("hashes").addObject().put("alg", "SHA-512").put("content", hex);
        }
        String licence = installed.path("license").asText("");
        if (!licence.isEmpty()) {
            component.putArray("licenses").addObject().put("expression", SPDX.getOrDefault(licence, licence));
        }
    }
}
