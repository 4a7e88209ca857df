/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store.h"

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

G_END_DECLS
