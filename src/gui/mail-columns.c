/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "mail-columns.h"

#include "page.h"
#include "words.h"

static const struct {
  const char *title;
  int width;
} columns[COL_ID] = {
  [COL_QUEUED] = { N_ ("Queued"), 180 },       [COL_STATE] = { N_ ("State"), 100 },
  [COL_KIND] = { N_ ("Kind"), 110 },           [COL_TO] = { N_ ("To"), 180 },
  [COL_CUSTOMER] = { N_ ("Customer"), 150 },   [COL_RMAS] = { N_ ("RMAs"), 120 },
  [COL_ERROR] = { N_ ("What is wrong"), 120 },
};

/* A word and a shape: no state is told by colour. */
static const char *
state_words (const BhMail *mail)
{
  if (g_str_equal (mail->state, "failed"))
    return mail->sent_us != 0 ? _ ("✗ came back") : _ ("✗ failed");
  if (g_str_equal (mail->state, "sent"))
    return _ ("✓ sent");
  return mail->error != NULL ? _ ("▲ tries again") : _ ("… waits");
}

static void
append (GtkListStore *store, const BhMail *mail)
{
  g_autofree char *queued = bh_time_words (mail->at_us, NULL);

  gtk_list_store_insert_with_values (
      store, NULL, -1, COL_QUEUED, queued, COL_STATE, state_words (mail), COL_KIND, mail->kind,
      COL_TO, mail->to != NULL ? mail->to : _ ("(no address)"), COL_CUSTOMER,
      mail->account_name != NULL ? mail->account_name : mail->account, COL_RMAS, mail->rmas,
      COL_ERROR, mail->error, COL_ID, mail->mail, -1);
}

void
bh_mail_columns_append (GtkListStore *store, const BhMailList *list)
{
  for (guint i = 0; i < list->mails->len; i++)
    append (store, g_ptr_array_index (list->mails, i));
}

gboolean
bh_mail_columns_find (GtkListStore *store, const char *mail, GtkTreeIter *iter)
{
  GtkTreeModel *model = GTK_TREE_MODEL (store);

  for (gboolean row = mail != NULL && gtk_tree_model_get_iter_first (model, iter); row;
       row = gtk_tree_model_iter_next (model, iter)) {
    g_autofree char *id = NULL;

    gtk_tree_model_get (model, iter, COL_ID, &id, -1);
    if (g_strcmp0 (id, mail) == 0)
      return TRUE;
  }
  return FALSE;
}

GtkListStore *
bh_mail_columns_add (GtkTreeView *tree)
{
  GtkListStore *store =
      gtk_list_store_new (N_COLS, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING,
                          G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING);

  for (int i = 0; i < COL_ID; i++)
    page_column (tree, _ (columns[i].title), i, columns[i].width, i == COL_ERROR);
  gtk_tree_view_set_model (tree, GTK_TREE_MODEL (store));
  return store;
}
