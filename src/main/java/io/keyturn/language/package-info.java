/**
 * The languages of pages and mails.
 *
 * <p>Start with {@link io.keyturn.language.Language}: which languages people can have. {@link
 * io.keyturn.language.Texts} are the texts of pages and mails by their keys, from properties files.
 * {@link io.keyturn.language.Sentences} translates what services say in English.
 *
 * <p>Tests: {@code LanguageTest}, {@code TextsTest}, {@code SentencesTest}; {@code
 * UntranslatedTest} finds what is not translated.
 */
@NullMarked
package io.keyturn.language;

import org.jspecify.annotations.NullMarked;
