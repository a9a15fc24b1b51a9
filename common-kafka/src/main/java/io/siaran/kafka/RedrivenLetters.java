package io.siaran.kafka;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Which dead letters a command took from their topic.
 *
 * @param places of letters that were sent back
 * @param withoutValue where the records stand of which only the place was kept
 */
record RedrivenLetters(List<String> places, List<String> withoutValue) {

    int sent() {
        return places.size();
    }

    int count() {
        return places.size() + withoutValue.size();
    }

    void add(ConsumerRecord<byte[], byte[]> letter) {
        String place = DeadLetter.header(letter, DeadLetter.TOPIC, "?")
                + " partition " + DeadLetter.header(letter, DeadLetter.PARTITION, "?")
                + " offset " + DeadLetter.header(letter, DeadLetter.OFFSET, "?");
        (DeadLetter.hasValue(letter) ? places : withoutValue).add(place);
    }
}
