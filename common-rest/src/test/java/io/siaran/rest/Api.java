package io.siaran.rest;

import static io.restassured.RestAssured.given;

import io.restassured.specification.RequestSpecification;
import io.siaran.localstack.TestServers;

/** The callers of the tests. */
final class Api {

    static final String NOTES = "/api/v1/notes";

    private Api() {}

    static RequestSpecification viewer(String user) {
        return as(user, "viewer");
    }

    static RequestSpecification operator(String user) {
        return as(user, "operator");
    }

    private static RequestSpecification as(String user, String role) {
        return given().auth().oauth2(TestServers.token(user, role)).contentType("application/json");
    }
}
