package io.siaran.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.siaran.model.PhoneNumber;
import io.siaran.model.UserId;
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

    /** As {@link #of(UserId, PhoneNumber)}, of columns. */
    public String of(String user, String phone) {
        SecretKey of = key.orElseThrow(() -> Refusal.unavailable(
                "to erase people needs " + SETTING + ", which this installation lacks", Duration.ofMinutes(10)));
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(of);
            return HexFormat.of().formatHex(mac.doFinal((user + ":" + phone).getBytes(UTF_8)));
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
