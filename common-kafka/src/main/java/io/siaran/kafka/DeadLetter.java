package io.siaran.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.siaran.model.Topic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/**
 * A record that cannot be read or stored, as it stands on {@code <topic>-dlq}: key and value as they were, and headers that
 * say why and where from. The headers have the names that SmallRye gives them, so that there is one set of names.
 */
final class DeadLetter {

    static final String SUFFIX = "-dlq";
    static final String PREFIX = "dead-letter-";
    static final String REASON = PREFIX + "reason";
    static final String TOPIC = PREFIX + "topic";
    static final String PARTITION = PREFIX + "partition";
    static final String OFFSET = PREFIX + "offset";

    /** Set where the value was too large to be kept; it stands at the place that the other headers name. */
    static final String WITHOUT_VALUE = PREFIX + "without-value";

    private static final int LONGEST_REASON = 500;

    private DeadLetter() {}

    static ProducerRecord<String, byte[]> of(ConsumerRecord<String, String> record, String reason) {
        byte[] value = record.value() == null ? null : record.value().getBytes(UTF_8);
        ProducerRecord<String, byte[]> letter = new ProducerRecord<>(record.topic() + SUFFIX, record.key(), value);
        record.headers().forEach(letter.headers()::add);
        String why = String.valueOf(reason);
        add(letter, REASON, why.length() <= LONGEST_REASON ? why : why.substring(0, LONGEST_REASON));
        add(letter, TOPIC, record.topic());
        add(letter, PARTITION, String.valueOf(record.partition()));
        add(letter, OFFSET, String.valueOf(record.offset()));
        return letter;
    }

    static ProducerRecord<String, byte[]> withoutValue(ConsumerRecord<String, String> record, String reason) {
        ProducerRecord<String, byte[]> letter = of(record, reason);
        ProducerRecord<String, byte[]> small = new ProducerRecord<>(letter.topic(), null, letter.key(), null);
        letter.headers().forEach(header -> {
            if (header.key().startsWith(PREFIX)) {
                small.headers().add(header);
            }
        });
        add(small, WITHOUT_VALUE, "true");
        return small;
    }

    /** The record that this letter was, for its topic; only headers that it came with. */
    static ProducerRecord<byte[], byte[]> original(ConsumerRecord<byte[], byte[]> letter) {
        String topic =
                header(letter, TOPIC, letter.topic().substring(0, letter.topic().length() - SUFFIX.length()));
        ProducerRecord<byte[], byte[]> original = new ProducerRecord<>(topic, letter.key(), letter.value());
        for (Header header : letter.headers()) {
            if (!header.key().startsWith(PREFIX)) {
                original.headers().add(header);
            }
        }
        return original;
    }

    static String header(ConsumerRecord<byte[], byte[]> letter, String name, String otherwise) {
        Header header = letter.headers().lastHeader(name);
        return header == null || header.value() == null ? otherwise : new String(header.value(), UTF_8);
    }

    static boolean hasValue(ConsumerRecord<byte[], byte[]> letter) {
        return letter.headers().lastHeader(WITHOUT_VALUE) == null;
    }

    static String deadLettersOf(String topic) {
        return topic.endsWith(SUFFIX) ? topic : topic + SUFFIX;
    }

    /** All topics that may hold dead letters. */
    static boolean isOfSiaran(String name) {
        for (Topic topic : Topic.values()) {
            if (topic.deadLetters().equals(name)) {
                return true;
            }
        }
        return false;
    }

    private static void add(ProducerRecord<String, byte[]> letter, String name, String value) {
        letter.headers().add(name, value.getBytes(UTF_8));
    }
}
