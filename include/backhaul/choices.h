/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lists-store.h"

G_BEGIN_DECLS

/* Codes with their names, for a person to choose from. */
typedef struct {
  char *code;
  char *name;
} BhChoice;

void bh_choice_free (BhChoice *self);

/* (element-type BhChoice) (transfer full), by code: where units are returned to */
GPtrArray *bh_store_destinations (BhStore *self, GError **error);
/* The same: sites of @account */
GPtrArray *bh_store_sites (BhStore *self, const char *account, GError **error);
/**
 * bh_store_find_accounts:
 * @code: beginning of an account's code
 * @upper: the same in upper case
 * @words: (array zero-terminated=1): as bh_search_words() gives them; each begins a word of the
 *   account's name
 *
 * Returns: (element-type BhChoice) (transfer full): at most @limit, by code
 */
GPtrArray *bh_store_find_accounts (BhStore *self, const BhPrefix *code, const BhPrefix *upper,
                                   char **words, guint limit, GError **error);

G_END_DECLS
