/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/mail-store.h"

/* A mail m with its account's name; what bh_mail_read() reads. */
#define BH_MAIL_COLUMNS                                                                            \
  "SELECT m.mail, m.kind, m.to_address, m.account, m.rmas, m.receipt, m.message_id, m.state,"      \
  " m.error, m.language, m.details, m.claimed_by, a.name, m.tries, m.at_us, m.attempted_us,"       \
  " m.sent_us, m.claimed_until_us FROM mail m LEFT JOIN account a ON a.account = m.account"

BhMail *bh_mail_read (BhStmt *stmt);
