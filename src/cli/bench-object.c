/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "backhaulctl"

#include "bench-object.h"

#include "backhaul/calendar.h"
#include "rma-object.h"

static void
set_entry (JsonBuilder *object, const BhJobEntry *entry, const char *zone)
{
  gboolean judged = FALSE;
  gboolean passes;

  json_builder_begin_object (object);
  cli_set_int (object, "entry", entry->id);
  cli_set (object, "what", bh_entry_kind_name (entry->kind));
  if (entry->name != NULL)
    cli_set (object, "name", entry->name);
  cli_set (object, "value", entry->value);
  if (entry->kind == BH_ENTRY_READING) {
    passes = bh_reading_passes (entry->value, entry->low, entry->high, &judged);
    cli_set (object, "low", entry->low);
    cli_set (object, "high", entry->high);
    if (judged)
      cli_set_bool (object, "pass", passes);
    else
      cli_set_null (object, "pass");
  }
  if (entry->sha256 != NULL)
    cli_set (object, "sha256", entry->sha256);
  cli_set_time (object, "at", entry->at_us, zone);
  cli_set (object, "operator", entry->operator);
  cli_set_bool (object, "struck", entry->struck);
  json_builder_end_object (object);
}

static void
set_post (JsonBuilder *object, const BhJobPost *post, const char *zone)
{
  json_builder_begin_object (object);
  cli_set_int (object, "version", post->version);
  cli_set_bool (object, "interim", post->interim);
  cli_set (object, "disposition", post->disposition);
  if (post->corrects != 0)
    cli_set_int (object, "corrects", post->corrects);
  else
    cli_set_null (object, "corrects");
  cli_set (object, "reason", post->reason);
  cli_set_time (object, "posted", post->at_us, zone);
  cli_set (object, "by", post->operator);
  cli_set (object, "next", post->next);
  json_builder_end_object (object);
}

/* The newest of each kind that has one value, under its name. */
static void
set_singles (JsonBuilder *object, const BhJob *job)
{
  static const BhEntryKind kinds[] = {
    BH_ENTRY_SYMPTOM,         BH_ENTRY_REPRODUCED,     BH_ENTRY_COMPONENT,
    BH_ENTRY_FIRMWARE_BEFORE, BH_ENTRY_FIRMWARE_AFTER, BH_ENTRY_ENVIRONMENT,
    BH_ENTRY_ROOT_CAUSE,      BH_ENTRY_CORRECTIVE,     BH_ENTRY_CONTAINMENT,
  };

  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++) {
    const char *value = NULL;
    g_auto (GStrv) words = g_strsplit (bh_entry_kind_name (kinds[k]), "-", -1);
    g_autofree char *key = g_strjoinv ("_", words);

    for (guint i = 0; i < job->entries->len; i++) {
      const BhJobEntry *entry = g_ptr_array_index (job->entries, i);

      if (entry->kind == kinds[k] && !entry->struck)
        value = entry->value;
    }
    cli_set (object, key, value);
  }
}

static void
set_lists (JsonBuilder *object, const BhJob *job)
{
  g_autoptr (GPtrArray) missing = bh_job_missing (job);
  g_auto (GStrv) components = bh_job_components (job);

  cli_set_list (object, "components", components);
  set_singles (object, job);
  cli_set_words (object, "missing", missing);
  json_builder_set_member_name (object, "entries");
  json_builder_begin_array (object);
  for (guint i = 0; i < job->entries->len; i++)
    set_entry (object, g_ptr_array_index (job->entries, i), job->zone);
  json_builder_end_array (object);
  json_builder_set_member_name (object, "versions");
  json_builder_begin_array (object);
  for (guint i = 0; i < job->posts->len; i++)
    set_post (object, g_ptr_array_index (job->posts, i), job->zone);
  json_builder_end_array (object);
}

void
cli_set_job (JsonBuilder *object, const BhJob *job)
{
  cli_set (object, "job", job->job);
  cli_set (object, "kind", job->kind);
  cli_set (object, "state", job->state);
  cli_set (object, "serial", job->serial);
  cli_set (object, "part", job->part);
  cli_set (object, "rma", job->rma);
  cli_set_int (object, "line", job->line);
  cli_set (object, "case", job->case_no != NULL && *job->case_no != '\0' ? job->case_no : NULL);
  cli_set (object, "account", job->account);
  cli_set (object, "location", job->location);
  cli_set (object, "technician", job->technician);
  cli_set_time (object, "started", job->started_us, job->zone);
  cli_set_time (object, "posted", job->posted_us, job->zone);
  cli_set (object, "due", job->due);
  cli_set (object, "clock", job->light);
  if (job->due != NULL)
    cli_set_int (object, "days_left", job->days_left);
  else
    cli_set_null (object, "days_left");
  cli_set (object, "disposition", job->disposition);
  cli_set (object, "fault", job->fault);
  cli_set_int (object, "version", job->versions);
  cli_set (object, "next", job->next);
  cli_set (object, "approved_by", job->approved_by);
  cli_set (object, "approve_reason", job->approve_reason);
  cli_set (object, "void_reason", job->void_reason);
  cli_set (object, "follows", job->follows);
  if (job->follows != NULL) {
    cli_set (object, "customer", job->customer);
    cli_set (object, "engineer", job->engineer);
    cli_set (object, "agreed", job->agree_reason);
  }
  if (job->entries != NULL && job->posts != NULL)
    set_lists (object, job);
}

void
cli_emit_job (const BhJob *job)
{
  JsonBuilder *object = cli_object ();

  cli_set_job (object, job);
  cli_emit (object);
}

static const char *
or_dash (const char *text)
{
  return text != NULL && *text != '\0' ? text : "-";
}

void
cli_print_job_row (const BhJob *job)
{
  cli_cell (or_dash (job->job), 9);
  cli_cell (job->kind, 2);
  cli_cell (job->state, 7);
  cli_cell (job->serial, 16);
  cli_cell (or_dash (job->part), 12);
  cli_cell (job->rma, 11);
  cli_cell (or_dash (job->technician), 10);
  cli_cell (or_dash (job->due), 10);
  cli_cell (or_dash (job->light), 6);
  cli_print ("%s\n", or_dash (job->disposition));
}

void
cli_print_job (const BhJob *job)
{
  cli_print_job_row (job);
  for (guint i = 0; i < job->entries->len; i++) {
    const BhJobEntry *entry = g_ptr_array_index (job->entries, i);

    cli_print ("  %6" G_GINT64_FORMAT "  %-18s %s%s%s%s\n", entry->id,
               bh_entry_kind_name (entry->kind), entry->name != NULL ? entry->name : "",
               entry->name != NULL && entry->value != NULL ? " = " : "",
               entry->value != NULL ? entry->value : "", entry->struck ? "  (no longer)" : "");
  }
  for (guint i = 0; i < job->posts->len; i++) {
    const BhJobPost *post = g_ptr_array_index (job->posts, i);
    g_autofree char *at = bh_time_format (post->at_us, NULL);

    cli_print ("  version %d  %s%s  %s by %s%s%s%s%s\n", post->version, post->disposition,
               post->interim ? " (interim)" : "", at, post->operator,
               post->next != NULL ? ", next by " : "", post->next != NULL ? post->next : "",
               post->corrects != 0 ? ", corrects: " : "", post->corrects != 0 ? post->reason : "");
  }
}

int
cli_answer_job (Cli *cli, BhDesk *desk, const char *job, gint64 now_us)
{
  GError *error = NULL;
  g_autoptr (BhJob) found = bh_desk_job (desk, job, now_us, &error);

  if (found == NULL)
    return cli_fail (cli, error);
  if (cli->json)
    cli_emit_job (found);
  else
    cli_print_job (found);
  return CLI_DONE;
}
