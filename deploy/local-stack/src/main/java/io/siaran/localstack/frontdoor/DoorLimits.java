package io.siaran.localstack.frontdoor;

import java.time.Duration;

/**
 * How much of everything a caller gets.
 *
 * @param targetBytes the longest request line
 * @param headBytes the longest head; a token with a long subject takes some KiB
 * @param bodyBytes the longest body: the 1 MB of the contract
 * @param heldBytes the most that all unfinished bodies together may hold
 * @param uploadBytes the longest file, on the paths that take files
 * @param uploads how many files may come at once
 * @param connections the most that are open at once
 * @param head how long a connection may take to its first whole head
 * @param idle how long a connection may take to its next whole head
 * @param body how long a body may take, and a file to its next piece
 * @param answer how long a service may take to begin its answer
 */
record DoorLimits(
        int targetBytes,
        int headBytes,
        int bodyBytes,
        int heldBytes,
        int uploadBytes,
        int uploads,
        int connections,
        Duration head,
        Duration idle,
        Duration body,
        Duration answer) {

    private static final int KIB = 1_024;

    static final DoorLimits STANDARD = new DoorLimits(
            4 * KIB,
            16 * KIB,
            KIB * KIB,
            64 * KIB * KIB,
            200 * KIB * KIB,
            8,
            1_000,
            Duration.ofSeconds(15),
            Duration.ofSeconds(75),
            Duration.ofSeconds(30),
            Duration.ofSeconds(60));
}
