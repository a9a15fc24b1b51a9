package io.siaran.localstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

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
