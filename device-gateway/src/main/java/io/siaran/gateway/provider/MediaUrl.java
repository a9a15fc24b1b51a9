package io.siaran.gateway.provider;

import java.net.URI;
import java.util.Locale;

/** What the address of an image tells of it, for platforms that want to be told. Pure. */
public record MediaUrl(String url) {

    private static final String USUAL = "image/jpeg";

    /** By its ending; JPEG where that tells nothing. */
    public String imageType() {
        String name = fileName().toLowerCase(Locale.ROOT);
        if (name.endsWith(".png")) {
            return "image/png";
        }
        return name.endsWith(".webp") ? "image/webp" : USUAL;
    }

    /** Its last part; a name of ours where there is none. */
    public String fileName() {
        try {
            String path = URI.create(url).getPath();
            String name = path == null ? "" : path.substring(path.lastIndexOf('/') + 1);
            return name.isEmpty() ? "image.jpg" : name;
        } catch (IllegalArgumentException noUrl) {
            return "image.jpg";
        }
    }
}
