package io.siaran.localstack.demo;

/** Why the demo cannot go on, in words for whoever watches it. */
final class DemoFailed extends RuntimeException {

    DemoFailed(String message) {
        super(message);
    }
}
