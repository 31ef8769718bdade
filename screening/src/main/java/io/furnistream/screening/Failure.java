package io.furnistream.screening;

/**
 * Why a record is not sound.
 *
 * @param rule name of the first rule that it breaks
 * @param field path of the field that breaks it
 * @param message both of them with what is wrong, in words; it shows {@value
 *     Excerpt#MAX_CHARACTERS} characters of the value at most
 */
public record Failure(String rule, String field, String message) {}
