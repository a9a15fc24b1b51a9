package io.siaran.rest;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Whether an address can be read: the framework answers what cannot with a bare 400, or guesses. */
final class PercentEncoding {

    private static final int HEX = 16;

    private PercentEncoding() {}

    /** It is a URI: every percent sign begins two hex digits, and what cannot stand there is encoded; the bytes are UTF-8. */
    static boolean isRight(String uri) {
        return uri == null || (isDecodable(uri) && isUri(uri));
    }

    private static boolean isUri(String uri) {
        try {
            new URI(uri);
            return true;
        } catch (URISyntaxException other) {
            return false;
        }
    }

    private static boolean isDecodable(String uri) {
        if (uri.indexOf('%') < 0) {
            return true;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(uri.length());
        for (int i = 0; i < uri.length(); i++) {
            char c = uri.charAt(i);
            if (c != '%') {
                bytes.write(c < 0x80 ? c : '?');
                continue;
            }
            if (i + 2 >= uri.length()
                    || Character.digit(uri.charAt(i + 1), HEX) < 0
                    || Character.digit(uri.charAt(i + 2), HEX) < 0) {
                return false;
            }
            bytes.write(Character.digit(uri.charAt(i + 1), HEX) * HEX + Character.digit(uri.charAt(i + 2), HEX));
            i += 2;
        }
        return isUtf8(bytes.toByteArray());
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException malformed) {
            return false;
        }
    }
}
