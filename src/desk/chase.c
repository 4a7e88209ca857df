/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

#include "backhaul/chase.h"
#include "backhaul/json-text.h"

#include "chase-private.h"

/* Lines of a group are committed together: short enough that a dock does not wait. */
#define GROUP 500

static const char *const actions[] = { "remind", "overdue", "decide", "none" };

const char *
bh_chase_action_name (BhChaseAction action)
{
  g_return_val_if_fail ((guint) action < G_N_ELEMENTS (actions), "remind");
  return actions[action];
}

BhDay
bh_chase_today (const BhChaseRun *run, const BhChaseLine *line)
{
  g_autoptr (GTimeZone) zone = bh_zone (line->zone);

  return run->options->on != BH_DAY_NONE ? run->options->on : bh_day_of (run->now_us, zone);
}

gboolean
bh_chase_days_left (BhChaseRun *run, const BhChaseLine *line, int *left, GError **error)
{
  BhCalendar *calendar = bh_desk_calendar (run->desk, line->calendar, error);

  if (calendar == NULL)
    return FALSE;
  *left = bh_clock_days_left (BH_C1, bh_day_parse (line->return_by), bh_chase_today (run, line),
                              calendar);
  /* a due date that is past is past, though no business day has gone by since */
  if (*left == 0 && bh_chase_today (run, line) > bh_day_parse (line->return_by))
    *left = -1;
  return TRUE;
}

/* Which stage a line is in on the day; NULL: none. @again: on a later day once more. */
static gboolean
stage_of (BhChaseRun *run, const BhChaseLine *line, int left, const char **stage,
          BhChaseAction *action, GError **error)
{
  g_autofree char *overdue = NULL;

  *action = BH_CHASE_REMIND;
  *stage = left > run->desk->policy.chase_before_days ? NULL : left > 0 ? "before" : "day";
  if (left >= 0)
    return TRUE;
  if (!bh_store_stage_done (run->desk->store, line, "overdue", &overdue, error))
    return FALSE;
  *action = overdue == NULL ? BH_CHASE_OVERDUE : BH_CHASE_DECIDE;
  *stage = overdue == NULL ? "overdue" : "decide";
  if (overdue != NULL && bh_day_parse (overdue) >= bh_chase_today (run, line))
    *stage = NULL; /* the notice went out today */
  return TRUE;
}

/* A trial asks what is done already; the run writes it down, which settles a race. */
static gboolean
do_stage (BhChaseRun *run, const BhChaseLine *line, const char *stage, BhChaseAction action,
          const char *mail, gboolean *done, GError **error)
{
  g_autofree char *day = bh_day_format (bh_chase_today (run, line));
  g_autofree char *before = NULL;

  if (!run->options->dry_run)
    return bh_store_do_stage (run->desk->store, line, stage, day,
                              action == BH_CHASE_DECIDE ? NULL : mail, action == BH_CHASE_DECIDE,
                              run->now_us, done, error);
  if (!bh_store_stage_done (run->desk->store, line, stage, &before, error))
    return FALSE;
  *done = before == NULL ||
          (action == BH_CHASE_DECIDE && bh_day_parse (before) < bh_chase_today (run, line));
  return TRUE;
}

static BhChaseRow
row_of (const BhChaseLine *line)
{
  return (BhChaseRow){ .rma = line->rma,
                       .line = line->line,
                       .serial = line->serial,
                       .account = line->account,
                       .return_by = line->return_by,
                       .account_name = line->account_name,
                       .email = line->email,
                       .language = line->language };
}

static gboolean
chase_line (BhChaseRun *run, const BhChaseLine *line, const char *mail, GError **error)
{
  BhChaseRow row = row_of (line);
  const char *stage = NULL;
  gboolean go_on = TRUE;

  if (!bh_chase_days_left (run, line, &row.days_left, error) ||
      !stage_of (run, line, row.days_left, &stage, &row.action, error))
    return FALSE;
  if (stage == NULL)
    return TRUE;
  /* read again inside: it may have come in since the list was read */
  if (!run->options->dry_run && !bh_store_chase_holds (run->desk->store, line, &go_on, error))
    return FALSE;
  if (!go_on)
    return TRUE;
  if (!do_stage (run, line, stage, row.action, mail, &go_on, error))
    return FALSE;
  if (!go_on)
    return TRUE;
  if (row.action != BH_CHASE_DECIDE && !run->options->dry_run)
    row.mail = mail;
  g_array_append_val (run->rows, row);
  return TRUE;
}

/* What the template tells: each line with its date and how late it is (K6). */
static char *
details_of (const BhChaseRun *run, guint first)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "lines");
  json_builder_begin_array (builder);
  for (guint i = first; i < run->rows->len; i++) {
    const BhChaseRow *row = &g_array_index (run->rows, BhChaseRow, i);

    if (row->mail == NULL)
      continue;
    json_builder_begin_object (builder);
    json_builder_set_member_name (builder, "rma");
    json_builder_add_string_value (builder, row->rma);
    json_builder_set_member_name (builder, "line");
    json_builder_add_int_value (builder, row->line);
    json_builder_set_member_name (builder, "serial");
    json_builder_add_string_value (builder, row->serial);
    json_builder_set_member_name (builder, "return_by");
    json_builder_add_string_value (builder, row->return_by);
    json_builder_set_member_name (builder, "days_left");
    json_builder_add_int_value (builder, row->days_left);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
  return bh_json_end (builder);
}

/* K5: one message for all that is due of an account, graver word first. */
static gboolean
queue_mail (BhChaseRun *run, const BhChaseLine *line, const char *mail, guint first, GError **error)
{
  g_autoptr (GString) rmas = g_string_new (NULL);
  g_autofree char *details = NULL;
  const char *kind = NULL;
  const char *last = NULL;

  for (guint i = first; i < run->rows->len; i++) {
    const BhChaseRow *row = &g_array_index (run->rows, BhChaseRow, i);

    if (row->mail == NULL)
      continue;
    if (kind == NULL || row->action == BH_CHASE_OVERDUE)
      kind = row->action == BH_CHASE_OVERDUE ? "overdue" : "reminder";
    if (g_strcmp0 (last, row->rma) != 0)
      g_string_append_printf (rmas, "%s%s", rmas->len > 0 ? " " : "", row->rma);
    last = row->rma;
  }
  if (kind == NULL)
    return TRUE;
  details = details_of (run, first);
  return bh_store_queue_mail (run->desk->store, mail, kind, line->email, line->account, rmas->str,
                              NULL, run->now_us, error) &&
         bh_store_set_mail_details (run->desk->store, mail, line->language, details, error);
}

/* All lines of one account from @lines[@from] on; *next: the first of the next one. */
static gboolean
chase_account (BhChaseRun *run, GPtrArray *lines, guint from, guint *next, GError **error)
{
  const BhChaseLine *first = g_ptr_array_index (lines, from);
  char *mail = g_uuid_string_random ();
  guint begun = run->rows->len;

  g_ptr_array_add (run->mails, mail);
  for (*next = from; *next < lines->len; (*next)++) {
    const BhChaseLine *line = g_ptr_array_index (lines, *next);

    if (g_strcmp0 (line->account, first->account) != 0)
      break;
    if (run->options->chosen != NULL) {
      BhChaseRow row = row_of (line);

      if (!bh_chase_remind (run, line, mail, &row, error))
        return FALSE;
      g_array_append_val (run->rows, row);
    } else if (!chase_line (run, line, mail, error)) {
      return FALSE;
    }
  }
  return run->options->dry_run || queue_mail (run, first, mail, begun, error);
}

static gboolean
audit (BhChaseRun *run, GError **error)
{
  g_autofree char *act = g_uuid_string_random ();
  guint counts[G_N_ELEMENTS (actions)] = { 0 };
  g_autofree char *after = NULL;

  for (guint i = 0; i < run->rows->len; i++)
    counts[g_array_index (run->rows, BhChaseRow, i).action]++;
  after = g_strdup_printf ("{\"remind\":%u,\"overdue\":%u,\"decide\":%u}", counts[0], counts[1],
                           counts[2]);
  return bh_desk_audit (run->desk, act, run->options->chosen != NULL ? "remind" : "chase", "chase",
                        NULL, after, run->now_us, error);
}

static gboolean
has_acted (const BhChaseRun *run)
{
  for (guint i = 0; i < run->rows->len; i++)
    if (g_array_index (run->rows, BhChaseRow, i).action != BH_CHASE_NONE)
      return !run->options->dry_run;
  return FALSE;
}

static gboolean
chase_group (BhChaseRun *run, GPtrArray *lines, guint *at, GError **error)
{
  g_autoptr (BhTx) tx = run->options->dry_run ? bh_store_begin_read (run->desk->store, error)
                                              : bh_desk_begin (run->desk, error);
  guint from = *at;

  if (tx == NULL)
    return FALSE;
  g_array_set_size (run->rows, 0);
  g_ptr_array_set_size (run->mails, 0);
  while (*at < lines->len && *at - from < GROUP)
    if (!chase_account (run, lines, *at, at, error))
      return FALSE;
  if (has_acted (run) && (!audit (run, error) || !bh_tx_commit (tx, error)))
    return FALSE;
  for (guint i = 0; i < run->rows->len; i++)
    run->options->each (&g_array_index (run->rows, BhChaseRow, i), run->options->data);
  if (run->options->progress != NULL)
    run->options->progress (*at, lines->len, run->options->data);
  return TRUE;
}

static gboolean
chase_all (BhChaseRun *run, GPtrArray *lines, GError **error)
{
  gboolean ok = TRUE;

  run->rows = g_array_new (FALSE, TRUE, sizeof (BhChaseRow));
  run->mails = g_ptr_array_new_with_free_func (g_free);
  for (guint at = 0; ok && at < lines->len;)
    ok = chase_group (run, lines, &at, error);
  g_array_unref (run->rows);
  g_ptr_array_unref (run->mails);
  return ok;
}

gboolean
bh_desk_chase (BhDesk *self, const BhChaseOptions *options, gint64 now_us, GError **error)
{
  BhChaseRun run = { .desk = self, .options = options, .now_us = now_us };
  BhDay on = options->on != BH_DAY_NONE ? options->on : bh_day_of (now_us, NULL);
  /* business days and the holidays between them, in calendar days, generously */
  g_autofree char *horizon = bh_day_format (on + 30 + 3 * (BhDay) self->policy.chase_before_days);
  g_autoptr (GPtrArray) lines = NULL;

  return bh_desk_require (self, BH_MAY_CHASE, error) &&
         (lines = bh_store_chase_lines (self->store, horizon, error)) != NULL &&
         chase_all (&run, lines, error);
}

gboolean
bh_desk_remind (BhDesk *self, const BhChaseOptions *options, gint64 now_us, GError **error)
{
  BhChaseRun run = { .desk = self, .options = options, .now_us = now_us };
  g_autoptr (GPtrArray) lines = NULL;

  return bh_desk_require (self, BH_MAY_CHASE, error) &&
         (lines = bh_chase_chosen (self, options, error)) != NULL && chase_all (&run, lines, error);
}
