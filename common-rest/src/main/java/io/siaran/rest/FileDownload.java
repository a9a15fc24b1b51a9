package io.siaran.rest;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/** An answer that is a file of text, written while it is sent. */
public final class FileDownload {

    private static final int PART = 65_536;

    private FileDownload() {}

    public static Response of(String name, String type, Text text) {
        StreamingOutput output = stream -> write(stream, text);
        return Response.ok(output, type)
                .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
                .build();
    }

    private static void write(OutputStream stream, Text text) throws IOException {
        OutputStream parts = new BufferedOutputStream(new Passing(stream), PART);
        try (Writer out = new BufferedWriter(new OutputStreamWriter(parts, StandardCharsets.UTF_8))) {
            text.writeTo(out);
        }
    }

    /** What the file says. */
    public interface Text {
        void writeTo(Writer out) throws IOException;
    }

    /** The stream of an answer keeps what it is given, so that a list is sent whole; a file is sent part by part. */
    private static final class Passing extends FilterOutputStream {

        Passing(OutputStream answer) {
            super(answer);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            out.flush();
        }
    }
}
