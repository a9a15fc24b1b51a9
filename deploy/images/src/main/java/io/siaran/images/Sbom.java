package io.siaran.images;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;

/** What a packaged service is made of, in CycloneDX 1.6: every library with its coordinates and its checksum. */
final class Sbom {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Sbom() {}

    /** By the list that Quarkus leaves beside the libraries: {@code group:artifact::type:version}. */
    static String of(String service, String version, Path packaged) throws IOException {
        ObjectNode bom = JSON.createObjectNode();
        bom.put("bomFormat", "CycloneDX").put("specVersion", "1.6").put("version", 1);
        bom.putObject("metadata")
                .putObject("component")
                .put("type", "application")
                .put("bom-ref", "siaran/" + service)
                .put("name", service)
                .put("version", version);
        ArrayNode components = bom.putArray("components");
        for (String line : Files.readAllLines(packaged.resolve("quarkus-app-dependencies.txt"))) {
            String[] parts = line.split(":");
            if (parts.length == 5) {
                component(components.addObject(), parts, jar(packaged, parts));
            }
        }
        return bom.toPrettyString() + "\n";
    }

    private static void component(ObjectNode component, String[] parts, Optional<Path> jar) throws IOException {
        String purl = "pkg:maven/%s/%s@%s".formatted(parts[0], parts[1], parts[4])
                + (parts[2].isEmpty() ? "" : "?classifier=" + parts[2]);
        component.put("type", "library").put("bom-ref", purl).put("group", parts[0]);
        component.put("name", parts[1]).put("version", parts[4]).put("purl", purl);
        if (jar.isPresent()) {
            component.putArray("hashes").addObject().put("alg", "SHA-256").put("content", sha256(jar.get()));
        }
    }

    private static Optional<Path> jar(Path packaged, String[] parts) {
        String name = parts[0] + "." + parts[1] + "-" + parts[4] + (parts[2].isEmpty() ? "" : "-" + parts[2]) + ".jar";
        return Stream.of("lib/main", "lib/boot")
                .map(each -> packaged.resolve(each).resolve(name))
                .filter(Files::exists)
                .findFirst();
    }

    private static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
