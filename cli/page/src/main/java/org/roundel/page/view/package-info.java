/** The page: its files, the streams that keep it up to date, and what it asks for. */
@NullMarked
package org.roundel.page.view;

import org.jspecify.annotations.NullMarked;
