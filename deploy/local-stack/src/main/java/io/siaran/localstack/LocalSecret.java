package io.siaran.localstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The key that the gateway of this stack encrypts credentials with: made on first use, readable by its owner only. */
public final class LocalSecret {

    private static final String FILE = "gateway-credentials.key";
    private static final int BYTES = 32;

    private LocalSecret() {}

    /** The 256-bit key of that directory, in base64. Devices can be read only with the key that they were stored with. */
    public static String in(Path directory) {
        Path file = directory.resolve(FILE);
        try {
            if (Files.notExists(file)) {
                generate(directory, file);
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Another secret of that directory, for what the label names; it follows from the key and tells nothing of it. */
    public static String derived(Path directory, String label) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(in(directory)), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(label.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    private static void generate(Path directory, Path file) throws IOException {
        byte[] key = new byte[BYTES];
        new SecureRandom().nextBytes(key);
        Files.createDirectories(directory);
        Path draft = Files.createTempFile(
                directory,
                FILE,
                null,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(draft, Base64.getEncoder().encodeToString(key));
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
