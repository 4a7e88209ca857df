/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "schema.h"

/* C11: when a calendar moves twenty thousand return-by dates, PostgreSQL writes each line anew,
 * and into each of its indexes unless no column of an index changed and the page has room. The
 * report of what is not back sorts what line_awaited_once finds instead.
 * F4: the outbox is searched by words. */
const char bh_schema_speed[] = "DROP INDEX line_not_back;"
                               "CREATE TABLE mail_word (mail @TEXT@ NOT NULL REFERENCES mail "
                               "(mail) ON DELETE CASCADE, word @TEXT@ NOT NULL,"
                               "  PRIMARY KEY (mail, word))@STRICT@;"
                               "CREATE INDEX mail_by_word ON mail_word (word, mail);"
                               "CREATE INDEX mail_by_account ON mail (account, at_us, mail);";
/* words of the mails that are there */
#define SAID                                                                                       \
  "coalesce(to_address, '') || ' ' || coalesce(account, '') || ' ' || rmas || ' ' || kind"
const char bh_schema_speed_sqlite[] =
    "INSERT INTO mail_word (mail, word) SELECT DISTINCT m.mail, lower(w.value) FROM mail m,"
    " json_each('[\"' || replace(replace(replace(replace(replace(replace(replace(replace("
    "json_quote(" SAID "), '\"', ' '), '\\', ' '), '@', ' '), '.', ' '), '-', ' '), '_', ' '),"
    " '/', ' '), ' ', '\",\"') || '\"]') w WHERE w.value <> '';";
const char bh_schema_speed_postgres[] =
    "ALTER TABLE rma_line SET (fillfactor = 70);"
    "INSERT INTO mail_word (mail, word) SELECT DISTINCT m.mail, lower(w.value) FROM mail m,"
    " regexp_split_to_table(" SAID ", '[^A-Za-z0-9]+') w (value) WHERE w.value <> '';";
