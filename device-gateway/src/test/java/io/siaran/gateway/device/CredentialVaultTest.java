package io.siaran.gateway.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CredentialVaultTest {

    private static final Credential SECRET = new Credential("t0ken.s3cret");
    private static final UUID MERAH = new UUID(0, 1);
    private static final UUID BIRU = new UUID(0, 2);

    private final CredentialVault vault = vault("0123456789abcdef0123456789abcdef");

    @Test
    void what_was_sealed_opens_for_its_own_device_only() {
        // When
        byte[] sealed = vault.seal(MERAH, SECRET);

        // Then
        assertThat(vault.open(MERAH, sealed)).isEqualTo(SECRET);
        assertThatThrownBy(() -> vault.open(BIRU, sealed)).hasMessageContaining("does not open");
        assertThatThrownBy(() -> vault("another-key-of-thirty-two-bytes!").open(MERAH, sealed))
                .hasMessageContaining("does not open");
    }

    @Test
    void equal_credentials_look_different_and_equal_numbers_have_one_fingerprint() {
        assertThat(vault.seal(MERAH, SECRET)).isNotEqualTo(vault.seal(MERAH, SECRET));
        assertThat(vault.fingerprint(Platform.WABLAS, "https://a", "t0ken"))
                .isEqualTo(vault.fingerprint(Platform.WABLAS, "https://a", "t0ken"))
                .isNotEqualTo(vault.fingerprint(Platform.WABLAS, "https://b", "t0ken"))
                .isNotEqualTo(
                        vault("another-key-of-thirty-two-bytes!").fingerprint(Platform.WABLAS, "https://a", "t0ken"));
    }

    @Test
    void a_credential_does_not_show_itself() {
        assertThat(SECRET.toString()).doesNotContain("t0ken");
    }

    @Test
    void a_key_of_the_wrong_length_is_refused_at_start() {
        assertThatThrownBy(() -> vault("short")).hasMessageContaining("32 bytes");
    }

    private static CredentialVault vault(String key) {
        return new CredentialVault(new DeviceConfig() {
            @Override
            public String credentialKey() {
                return Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
            }

            @Override
            public String defaultRegion() {
                return "MY";
            }

            @Override
            public boolean allowInternalAddresses() {
                return false;
            }
        });
    }
}
