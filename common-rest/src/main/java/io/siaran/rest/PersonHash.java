package io.siaran.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.siaran.model.PhoneNumber;
import io.siaran.model.UserId;
import io.siaran.sql.Database;
import io.siaran.sql.Tx;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * What is kept of the phone of somebody who was erased: a keyed hash. It tells the phone when it comes again, and tells it to
 * nobody else; without the key not even by trying all numbers. Of each user another one.
 */
@ApplicationScoped
public class PersonHash {

    private static final String SETTING = "siaran.person.key";
    private static final String HMAC = "HmacSHA256";

    /** Hashed under the key, tells that it is the same one; no person is called so, as a person's text has a colon. */
    private static final String FINGERPRINT_OF = "siaran.person.key";

    private static final String NOTED = "SELECT fingerprint FROM person_key";
    private static final String NOTE = "INSERT INTO person_key (fingerprint) VALUES ($1) ON CONFLICT DO NOTHING";

    private final Optional<SecretKey> key;

    PersonHash(PersonConfig config) {
        this.key = config.key().map(text -> InstallationKey.read(SETTING, text).derive("erased people", HMAC));
    }

    /**
     * In hexadecimal digits.
     *
     * @throws Refusal (a 503) where the installation has no key
     */
    public String of(UserId user, PhoneNumber phone) {
        return of(user.value(), phone.digits());
    }

    /**
     * As {@link #of(UserId, PhoneNumber)}, for a hash that will be kept: from the first one on the key is noted, and no process starts
     * with another one.
     *
     * @throws IllegalStateException where other people are kept under another key
     */
    public String toKeep(Tx tx, UserId user, PhoneNumber phone) {
        tx.run(NOTE, hash(needed(), FINGERPRINT_OF));
        checkAgainst(tx.run(NOTED));
        return of(user, phone);
    }

    /** As {@link #of(UserId, PhoneNumber)}, of columns. */
    public String of(String user, String phone) {
        return hash(needed(), user + ":" + phone);
    }

    /** @throws IllegalStateException where people are kept under a key that this process has not got */
    void check(Database database) {
        checkAgainst(database.run(NOTED));
    }

    private void checkAgainst(Iterable<Row> noted) {
        for (Row row : noted) {
            if (key.isEmpty()) {
                throw new IllegalStateException(
                        SETTING + " is missing, but people were erased under one: without it they"
                                + " would be written to again");
            }
            if (!row.getString("fingerprint").equals(hash(key.get(), FINGERPRINT_OF))) {
                throw new IllegalStateException(
                        SETTING + " is another one than people were erased under: with this one they"
                                + " would be written to again");
            }
        }
    }

    private SecretKey needed() {
        return key.orElseThrow(() -> Refusal.unavailable(
                "to erase people needs " + SETTING + ", which this installation lacks", Duration.ofMinutes(10)));
    }

    private static String hash(SecretKey under, String text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(under);
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(UTF_8)));
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
