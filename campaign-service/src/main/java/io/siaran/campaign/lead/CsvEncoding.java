package io.siaran.campaign.lead;

import io.siaran.rest.Refusal;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Tells how a file is encoded while it streams past, before anything of it is read: UTF-8 and UTF-16 with or without a mark,
 * and Windows-1252 where it cannot be UTF-8. What is none of them, or half of one, is refused with the line: it would write
 * wrong names.
 */
final class CsvEncoding {

    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    private final CharBuffer characters = CharBuffer.allocate(8_192);
    private final byte[] head = new byte[4];
    private CharsetDecoder decoder;
    private ByteBuffer rest = ByteBuffer.allocate(0);
    private long size;
    private long line = 1;
    private boolean afterReturn;
    private long firstWrong;
    private boolean right;
    private boolean noWindows;
    private boolean zero;

    /** The next bytes of the file; at least four the first time, if it has them. */
    void read(byte[] bytes, int length) {
        for (int i = 0; i < length && size + i < head.length; i++) {
            head[(int) size + i] = bytes[i];
        }
        size += length;
        if (decoder == null) {
            decoder = strict(isUtf16() ? utf16() : StandardCharsets.UTF_8);
        }
        ByteBuffer next = ByteBuffer.allocate(rest.remaining() + length)
                .put(rest)
                .put(bytes, 0, length)
                .flip();
        decode(next);
        // Of a part that is kept with its few bytes each file that comes in would hold a megabyte.
        rest = ByteBuffer.allocate(next.remaining()).put(next).flip();
    }

    /** Once all of it was read; throws a {@link Refusal} (a 400) that says where it is unreadable. */
    Charset found() {
        if (size == 0) {
            throw refused("the file is empty");
        }
        if (startsWith(0x50, 0x4B, 0x03, 0x04) || startsWith(0xD0, 0xCF, 0x11, 0xE0)) {
            throw refused("this is a workbook of Excel; save it as CSV UTF-8 first");
        }
        if (rest.hasRemaining()) {
            wrong(rest.get(rest.position()));
        }
        if (zero) {
            throw refused("line " + firstWrong + " has a character U+0000: this is no text");
        }
        if (firstWrong == 0) {
            return decoder.charset();
        }
        if (isUtf16() || right || noWindows) {
            throw refused("line " + firstWrong + " is not " + (isUtf16() ? "UTF-16" : "UTF-8")
                    + "; save the file as CSV UTF-8");
        }
        return WINDOWS_1252;
    }

    /** What the mark at the beginning takes, which is not part of the text. */
    static int mark(byte[] head) {
        if (head.length >= 3 && head[0] == (byte) 0xEF && head[1] == (byte) 0xBB && head[2] == (byte) 0xBF) {
            return 3;
        }
        boolean wide = head.length >= 2
                && (head[0] == (byte) 0xFF && head[1] == (byte) 0xFE
                        || head[0] == (byte) 0xFE && head[1] == (byte) 0xFF);
        return wide ? 2 : 0;
    }

    private void decode(ByteBuffer bytes) {
        while (true) {
            characters.clear();
            CoderResult result = decoder.decode(bytes, characters, false);
            look(characters.flip());
            if (result.isUnderflow()) {
                return;
            }
            if (result.isError()) {
                wrong(bytes.get(bytes.position()));
                bytes.position(bytes.position() + result.length());
            }
        }
    }

    private void look(CharBuffer read) {
        while (read.hasRemaining()) {
            char character = read.get();
            line += character == '\r' || character == '\n' && !afterReturn ? 1 : 0;
            afterReturn = character == '\r';
            right |= character > 0x7F && character != 0xFEFF;
            if (character == 0 && !zero) {
                zero = true;
                firstWrong = line;
            }
        }
    }

    private void wrong(byte first) {
        firstWrong = firstWrong == 0 ? line : firstWrong;
        noWindows |= switch (first & 0xFF) {
            case 0x81, 0x8D, 0x8F, 0x90, 0x9D -> true;
            default -> false;
        };
    }

    /** Marked, or with a zero beside its first character, which a header begins with in no other encoding. */
    private boolean isUtf16() {
        return size >= 2 && (startsWith(0xFF, 0xFE) || startsWith(0xFE, 0xFF) || (head[0] == 0) != (head[1] == 0));
    }

    private Charset utf16() {
        return startsWith(0xFE, 0xFF) || head[0] == 0 ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
    }

    private static CharsetDecoder strict(Charset charset) {
        return charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    private boolean startsWith(int... bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (head[i] != (byte) bytes[i]) {
                return false;
            }
        }
        return true;
    }

    private static Refusal refused(String reason) {
        return Refusal.invalid("body", reason);
    }
}
