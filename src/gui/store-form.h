/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "store-address.h"

G_BEGIN_DECLS

/* Which server a site's store is on, who this station is there, and a button that tries it. */
#define BH_TYPE_STORE_FORM (bh_store_form_get_type ())
G_DECLARE_FINAL_TYPE (BhStoreForm, bh_store_form, BH, STORE_FORM, GtkBox)

GtkWidget *bh_store_form_new (void);
/* As it is now: fills the fields. */
void bh_store_form_fill (BhStoreForm *self, const char *uri);
/* (transfer full): as it was typed, with the password. Errors: BH_ERROR_INPUT. */
BhStoreAddress *bh_store_form_address (BhStoreForm *self, GError **error);
/* (transfer full): the same as a URI, without. */
char *bh_store_form_uri (BhStoreForm *self, const char *passfile, GError **error);
/* Tries it; @callback: bh_call_store_finish(). What came of it is told here, too. */
void bh_store_form_test (BhStoreForm *self, GAsyncReadyCallback callback, gpointer data);
void bh_store_form_tell (BhStoreForm *self, const char *text);

G_END_DECLS
