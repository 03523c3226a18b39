/**
 * People and roles. Signing in is in {@code signin}, one-time links are in {@code invitation}.
 *
 * <p>Start with {@link io.keyturn.user.People}: what administrators do with people, and {@link
 * io.keyturn.user.Roles}. {@code AdministratorRights} lets the changes of one organisation happen
 * one after the other, by the rights of that moment. {@link io.keyturn.user.SignedPeople} refuses
 * rows that somebody else wrote into the database.
 *
 * <p>A person is invited, joins, is active, and may be deactivated and come back.
 *
 * <p>Tests: {@code PeopleTest}, {@code RolesTest}, {@code SignedPeopleTest}, {@code PeopleHttpIT}.
 */
@NullMarked
package io.keyturn.user;

import org.jspecify.annotations.NullMarked;
