package io.siaran.rest;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The representation of what nobody edits, such as a job: it has no number of its own, so its tag is made of what it says, and
 * is the same in every process. A record's maps must be sorted.
 */
public interface VersionedByContent extends Versioned {

    /** What the tag stands for: all of it, unless a part depends on the moment in which it is read. */
    @JsonIgnore
    default Object tagged() {
        return this;
    }

    @Override
    @JsonIgnore
    default long version() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(tagged().toString().getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong() & Long.MAX_VALUE;
        } catch (NoSuchAlgorithmException noJdk) {
            throw new IllegalStateException(noJdk);
        }
    }
}
