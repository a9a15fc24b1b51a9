package io.siaran.gateway.device;

/** What a platform knows a device by. Shows itself to nobody: not in logs, not in answers. */
public record Credential(String secret) {

    public Credential {
        if (secret == null || secret.isBlank()) {
            throw new IllegalArgumentException("a credential is not blank");
        }
    }

    @Override
    public String toString() {
        return "Credential[…]";
    }
}
