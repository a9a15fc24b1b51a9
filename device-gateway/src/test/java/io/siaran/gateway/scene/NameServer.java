package io.siaran.gateway.scene;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The name server of this module's gateway: knows no name but localhost, and never answers for those below {@link #SILENT}. The JVM
 * asks another, which {@link SystemNames} makes as silent.
 */
public final class NameServer implements QuarkusTestResourceLifecycleManager {

    public static final String SILENT = ".silent.kedai.my";

    /** Quarkus has another copy of this class: only system properties are the same for both. */
    private static final String ASKED = "siaran.test.silent-names-asked";

    private static final int HEADER = 12;
    private static final int IS_ANSWER = 0x80;
    private static final int NO_SUCH_NAME = 3;

    private DatagramSocket socket;

    /** How many questions came for silent names. */
    public static int questionsForSilent() {
        return Integer.getInteger(ASKED, 0);
    }

    @Override
    public Map<String, String> start() {
        try {
            socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofPlatform().daemon().name("name-server").start(this::serve);
        return Map.of("quarkus.vertx.resolver.servers", "127.0.0.1:" + socket.getLocalPort());
    }

    private void serve() {
        DatagramPacket packet = new DatagramPacket(new byte[1_500], 1_500);
        while (!socket.isClosed()) {
            try {
                packet.setLength(1_500);
                socket.receive(packet);
                answer(packet);
            } catch (IOException closed) {
                // The loop ends.
            }
        }
    }

    private void answer(DatagramPacket packet) throws IOException {
        ByteBuffer message = ByteBuffer.wrap(packet.getData(), 0, packet.getLength());
        String name = name(message);
        if (name.endsWith(SILENT)) {
            System.setProperty(ASKED, Integer.toString(questionsForSilent() + 1));
            return;
        }
        message.put(2, (byte) (message.get(2) | IS_ANSWER)).put(3, (byte) NO_SUCH_NAME);
        // No record beyond the question: neither an answer nor the options that came.
        message.putShort(6, (short) 0).putShort(8, (short) 0).putShort(10, (short) 0);
        packet.setLength(message.position());
        socket.send(packet);
    }

    /** Of the question, and moves behind it. */
    private static String name(ByteBuffer message) {
        StringBuilder name = new StringBuilder();
        message.position(HEADER);
        int length = message.get();
        while (length > 0) {
            byte[] label = new byte[length];
            message.get(label);
            name.append(name.isEmpty() ? "" : ".").append(new String(label, StandardCharsets.US_ASCII));
            length = message.get();
        }
        message.position(message.position() + 4);
        return name.toString();
    }

    @Override
    public void stop() {
        socket.close();
    }
}
