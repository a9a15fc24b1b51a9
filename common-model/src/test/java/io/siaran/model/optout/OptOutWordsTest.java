package io.siaran.model.optout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptOutWordsTest {

    private final OptOutWords words = words("en", "ms", "id", "zh", "ta");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "STOP",
                "stop.",
                "Stop 🙏",
                "Stop 🙏🏽",
                " ＳＴＯＰ ",
                "Stop. Thank you",
                "Thanks, please STOP!!!",
                "stop stop stop",
                "S T O P",
                "s.t.o.p",
                "BERHENTI",
                "Tolong berhenti, terima kasih",
                "henti",
                "Unsubscribe",
                "unsubscribe me please",
                "st\u200Bop",
                "“Stop”",
                "Stop\n",
                "*STOP*",
                "jangan hantar mesej lagi",
                "退订",
                "请停止",
                "நிறுத்து"
            })
    void no_more_messages(String text) {
        assertThat(words.judge(text)).isEqualTo(ReplyVerdict.STOP);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "stop, o Zé não vem",
                "STOP 12345",
                "STOP 1",
                "don't stop",
                "jangan berhenti",
                "bus stop mana?",
                "Stop? Why would I",
                "start stop"
            })
    void an_operator_decides(String text) {
        assertThat(words.judge(text)).isEqualTo(ReplyVerdict.DOUBTFUL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "we have got to stop this bill",
                "Nonstop flight",
                "laptop",
                "The bus does not stop at the corner any more",
                "Berapa harga?",
                "thank you",
                "",
                "   ",
                "🙏",
                "pemberhentian",
                "how do I start with this?"
            })
    void something_else(String text) {
        assertThat(words.judge(text)).isEqualTo(ReplyVerdict.NEITHER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"START", "start please", "Mula", "unstop", "开始"})
    void messages_again(String text) {
        assertThat(words.judge(text)).isEqualTo(ReplyVerdict.START);
    }

    @ParameterizedTest
    @ValueSource(strings = {"BASTA", "basta ya", "Basta, thanks"})
    void words_of_ones_own_count(String text) {
        OptOutWords own = OptOutWords.of(List.of("en", "ms"), List.of("Basta"), List.of("Otra vez"));
        assertThat(own.judge(text)).isEqualTo(ReplyVerdict.STOP);
        assertThat(own.judge("otra vez")).isEqualTo(ReplyVerdict.START);
    }

    @ParameterizedTest
    @ValueSource(strings = {"berhenti", "henti"})
    void words_of_languages_that_were_not_chosen_do_not(String text) {
        assertThat(words("en").judge(text)).isEqualTo(ReplyVerdict.NEITHER);
    }

    private static OptOutWords words(String... languages) {
        return OptOutWords.of(List.of(languages), List.of(), List.of());
    }
}
