package io.siaran.gateway.device;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerAddressesTest {

    private final ServerAddresses addresses = new ServerAddresses(false);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:8080",
                "http://LOCALHOST",
                "http://metadata.google.internal",
                "http://127.0.0.1",
                "http://127.1",
                "http://2130706433",
                "http://0.0.0.0",
                "http://10.1.2.3",
                "http://172.16.0.1",
                "http://192.168.1.1",
                "http://169.254.169.254",
                "http://100.64.0.1",
                "http://224.0.0.1",
                "http://255.255.255.255",
                "http://[::1]",
                "http://[::]",
                "http://[fe80::1]",
                "http://[fd00::1]",
                "http://[::ffff:10.0.0.1]",
                "http://[64:ff9b::a00:1]",
                "http://[2002:a00:1::]"
            })
    void what_leads_into_a_network_of_ours_is_refused_at_saving_and_at_calling(String url) {
        assertThat(addresses.objection(url)).isPresent();
        assertThat(url.contains("internal") || addresses.leadsInside(url)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://x.internal.",
                "http://X.INTERNAL.:80/api",
                "http://localhost.",
                "http://a.localhost.",
                "http://127.0.0.1.",
                "http://0177.0.0.1",
                "http://0x7f000001",
                "http://0x7f.1",
                "http://017700000001",
                "http://[::1%25lo]",
                "http://[fe80::1%25eth0]",
                "http://[::127.0.0.1]",
                "http://[::ffff:7f00:1]"
            })
    void another_spelling_of_what_is_internal_is_refused_when_it_is_saved(String url) {
        assertThat(addresses.objection(url)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://my.wablas.com",
                "https://my.wablas.com.",
                "http://8.8.8.8:9000/api",
                "https://[2606:4700::1111]"
            })
    void a_public_server_is_welcome(String url) {
        assertThat(addresses.objection(url)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:9/api, HTTP://127.0.0.1:09/api/",
        "http://127.0.0.1:9, http://127.0.0.1:9/.",
        "http://127.0.0.1:9, http://127.0.0.1:9/%2E",
        "http://127.0.0.1:9, http://127.0.0.1:9/a/%2e./",
        "http://127.0.0.1:9, http://localhost:9",
        "http://127.0.0.1:9, http://[::ffff:127.0.0.1]:9",
        "http://[2606:4700:0:0::1111], http://[2606:4700::1111]:80",
        "https://my.wablas.com, https://My.Wablas.com.:443/",
    })
    void one_server_has_one_spelling(String one, String other) {
        assertThat(ServerAddresses.canonical(other)).isEqualTo(ServerAddresses.canonical(one));
    }

    @ParameterizedTest
    @CsvSource({
        "http://my.wablas.com, https://my.wablas.com",
        "https://my.wablas.com/a, https://my.wablas.com/A",
        "https://my.wablas.com, https://jogja.wablas.com",
        "http://127.0.0.1:9, http://127.0.0.1:10",
    })
    void different_servers_stay_different(String one, String other) {
        assertThat(ServerAddresses.canonical(other)).isNotEqualTo(ServerAddresses.canonical(one));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://my.wablas.com",
                "http://user@my.wablas.com",
                "http://my.wablas.com?x",
                "http://my.wablas.com#x",
                "my.wablas.com",
                "http://",
                "http://ex ample"
            })
    void what_is_no_plain_web_address_is_refused(String url) {
        assertThat(addresses.objection(url)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://bridge.invalid",
                "https://BRIDGE.INVALID.:8443/api",
                "http://invalid",
                "https://wablas.example",
                "https://example.com",
                "https://my.example.org",
                "https://www.example.net"
            })
    void a_name_at_which_no_server_can_ever_be_is_refused_wherever_it_runs(String url) {
        assertThat(addresses.objection(url))
                .hasValueSatisfying(why -> assertThat(why).contains("reserved"));
        assertThat(new ServerAddresses(true).objection(url)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://example.com.my", "https://myexample.com", "https://invalid.my", "https://example.my"})
    void a_name_that_only_looks_like_one_of_them_is_not(String url) {
        assertThat(addresses.objection(url)).isEmpty();
    }

    @Test
    void a_stack_on_one_machine_may_allow_them() {
        // Given
        ServerAddresses allowing = new ServerAddresses(true);

        // When // Then
        assertThat(allowing.objection("http://127.0.0.1:9")).isEmpty();
        assertThat(allowing.leadsInside("http://127.0.0.1:9")).isFalse();
    }
}
