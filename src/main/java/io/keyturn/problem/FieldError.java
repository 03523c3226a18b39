package io.keyturn.problem;

/** What is wrong with one member or parameter of a request. */
public record FieldError(String field, String message) {}
