package io.siaran.localstack.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {

    @TempDir
    Path directory;

    private Path home;

    @BeforeEach
    void choose() {
        home = directory.resolve(".siaran");
    }

    @Test
    void a_new_home_is_its_owners_only() throws Exception {
        // When
        new Home(home).makePrivate();

        // Then
        assertThat(permissions(home)).isEqualTo("rwx------");
        assertThat(permissions(home.resolve("logs"))).isEqualTo("rwx------");
        assertThat(home.resolve("postgres")).doesNotExist();
    }

    @Test
    void what_an_earlier_version_left_open_is_closed() throws Exception {
        // Given
        Path key = Files.writeString(make(home.resolve("keys"), "rwxr-xr-x").resolve("jwt-public.pem"), "key");
        permit(key, "rw-r--r--");
        permit(home, "rwxr-xr-x");

        // When
        new Home(home).makePrivate();

        // Then
        assertThat(permissions(home)).isEqualTo("rwx------");
        assertThat(permissions(home.resolve("keys"))).isEqualTo("rwx------");
        assertThat(permissions(key)).isEqualTo("rw-------");
    }

    @Test
    void a_directory_that_others_write_to_keeps_its_permissions_and_our_parts_of_it_are_closed() throws Exception {
        // Given
        make(home, "rwxrwxrwx");

        // When
        new Home(home).makePrivate();

        // Then
        assertThat(permissions(home)).isEqualTo("rwxrwxrwx");
        assertThat(permissions(home.resolve("run"))).isEqualTo("rwx------");
    }

    private static Path make(Path path, String permissions) throws IOException {
        Files.createDirectories(path);
        permit(path, permissions);
        return path;
    }

    private static void permit(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
