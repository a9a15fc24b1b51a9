package io.siaran.localstack.otlp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** The fields of one protobuf message by their numbers, read without its schema. */
final class Protobuf {

    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED_32 = 5;

    private final Map<Integer, List<Object>> fields = new HashMap<>();

    Protobuf(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        while (in.hasRemaining()) {
            long tag = varint(in);
            fields.computeIfAbsent((int) (tag >>> 3), _ -> new ArrayList<>()).add(value(in, (int) (tag & 7)));
        }
    }

    private static Object value(ByteBuffer in, int type) {
        return switch (type) {
            case VARINT -> varint(in);
            case FIXED_64 -> in.getLong();
            case FIXED_32 -> (long) in.getInt();
            case BYTES -> {
                byte[] bytes = new byte[(int) varint(in)];
                in.get(bytes);
                yield bytes;
            }
            default -> throw new IllegalArgumentException("protobuf has no type " + type);
        };
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = in.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    List<Protobuf> messages(int field) {
        return all(field).stream().map(bytes -> new Protobuf((byte[]) bytes)).toList();
    }

    String text(int field) {
        return all(field).isEmpty() ? "" : new String((byte[]) all(field).getFirst(), StandardCharsets.UTF_8);
    }

    String hex(int field) {
        return all(field).isEmpty()
                ? ""
                : HexFormat.of().formatHex((byte[]) all(field).getFirst());
    }

    long number(int field) {
        return all(field).isEmpty() ? 0 : (long) all(field).getFirst();
    }

    private List<Object> all(int field) {
        return fields.getOrDefault(field, List.of());
    }
}
