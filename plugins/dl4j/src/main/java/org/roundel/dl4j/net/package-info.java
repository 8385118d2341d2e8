/**
 * What a net is, apart from what runs it: its graph, checked and with all shapes inferred, where
 * its arrays lie, its initial weights, the description of its layers, and what every runner of nets
 * does.
 */
@NullMarked
package org.roundel.dl4j.net;

import org.jspecify.annotations.NullMarked;
