/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

#include "demo-private.h"

/* The first units of each account may be on an RMA that lives, the others have a
 * past: so that none is awaited twice (I4). */
#define ALIVE 60

/* How many RMAs of each state, and how long ago they were confirmed. */
typedef struct {
  const char *state;
  guint n;
  int from_days;
  int to_days;
  int received_after; /* days at least, 0: never */
  int closed_after;   /* days at least after that, 0: not */
} Mix;

static const Mix mixes[] = {
  { "closed", 1840, 70, 1000, 3, 12 }, { "cancelled", 130, 40, 900, 0, 5 },
  { "charged", 120, 45, 700, 0, 20 },  { "waived", 70, 45, 700, 0, 25 },
  { "in-analysis", 80, 25, 60, 4, 0 }, { "received", 300, 16, 45, 3, 0 },
  { "open", 140, 17, 60, 0, 0 }, /* late */
  { "open", 220, 1, 14, 0, 0 },  /* due soon or later */
  { "dock", 40, 10, 13, 0, 0 },  /* open, and then received at the dock */
  { "draft", 60, 1, 5, 0, 0 },
};

static const char *const contacts[] = { "Mia Torres",  "Jan de Wit",  "Aiko Mori",
                                        "S. Okonkwo",  "Lena Vogt",   "王 芳",
                                        "José Quispe", "Olena Koval", "R. D'Souza" };

/* Days before today, moved off the weekend, as local time in the destination. */
static char *
moment (BhDemo *self, int days, int minute)
{
  BhDay day = (BhDay) ((int) self->today - MAX (days, 1));
  g_autofree char *text = NULL;

  if ((day - 1) % 7 >= 5) /* GDate's day 1 was a Monday */
    day -= (day - 1) % 7 - 4;
  text = bh_day_format (day);
  return g_strdup_printf ("%sT%02d:%02d:00", text, 8 + minute / 60 % 9, minute % 60);
}

static const BhDemoUnit *
pick (BhDemo *self, guint account, gboolean alive, guint line)
{
  GArray *all = g_ptr_array_index (self->of_account, account);
  guint i;

  if (alive)
    i = self->alive[account]++;
  else
    i = ALIVE + ((guint) g_rand_int (self->dice) + line) % (all->len - ALIVE);
  return &g_array_index (self->units, BhDemoUnit, g_array_index (all, guint, i));
}

static void
note_line (GPtrArray *list, const char *rma, const char *serial)
{
  BhDemoLine *line = g_new0 (BhDemoLine, 1);

  g_strlcpy (line->rma, rma, sizeof line->rma);
  g_strlcpy (line->serial, serial, sizeof line->serial);
  g_ptr_array_add (list, line);
}

static void
add_rma (BhDemo *self, GString *csv, const Mix *mix)
{
  gboolean dock = g_str_equal (mix->state, "dock");
  gboolean draft = g_str_equal (mix->state, "draft");
  gboolean alive = dock || draft || g_str_equal (mix->state, "open");
  int days = g_rand_int_range (self->dice, mix->from_days, mix->to_days + 1);
  int minute = g_rand_int_range (self->dice, 0, 540);
  int received_days = days - mix->received_after - g_rand_int_range (self->dice, 0, 8);
  int closed_days = (mix->received_after > 0 ? received_days : days) - mix->closed_after -
                    g_rand_int_range (self->dice, 0, 12);
  guint account = (guint) g_rand_int_range (self->dice, 0, (gint32) bh_demo_n_accounts);
  int die_lines = g_rand_int_range (self->dice, -6, 4);
  guint lines = (guint) MAX (1, die_lines);
  guint place = bh_demo_accounts[account].place;
  const char *id = bh_demo_accounts[account].account;
  g_autofree char *rma = g_strdup_printf ("R%010u", self->next_rma++);
  g_autofree char *created = moment (self, days, minute);
  g_autofree char *confirmed = draft ? g_strdup ("") : moment (self, days, minute + 25);
  g_autofree char *received =
      mix->received_after > 0 ? moment (self, received_days, minute / 2) : g_strdup ("");
  g_autofree char *closed =
      mix->closed_after > 0 ? moment (self, closed_days, minute + 200) : g_strdup ("");
  g_autofree char *case_no =
      g_strdup_printf ("%.4s-%.2s%.2s-%06u", created, created + 5, created + 8, self->next_case);
  g_autofree char *priority = g_strdup_printf ("P%u", 1 + self->next_case % 4);
  g_autofree char *site = g_strdup_printf ("%s-%u", id, 1 + self->next_case % BH_DEMO_SITES);
  g_autofree char *reference =
      self->next_case % 3 == 0   ? g_strdup_printf ("PO %u replacement", 47000 + self->next_case)
      : self->next_case % 3 == 1 ? g_strdup_printf ("INC%07u", 9000000 + self->next_case * 3)
                                 : g_strdup ("");
  gboolean no_case = self->next_case % 11 == 0;

  if (alive && self->alive[account] + lines > ALIVE)
    lines = 0; /* cannot be with forty accounts; a sample never fails for it */
  for (guint i = 0; i < lines; i++) {
    const BhDemoUnit *unit = pick (self, account, alive, i);
    guint die = (guint) g_rand_int_range (self->dice, 0, 20);
    const char *cells[] = { rma,
                            no_case ? "" : case_no,
                            no_case ? "" : priority,
                            id,
                            site,
                            contacts[self->next_case % G_N_ELEMENTS (contacts)],
                            reference,
                            unit->serial,
                            unit->part,
                            die < 3    ? "ra"
                            : die == 3 ? "fa"
                                       : "",
                            bh_demo_places[place].destination,
                            created,
                            confirmed,
                            received,
                            closed,
                            dock ? "open" : mix->state };

    for (guint n = 0; n < G_N_ELEMENTS (cells); n++)
      bh_csv_add (csv, n == 0, cells[n]);
    g_string_append_c (csv, '\n');
    if (dock)
      note_line (self->awaited, rma, unit->serial);
    if (draft && i == 0)
      note_line (self->drafts, rma, unit->serial);
    if (!alive)
      break; /* of the past one unit each: its serials are drawn again and again */
  }
  self->next_case++;
}

gboolean
bh_demo_rmas (BhDemo *self, GError **error)
{
  g_autoptr (GString) csv =
      g_string_new ("rma,case,priority,account,site,contact,reference,serial,part,flag,"
                    "destination,created,confirmed,received,closed,state\n");

  for (guint i = 0; i < G_N_ELEMENTS (mixes); i++)
    for (guint n = 0; n < mixes[i].n; n++)
      add_rma (self, csv, &mixes[i]);
  return bh_demo_add (self, "rmas", csv->str, error);
}
