/** Results as pages to read: prose in templates, claims and whether they hold. */
@NullMarked
package org.roundel.report;

import org.jspecify.annotations.NullMarked;
