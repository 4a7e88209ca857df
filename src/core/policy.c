/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-core"

#include "backhaul/policy.h"

#include <stddef.h>
#include <string.h>

#include "backhaul/error.h"
#include "backhaul/symbology.h"

typedef enum { WHOLE, WORDS, WEEK, TIME, SYMBOLOGIES } Type;

/* Every ▲ of RULES.md. @on and @off are the words of a yes/no question. */
static const struct {
  Type type;
  gsize offset;
  int least;
  int most;
  const char *on;
  const char *off;
} how[] = {
  { WHOLE, offsetof (BhPolicy, c1_business_days), 1, 1000, NULL, NULL },
  { WORDS, offsetof (BhPolicy, c1_on_delivery), 0, 0, "delivery", "confirmation" },
  { WHOLE, offsetof (BhPolicy, c2_days), 1, 3650, NULL, NULL },
  { WHOLE, offsetof (BhPolicy, c3_days), 1, 3650, NULL, NULL },
  { WHOLE, offsetof (BhPolicy, c4_business_days), 1, 1000, NULL, NULL },
  { TIME, offsetof (BhPolicy, c5_cut_off), 0, 0, NULL, NULL },
  { WHOLE, offsetof (BhPolicy, amber_days), 0, 365, NULL, NULL },
  { WHOLE, offsetof (BhPolicy, chase_before_days), 0, 100, NULL, NULL },
  { WEEK, offsetof (BhPolicy, working_week), 0, 0, NULL, NULL },
  { WORDS, offsetof (BhPolicy, part_mismatch_holds), 0, 0, "hold", "accept" },
  { WORDS, offsetof (BhPolicy, offer_under_serial), 0, 0, "offer", "hold" },
  { WORDS, offsetof (BhPolicy, unreadable_holds), 0, 0, "hold", "refuse" },
  { WORDS, offsetof (BhPolicy, ask_typed_twice), 0, 0, "yes", "no" },
  { WHOLE, offsetof (BhPolicy, received_again_days), 0, 3650, NULL, NULL },
  { WHOLE, offsetof (BhPolicy, offline_start_hours), 0, 8760, NULL, NULL },
  { WHOLE, offsetof (BhPolicy, rma_digits), 8, 10, NULL, NULL },
  { WHOLE, offsetof (BhPolicy, sign_in_tries), 1, 100, NULL, NULL },
  { WHOLE, offsetof (BhPolicy, sign_in_station_tries), 1, 10000, NULL, NULL },
  { WHOLE, offsetof (BhPolicy, sign_in_wait_minutes), 1, 1440, NULL, NULL },
  { SYMBOLOGIES, offsetof (BhPolicy, symbologies), 0, 0, NULL, NULL },
  { WHOLE, offsetof (BhPolicy, fa_after_faults), 2, 1000, NULL, NULL },
  { WHOLE, offsetof (BhPolicy, fa_weeks), 1, 520, NULL, NULL },
};

static const BhPolicyKey keys[] = {
  { "clock.c1.business-days", "10", "C1", "Business days to return the defective unit" },
  { "clock.c1.starts", "confirmation", "C1",
    "When the return clock starts: confirmation, or delivery of a replacement sent in advance" },
  { "clock.c2.days", "30", "C2", "Calendar days to post a repair analysis" },
  { "clock.c3.days", "15", "C3", "Calendar days to an interim failure analysis" },
  { "clock.c4.business-days", "20", "C4", "Business days to repair or replace under warranty" },
  { "clock.c5.cut-off", "15:00", "C5",
    "Next-day dispatch confirmed from this local time on counts from the next business day" },
  { "clock.amber-days", "2", "C10", "A clock turns amber this many days before it is due" },
  { "chase.before-days", "3", "O1",
    "A reminder goes out this many business days before the return-by date" },
  { "calendar.working-week", "Mon,Tue,Wed,Thu,Fri", "C7", "Days of the week that are worked" },
  { "dock.part-mismatch", "hold", "D10", "A part number that differs: hold or accept" },
  { "dock.other-rma", "offer", "D4",
    "Offer to receive under the RMA of the serial: offer or hold" },
  { "dock.unreadable", "hold", "D11", "A plate that cannot be read: hold or refuse" },
  { "dock.ask-typed-serial-twice", "yes", "D19", "Ask twice for a typed serial: yes or no" },
  { "dock.already-received-days", "30", "D8",
    "A receipt on a closed RMA counts as the same arrival for this many days" },
  { "dock.offline-start-hours", "72", "V9",
    "A dock starts without the store for so many hours after it last heard of it; 0: never" },
  { "rma.digits", "10", "I1", "Digits of the RMA numbers that are issued" },
  { "sign-in.tries", "5", "V9", "Wrong PINs of one person at one station before it waits" },
  { "sign-in.station-tries", "20", "V9",
    "Wrong PINs at one station, or of one person at all, before it waits" },
  { "sign-in.wait-minutes", "5", "V9", "Minutes to wait after too many wrong PINs" },
  { BH_POLICY_SYMBOLOGIES, "CODE-128,CODE-39,Data-Matrix,QR-Code", "I5",
    "Kinds of barcodes that are read from pictures: names with commas between, default or all" },
  { "repair.fa-after-faults", "3", "RA3",
    "An FA is proposed when one part had one fault so many times" },
  { "repair.fa-weeks", "26", "RA3", "… within so many weeks" },
};

G_STATIC_ASSERT (G_N_ELEMENTS (keys) == G_N_ELEMENTS (how));

static const char *const weekdays[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };

const BhPolicyKey *
bh_policy_keys (gsize *n)
{
  *n = G_N_ELEMENTS (keys);
  return keys;
}

static gssize
find (const char *key, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    if (g_strcmp0 (keys[i].key, key) == 0)
      return (gssize) i;
  g_set_error (error, BH_ERROR, BH_ERROR_USAGE, "%s: no such policy; look at the list of settings",
               key);
  return -1;
}

static gboolean
parse_week (const char *value, guint *week)
{
  g_auto (GStrv) names = g_strsplit (value, ",", 8);
  guint bits = 0;

  for (char **name = names; *name != NULL; name++) {
    guint day = 0;

    while (day < 7 && g_ascii_strcasecmp (g_strstrip (*name), weekdays[day]) != 0)
      day++;
    if (day == 7)
      return FALSE;
    bits |= 1u << day;
  }
  *week = bits;
  return bits != 0;
}

/* "15:00" as minutes of the day */
static gboolean
parse_time (const char *value, int *minutes)
{
  if (strlen (value) != 5 || value[2] != ':' || !g_ascii_isdigit (value[0]) ||
      !g_ascii_isdigit (value[1]) || !g_ascii_isdigit (value[3]) || !g_ascii_isdigit (value[4]))
    return FALSE;
  if ((value[0] - '0') * 10 + value[1] - '0' > 23 || value[3] > '5')
    return FALSE;
  *minutes = ((value[0] - '0') * 10 + value[1] - '0') * 60 + (value[3] - '0') * 10 + value[4] - '0';
  return TRUE;
}

gboolean
bh_policy_set (BhPolicy *self, const char *key, const char *value, GError **error)
{
  gssize i = find (key, error);
  gpointer to;
  gint64 number = 0;
  gboolean ok = FALSE;

  if (i < 0)
    return FALSE;
  to = G_STRUCT_MEMBER_P (self, how[i].offset);
  switch (how[i].type) {
  case WHOLE:
    ok = g_ascii_string_to_signed (value, 10, how[i].least, how[i].most, &number, NULL);
    if (ok)
      *(int *) to = (int) number;
    break;
  case WORDS:
    ok = g_str_equal (value, how[i].on) || g_str_equal (value, how[i].off);
    if (ok)
      *(gboolean *) to = g_str_equal (value, how[i].on);
    break;
  case TIME:
    ok = parse_time (value, to);
    break;
  case SYMBOLOGIES:
    ok = bh_symbologies_parse (value, to);
    break;
  case WEEK:
  default:
    ok = parse_week (value, to);
    break;
  }
  if (!ok)
    g_set_error (error, BH_ERROR, BH_ERROR_INPUT, "%s: not a value for it; the default is %s", key,
                 keys[i].fallback);
  return ok;
}

void
bh_policy_init (BhPolicy *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++) {
    gboolean ok = bh_policy_set (self, keys[i].key, keys[i].fallback, NULL);

    g_assert (ok);
  }
}

char *
bh_policy_get (const BhPolicy *self, const char *key)
{
  gssize i = find (key, NULL);
  gconstpointer from;
  GString *week;

  if (i < 0)
    return NULL;
  from = G_STRUCT_MEMBER_P (self, how[i].offset);
  if (how[i].type == WHOLE)
    return g_strdup_printf ("%d", *(const int *) from);
  if (how[i].type == TIME)
    return g_strdup_printf ("%02d:%02d", *(const int *) from / 60, *(const int *) from % 60);
  if (how[i].type == WORDS)
    return g_strdup (*(const gboolean *) from ? how[i].on : how[i].off);
  if (how[i].type == SYMBOLOGIES)
    return bh_symbologies_text (*(const guint *) from);
  week = g_string_new (NULL);
  for (guint day = 0; day < 7; day++)
    if (*(const guint *) from & (1u << day))
      g_string_append_printf (week, "%s%s", week->len > 0 ? "," : "", weekdays[day]);
  return g_string_free (week, FALSE);
}
