package io.siaran.dispatch.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.siaran.model.PhoneNumber;
import org.junit.jupiter.api.Test;

class MessageQueryTest {

    @Test
    void a_national_spelling_is_read_in_the_region_of_the_installation() {
        var query = new MessageQuery(null, null, null, null, null, null, "0812-3456-7890", null, null, null, null);

        assertThat(query.filter("ID").phone()).isEqualTo(new PhoneNumber("6281234567890"));
    }
}
