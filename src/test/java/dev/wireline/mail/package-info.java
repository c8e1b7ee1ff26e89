/** Mails and mailboxes that are larger than the memory of who reads them. */
@NullMarked
package dev.wireline.mail;

import org.jspecify.annotations.NullMarked;
