package io.siaran.localstack.simulator;

import io.siaran.model.Json;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What was really delivered, in order: one JSON line each in a file, written before the platform answers.
 *
 * <p>A killed process loses nothing that it has answered for; a line that it left half written is cut off at the next
 * start, since nobody was told of that delivery.
 */
final class Ledger implements AutoCloseable {

    private final Clock clock;
    private final Optional<FileChannel> file;
    private final List<Delivery> deliveries;
    private final Conversations conversations = new Conversations();

    private Ledger(Clock clock, Optional<FileChannel> file, List<Delivery> deliveries) {
        this.clock = clock;
        this.file = file;
        this.deliveries = deliveries;
        deliveries.forEach(conversations::add);
    }

    /** The ledger of that file, with all that earlier runs wrote. */
    static Ledger open(Path path, Clock clock) {
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            cutHalfLine(path);
            List<Delivery> known = new ArrayList<>();
            if (Files.exists(path)) {
                Files.readAllLines(path).forEach(line -> known.add(Json.read(line, Delivery.class)));
            }
            FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            return new Ledger(clock, Optional.of(file), known);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open the ledger " + path, e);
        }
    }

    /** A ledger that goes with this process, for measuring: nothing waits for a disk. */
    static Ledger inMemory(Clock clock) {
        return new Ledger(clock, Optional.empty(), new ArrayList<>());
    }

    private static void cutHalfLine(Path path) throws IOException {
        if (Files.notExists(path)) {
            return;
        }
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            long end = file.length();
            while (end > 0 && byteAt(file, end - 1) != '\n') {
                end--;
            }
            file.setLength(end);
        }
    }

    private static int byteAt(RandomAccessFile file, long position) throws IOException {
        file.seek(position);
        return file.read();
    }

    /** Writes down that the phone has received the message. */
    synchronized Delivery deliver(String platform, Message message, String messageId) {
        Delivery delivery = new Delivery(
                deliveries.isEmpty() ? 1 : deliveries.getLast().seq() + 1,
                clock.instant(),
                platform,
                message.device(),
                message.phone(),
                message.text(),
                message.mediaUrl(),
                message.refId(),
                messageId);
        file.ifPresent(to -> write(to, Json.write(delivery) + "\n"));
        deliveries.add(delivery);
        conversations.add(delivery);
        return delivery;
    }

    private static void write(FileChannel file, String line) {
        ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
        try {
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the ledger cannot be written", e);
        }
    }

    /** The deliveries that match, oldest first. */
    synchronized List<Delivery> matching(Predicate<Delivery> filter) {
        return deliveries.stream().filter(filter).toList();
    }

    /** The same by phone. */
    Conversations conversations() {
        return conversations;
    }

    /** Forgets everything, in the file too. */
    synchronized void clear() {
        try {
            if (file.isPresent()) {
                file.get().truncate(0);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the ledger cannot be cleared", e);
        }
        deliveries.clear();
        conversations.clear();
    }

    @Override
    public synchronized void close() {
        try {
            if (file.isPresent()) {
                file.get().close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
