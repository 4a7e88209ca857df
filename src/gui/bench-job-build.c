/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "bench-job-private.h"
#include "page.h"
#include "picture-chooser.h"

static void
on_save (BhBenchForm *form, gboolean go_on, BhBenchJob *self)
{
  bh_bench_job_save (self, go_on);
}

static GtkWidget *
make_head (BhBenchJob *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *top = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 14);
  GtkWidget *next = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 14);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  self->title = GTK_LABEL (page_text ("", "page-title"));
  self->light = GTK_LABEL (page_text ("", "light"));
  self->subtitle = GTK_LABEL (page_text ("", "page-subtitle"));
  self->steps = GTK_LABEL (page_label ("", "skipped"));
  self->next_title = GTK_LABEL (page_label ("", "next-title"));
  self->next_about = GTK_LABEL (page_label ("", NULL));
  self->go = gtk_button_new_with_mnemonic ("");
  self->ask = BH_BENCH_ASK (bh_bench_ask_new ());
  gtk_widget_set_valign (self->go, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (GTK_WIDGET (self->light), GTK_ALIGN_CENTER);
  page_style (self->go, "suggested-action");
  page_style (next, "next-step");
  gtk_container_add (GTK_CONTAINER (top), GTK_WIDGET (self->title));
  gtk_container_add (GTK_CONTAINER (top), GTK_WIDGET (self->subtitle));
  gtk_box_pack_end (GTK_BOX (top), GTK_WIDGET (self->light), FALSE, FALSE, 0);
  gtk_container_add (GTK_CONTAINER (words), GTK_WIDGET (self->next_title));
  gtk_container_add (GTK_CONTAINER (words), GTK_WIDGET (self->next_about));
  gtk_box_pack_start (GTK_BOX (next), words, TRUE, TRUE, 0);
  gtk_box_pack_end (GTK_BOX (next), self->go, FALSE, FALSE, 0);
  gtk_container_add (GTK_CONTAINER (box), top);
  gtk_container_add (GTK_CONTAINER (box), GTK_WIDGET (self->steps));
  gtk_container_add (GTK_CONTAINER (box), next);
  gtk_container_add (GTK_CONTAINER (box), GTK_WIDGET (self->ask));
  g_signal_connect_swapped (self->go, "clicked", G_CALLBACK (bh_bench_job_go), self);
  return box;
}

static GtkWidget *
make_work (BhBenchJob *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new (NULL, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->intake = BH_BENCH_INTAKE (bh_bench_intake_new ());
  self->form = BH_BENCH_FORM (bh_bench_form_new ());
  self->result = BH_BENCH_RESULT (bh_bench_result_new ());
  g_object_set (scrolled, "hscrollbar-policy", GTK_POLICY_NEVER, NULL);
  g_object_set (box, "margin-end", 12, NULL);
  gtk_container_add (GTK_CONTAINER (box), GTK_WIDGET (self->intake));
  gtk_container_add (GTK_CONTAINER (box), GTK_WIDGET (self->form));
  gtk_container_add (GTK_CONTAINER (scrolled), box);
  gtk_container_set_focus_vadjustment (
      GTK_CONTAINER (box), gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled)));
  g_signal_connect_swapped (self->intake, "checked", G_CALLBACK (bh_bench_job_checked), self);
  g_signal_connect (self->form, "save", G_CALLBACK (on_save), self);
  g_signal_connect_swapped (self->result, "post", G_CALLBACK (bh_bench_job_ask_post), self);
  return scrolled;
}

static void
on_strike (BhBenchRecord *record, gint64 entry, const char *words, BhBenchJob *self)
{
  bh_bench_job_strike (self, entry, words);
}

static void
on_report (BhBenchRecord *record, int version, BhBenchJob *self)
{
  bh_bench_job_open_report (self, version);
}

static void
on_lists (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BhBenchJob) self = data;
  g_autoptr (BhBenchLists) lists = bh_worker_finish (result, NULL);

  if (self->gone || lists == NULL)
    return;
  bh_bench_form_offer (self->form, lists->lists[BH_LIST_FAULT], lists->lists[BH_LIST_ACTION]);
  bh_bench_result_offer (self->result, lists->lists[BH_LIST_DISPOSITION]);
}

void
bh_bench_job_build (BhBenchJob *self)
{
  GtkBox *box = GTK_BOX (self);
  GtkWidget *middle = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *left = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *right = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  self->told = GTK_LABEL (page_label ("", NULL));
  self->record = BH_BENCH_RECORD (bh_bench_record_new (self->reads));
  gtk_box_pack_start (box, make_head (self), FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (left), make_work (self), TRUE, TRUE, 0);
  gtk_box_pack_start (GTK_BOX (left), GTK_WIDGET (self->result), FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (middle), left, TRUE, TRUE, 0);
  gtk_box_pack_start (GTK_BOX (right), bh_bench_job_add_camera (self), FALSE, FALSE, 0);
  gtk_box_pack_start (GTK_BOX (right), GTK_WIDGET (self->record), TRUE, TRUE, 0);
  gtk_box_pack_end (GTK_BOX (middle), right, FALSE, TRUE, 0);
  gtk_box_pack_start (box, middle, TRUE, TRUE, 0);
  gtk_box_pack_start (box, bh_bench_job_add_buttons (self), FALSE, FALSE, 0);
  gtk_box_pack_start (box, GTK_WIDGET (self->told), FALSE, FALSE, 0);
  g_signal_connect (self->record, "strike", G_CALLBACK (on_strike), self);
  g_signal_connect (self->record, "report", G_CALLBACK (on_report), self);
  bh_picture_take_drops (GTK_WIDGET (self), bh_bench_job_take_photo, self);
  page_name (GTK_WIDGET (self->title), NULL, "bench-job");
  page_name (GTK_WIDGET (self->light), NULL, "bench-light");
  page_name (GTK_WIDGET (self->subtitle), NULL, "bench-unit");
  page_name (GTK_WIDGET (self->steps), NULL, "bench-steps");
  page_name (GTK_WIDGET (self->next_title), NULL, "bench-next");
  page_name (GTK_WIDGET (self->next_about), NULL, "bench-why");
  page_name (self->go, NULL, "bench-go");
  page_name (GTK_WIDGET (self->told), NULL, "bench-told");
  gtk_widget_show_all (GTK_WIDGET (self));
  bh_call_bench_lists_async (self->reads, on_lists, g_object_ref (self));
}
