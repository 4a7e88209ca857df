/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "postgres-library.h"

G_BEGIN_DECLS

/**
 * bh_pg_why:
 * @failed: a connection that did not come about
 * @words: what it was made with, as PQconnectdbParams() takes them, and @values
 * @name: of host and database, without a password
 *
 * Says in words why: the host is not known, does not answer, has a certificate that is not to be
 * trusted, has expired or is another's, the password is wrong, the database is not there. libpq's
 * own texts are in the language of the session and do not say what is wrong with a certificate;
 * so each step is gone once more. Takes some seconds at most.
 */
void bh_pg_why (const BhPq *pq, PGconn *failed, const char *const *words, const char *const *values,
                const char *name, GError **error);

G_END_DECLS
