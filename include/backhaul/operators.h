/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "issue.h"
#include "operator.h"

G_BEGIN_DECLS

/**
 * SECTION:operators
 *
 * Who works here and who they say they are (RULES §2, CLI.md "Operators"). Until somebody has a
 * PIN, the desk is open: the system user acts as supervisor, and who is on record acts in their
 * own role. From then on every desk starts without rights, and bh_desk_sign_in() gives those of
 * the person.
 */

#define BH_PIN_LEAST 4
#define BH_PIN_MOST  12

/* FALSE with BH_ERROR_INPUT: a PIN is 4 to 12 digits. The PIN is never part of the message. */
gboolean bh_pin_check (const char *pin, GError **error);
/* Argon2id with a salt of its own, 19 MiB and two passes (about 20 ms); NULL: no memory. */
char *bh_pin_hash (const char *pin, GError **error);
/* In the same time whether @hash is NULL (nobody), wrong or right. */
gboolean bh_pin_matches (const char *hash, const char *pin);
/* Overwrites and frees; NULL is fine. */
void bh_pin_free (char *pin);
/* This process, and those that it starts, leave no core: a PIN that is being asked for, or came by
 * the environment, would stand in it. To be called first of all. */
void bh_pin_no_core (void);

/**
 * bh_desk_needs_pin:
 *
 * Returns: whether the desk waits for bh_desk_sign_in().
 */
gboolean bh_desk_needs_pin (BhDesk *self);
/* Whether people sign in at all. */
gboolean bh_desk_has_pins (BhDesk *self);

/**
 * bh_desk_sign_in:
 * @login: (nullable): who; NULL: whom the desk was opened for
 * @pin: what was typed
 *
 * Gives the desk the rights of @login. A try is counted before it is looked at, so that many at
 * once are no more than many in a row: after "sign-in.tries" wrong ones of a person at a station,
 * "sign-in.station-tries" of all at it or of the person at all stations, it waits
 * "sign-in.wait-minutes" (policy); other people at other stations do not. Costs an Argon2id: not on
 * the main thread.
 *
 * Errors: %BH_ERROR_FORBIDDEN (wrong, unknown, disabled, without a PIN, or waiting: the message
 * says until when); a wrong PIN and an unknown login are not told apart.
 */
gboolean
bh_desk_sign_in (BhDesk *self, const char *login, const char *pin, gint64 now_us, GError **error);
/**
 * bh_desk_sign_in_badge:
 * @badge: what was scanned, of which bh_badge_is() is true; it is kept nowhere
 *
 * Gives the desk the rights of who the badge belongs to; nobody is at it when that fails. After
 * "sign-in.station-tries" unknown ones at a station it takes none for "sign-in.wait-minutes", while
 * PINs go on. A disabled person's is refused and written into the audit.
 *
 * Errors: %BH_ERROR_FORBIDDEN (nobody's, replaced, disabled, or waiting); that of the store.
 */
gboolean bh_desk_sign_in_badge (BhDesk *self, const char *badge, gint64 now_us, GError **error);
/* For a second connection of this process: @login has signed in at the first one, and is
 * not asked again. Who was disabled since is refused. */
gboolean bh_desk_sign_in_as (BhDesk *self, const char *login, GError **error);
/**
 * bh_desk_sign_in_away:
 *
 * The same while the store is out of reach, and without asking it: who has signed in at this desk
 * while it was there, and was not disabled up to when it last was, may again. Wrong ones are
 * counted here, by the same limits. What they do is judged by their rights when the store is back
 * (bh_offline_replay_some()).
 *
 * Errors: %BH_ERROR_FORBIDDEN (wrong, waiting, or nobody who has signed in here); nobody is at the
 * desk then.
 */
gboolean bh_desk_sign_in_away (BhDesk *self, const char *login, const char *pin, gint64 now_us,
                               GError **error);
/* By the badge that they last signed in by here. */
gboolean
bh_desk_sign_in_badge_away (BhDesk *self, const char *badge, gint64 now_us, GError **error);
gboolean bh_desk_sign_in_as_away (BhDesk *self, const char *login, GError **error);
/* No rights until the next bh_desk_sign_in(); an open desk (nobody has a PIN) stays open. */
void bh_desk_sign_out (BhDesk *self);
/* Marked to post results of repair analyses (RA8). */
gboolean bh_desk_authorised (BhDesk *self);

/* FALSE with BH_ERROR_FORBIDDEN: only administrators; where there is none yet, who may import. */
gboolean bh_desk_may_enrol (BhDesk *self, GError **error);
/**
 * bh_desk_add_operator:
 * @row: login, name, role, authorised, email; the rest is not read
 * @pin: its first PIN
 *
 * Enrols. The first with a PIN must be a supervisor or administrator, else nobody could enrol the
 * next; administrators enrol, and supervisors while there is no administrator.
 *
 * Errors: %BH_ERROR_FORBIDDEN; %BH_ERROR_INPUT; %BH_ERROR_REFUSED (the login is taken);
 * nothing was written.
 */
gboolean bh_desk_add_operator (BhDesk *self, const BhWhen *when, const BhOperatorRow *row,
                               const char *pin, GError **error);
/* Sets a PIN anew: one's own, or anybody's by who may enrol. */
gboolean bh_desk_set_pin (BhDesk *self, const BhWhen *when, const char *login, const char *pin,
                          GError **error);
/* (transfer full): the code of a new badge, which is nobody's yet: bh_desk_set_badge(). To be freed
 * by bh_badge_free(). Errors: %BH_ERROR_STORE: no source of chance. */
char *bh_badge_new (GError **error);
/**
 * bh_desk_set_badge:
 * @badge: (nullable): bh_badge_new(), once it is printed; %NULL: withdraws the one they have
 *
 * From here on the person signs in by this badge, and by none that they had before.
 *
 * Errors: %BH_ERROR_FORBIDDEN; %BH_ERROR_NOT_FOUND; %BH_ERROR_INPUT (a code that is none).
 */
gboolean bh_desk_set_badge (BhDesk *self, const BhWhen *when, const char *login, const char *badge,
                            GError **error);
/* Prints it, past the queue, on this station's printer for "operator-badge"; or writes it as PDF.
 * It is nobody's yet. Errors: BH_ERROR_NOT_FOUND: nobody of that login, or no printer; of what is
 * printed on. */
gboolean bh_desk_print_badge (BhDesk *self, const char *login, const char *badge, GError **error);
gboolean bh_desk_save_badge (BhDesk *self, const char *login, const char *badge, const char *path,
                             GError **error);
/**
 * bh_desk_change_operator:
 * @row: login, and what the person's name, role, authorised and email are from here on; the rest
 *   is not read
 *
 * Who is signed in acts by their new role at once, at each station. The last who may enrol stays
 * one who may.
 *
 * Errors: as bh_desk_add_operator(); %BH_ERROR_NOT_FOUND.
 */
gboolean bh_desk_change_operator (BhDesk *self, const BhWhen *when, const BhOperatorRow *row,
                                  GError **error);
/* A disabled person's rights end at once, at each station, and they sign in; what they did stays.
 * The last who may enrol stays. */
gboolean bh_desk_disable_operator (BhDesk *self, const BhWhen *when, const char *login,
                                   gboolean disabled, GError **error);
/**
 * bh_desk_set_database:
 *
 * Makes PostgreSQL keep RULES §2 for people who connect by logins of their own: what their role
 * may not write, they cannot write by hand either (decision 0049). Done again it brings groups and
 * rights up to who is enrolled now.
 *
 * Errors: %BH_ERROR_FORBIDDEN, also when the store is open by a login that does not own the tables
 * or may not make roles; %BH_ERROR_USAGE: an embedded store.
 */
gboolean bh_desk_set_database (BhDesk *self, const BhWhen *when, GError **error);
/* (transfer full): the same as statements, for who keeps the database. */
char *bh_desk_database_sql (BhDesk *self, GError **error);
/* After the schema was brought up to date: what is asked of its tables as they are now. Nothing
 * where nobody set it up. */
gboolean bh_desk_renew_database (BhDesk *self, GError **error);
/* (element-type BhOperatorRow) (transfer full): all; the hash of who has a PIN is "" */
GPtrArray *bh_desk_operators (BhDesk *self, GError **error);
/* One of them; BH_ERROR_NOT_FOUND. */
BhOperatorRow *bh_desk_find_operator (BhDesk *self, const char *login, GError **error);

G_END_DECLS
