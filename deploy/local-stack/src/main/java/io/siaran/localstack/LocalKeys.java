package io.siaran.localstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;

/** The RSA key pair that signs local tokens: two PEM files, made at first use and kept. */
public final class LocalKeys {

    /** The issuer that every service verifies. */
    public static final String ISSUER = "siaran";

    /** Whom a token is for: what the services may be told to insist on. */
    public static final String AUDIENCE = "siaran";

    private static final String PRIVATE_FILE = "jwt-private.pem";
    private static final String PUBLIC_FILE = "jwt-public.pem";

    private final PrivateKey privateKey;
    private final Path publicKeyFile;

    private LocalKeys(PrivateKey privateKey, Path publicKeyFile) {
        this.privateKey = privateKey;
        this.publicKeyFile = publicKeyFile;
    }

    /** The key pair of that directory. */
    public static LocalKeys in(Path directory) {
        Path privateFile = directory.resolve(PRIVATE_FILE);
        try {
            if (Files.notExists(privateFile)) {
                generate(directory);
            }
            return new LocalKeys(
                    read(privateFile), directory.resolve(PUBLIC_FILE).toAbsolutePath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("unusable key in " + privateFile, e);
        }
    }

    private static void generate(Path directory) throws IOException, GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair pair = generator.generateKeyPair();
        Files.createDirectories(directory);
        // The private key last: its presence says that the pair is whole.
        write(directory, PUBLIC_FILE, "PUBLIC KEY", pair.getPublic());
        write(directory, PRIVATE_FILE, "PRIVATE KEY", pair.getPrivate());
    }

    private static void write(Path directory, String file, String label, Key key) throws IOException {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
        Path draft = Files.createTempFile(
                directory,
                file,
                null,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(draft, "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n".formatted(label, body));
        Files.move(draft, directory.resolve(file), StandardCopyOption.ATOMIC_MOVE);
    }

    private static PrivateKey read(Path file) throws IOException, GeneralSecurityException {
        String body = Files.readString(file).replaceAll("-----[A-Z ]+-----", "");
        return KeyFactory.getInstance("RSA")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(body)));
    }

    /** The public key, as {@code mp.jwt.verify.publickey.location} takes it. */
    public String publicKeyLocation() {
        return publicKeyFile.toUri().toString();
    }

    /** A signed token of that user, valid from now on for {@code lifetime}. */
    public String token(String user, Role role, Duration lifetime) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(ISSUER);
        claims.setAudience(AUDIENCE);
        claims.setSubject(user);
        claims.setStringClaim("upn", user);
        claims.setStringListClaim("groups", role.groups());
        claims.setIssuedAtToNow();
        claims.setExpirationTimeMinutesInTheFuture(lifetime.toSeconds() / 60f);
        claims.setGeneratedJwtId();
        return sign(claims.toJson());
    }

    /** A signed token of whatever claims, also of those that nobody should send. */
    public String sign(String claims) {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims);
        signature.setKey(privateKey);
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
        signature.setHeader("typ", "JWT");
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("cannot sign a token", e);
        }
    }
}
