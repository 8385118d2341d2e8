/**
 * The contract kit: what every component must do, as rules that say what broke them.
 *
 * <p>A plugin's test extends the contract of its kind, such as {@link
 * org.roundel.kit.QuantizerContract}, with JUnit Jupiter and an ND4J backend among its test
 * dependencies. The rules themselves, such as {@link org.roundel.kit.QuantizerRules}, need neither:
 * the program's command {@code roundel plugin check} runs them on a JAR.
 *
 * <p>More than twenty files are in this one package, for an author to import one; what the rules of
 * the kinds share, such as guarded arrays and how a broken rule is told, nobody else can see.
 */
@NullMarked
package org.roundel.kit;

import org.jspecify.annotations.NullMarked;
