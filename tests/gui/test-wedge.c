/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wedge.h"

#include <string.h>

/* A row of keys, as "TIME:KEY"; KEY is a character, CR, TAB, F (another key), ^ (control
 * GS), * (a repeated a), SH (Shift), REST (nothing more came for as long as was waited for). What
 * becomes of them: "<text>" a scan, "<text>!" an unterminated one, "<text>~" one at a
 * person's pace, P: patient from here, "text" typing that
 * went on to the focus, in order. */
typedef struct {
  const char *path;
  const char *keys;
  const char *result;
} Case;

static const Case cases[] = {
  { "/gui/wedge/S1/scan", "0:A 2:B 4:C 6:1 8:CR", "<ABC1>" },
  { "/gui/wedge/S1/two-scans", "0:A 2:B 4:C 6:1 8:CR 10:D 12:E 14:F1 16:2 18:CR", "<ABC1><DEF2>" },
  { "/gui/wedge/S3/gap-35", "0:A 35:B 70:C 105:1 140:CR", "<ABC1>" },
  { "/gui/wedge/S3/gap-36", "0:A 36:B REST 200:CR", "AB\r" },
  { "/gui/wedge/S3/hesitates-among-scans",
    "0:A 2:B 4:C 6:1 8:CR 100:D 200:E 202:F1 204:2 206:3 208:4 210:CR", "<ABC1><DEF234>" },
  { "/gui/wedge/S3/person-among-scans", "0:A 2:B 4:C 6:1 8:CR 200:d 300:e 400:f REST 500:g REST",
    "<ABC1>defg" },
  { "/gui/wedge/S3/typing-after-scan", "0:A 2:B 4:C 6:1 8:CR 1200:d REST 1300:e REST", "<ABC1>de" },
  { "/gui/wedge/S3/a-shortcut-is-a-hand-on-the-keyboard",
    "0:A 2:B 4:C 6:1 8:CR 200:F 300:d 350:e 352:f 354:g 356:CR", "<ABC1>Fdefg\r" },
  { "/gui/wedge/S4/a-lone-space-presses-at-once", "P 0:_ 100:A 102:B 104:C 106:1 108:CR",
    "_<ABC1>" },
  { "/gui/wedge/D19/patient-is-typed", "P 0:A 100:B 200:C 300:1 400:CR", "<ABC1>~" },
  { "/gui/wedge/S4/patient-without-return", "P 0:A 100:B 200:C 300:1 REST", "ABC1" },
  { "/gui/wedge/S3/patient-hesitates", "P 0:A 100:B 102:C 104:1 106:2 108:3 110:CR", "<ABC123>" },
  { "/gui/wedge/S3/hesitates", "0:A 2:B 4:C 6:D 290:E 292:F1 294:CR", "<ABCDEF>" },
  { "/gui/wedge/S4/typing", "0:a REST 200:b REST 400:c REST 600:d REST 800:CR", "abcd\r" },
  { "/gui/wedge/S4/three-fast", "0:a 10:b 20:c REST", "abc" },
  { "/gui/wedge/S4/typed-then-scan", "0:x REST 300:A 302:B 304:C 306:1 308:CR", "x<ABC1>" },
  { "/gui/wedge/S4/typed-close-before-scan", "0:x 60:A 62:B 64:C 66:1 68:CR", "x<ABC1>" },
  { "/gui/wedge/S5/return", "0:A 2:B 4:C 6:1 8:CR 10:CR", "<ABC1>" },
  { "/gui/wedge/S5/return-later-is-typed", "0:A 2:B 4:C 6:1 8:CR 100:CR", "<ABC1>\r" },
  { "/gui/wedge/S5/tab", "0:A 2:B 4:C 6:1 8:TAB", "<ABC1>" },
  { "/gui/wedge/S5/space-in-scan", "0:A 2:_ 4:C 6:1 8:CR", "<A C1>" },
  { "/gui/wedge/S5/short-with-return", "0:a 2:b 4:CR", "ab\r" },
  { "/gui/wedge/S6/no-terminator", "0:A 2:B 4:C 6:1 REST", "<ABC1>!" },
  { "/gui/wedge/S6/no-terminator-next", "0:A 2:B 4:C 6:1 600:D 602:E 604:F1 606:2 REST",
    "<ABC1>!<DEF2>!" },
  { "/gui/wedge/S6/no-terminator-then-arrow", "0:A 2:B 4:C 6:1 400:F", "<ABC1>!F" },
  { "/gui/wedge/S8/control", "0:[ 2:) 4:> 6:^ 8:1 10:CR",
    "<[)>\x1d"
    "1>" },
  { "/gui/wedge/S8/control-first-is-shortcut", "0:^ 100:a REST", "^a" },
  { "/gui/wedge/S7/shift-between", "0:A 2:SH 4:B 6:SH 8:C 10:SH 12:1 14:CR", "<ABC1>" },
  { "/gui/wedge/repeat-is-typing", "0:a 300:* 330:* 360:* 390:* 420:*", "a*****" },
  { "/gui/wedge/arrow-in-typing", "0:a 5:F 10:b REST", "aFb" },
  { "/gui/wedge/clock-wraps", "4294967290:A 4294967294:B 2:C 6:1 10:CR", "<ABC1>" },
  { "/gui/wedge/lone-return", "0:CR", "\r" },
};

typedef struct {
  BhWedge *wedge;
  GString *held;
  GString *out;
} Run;

static void
apply (Run *run, const BhWedgeStep *step, const char *shown)
{
  g_assert_false (step->replay && step->scan != NULL);
  if (step->replay)
    g_string_append (run->out, run->held->str);
  if (step->scan != NULL)
    g_string_append_printf (run->out, "<%s>%s%s", step->scan->str, step->unterminated ? "!" : "",
                            step->typed ? "~" : "");
  if (step->replay || step->scan != NULL)
    g_string_truncate (run->held, 0);
  if (step->hold)
    g_string_append (run->held, shown);
  else if (!step->swallow)
    g_string_append (run->out, shown);
}

static void
press (Run *run, const char *token)
{
  g_auto (BhWedgeStep) step = { 0 };
  BhWedgeKey key = { 0 };
  char *name;

  if (g_str_equal (token, "P")) {
    bh_wedge_set_patient (run->wedge, TRUE);
    return;
  }
  if (g_str_equal (token, "REST")) {
    g_assert_cmpuint (bh_wedge_wait_ms (run->wedge), >, 0);
    bh_wedge_rest (run->wedge, &step);
    apply (run, &step, "");
    g_assert_cmpuint (bh_wedge_wait_ms (run->wedge), ==, 0);
    return;
  }
  key.time_ms = (guint32) g_ascii_strtoull (token, &name, 10);
  name++;
  if (g_str_equal (name, "CR") || g_str_equal (name, "TAB")) {
    key.class = BH_WEDGE_TERMINATOR;
    name = (char *) "\r";
  } else if (g_str_equal (name, "SH")) {
    key.class = BH_WEDGE_MODIFIER;
    name = (char *) "";
  } else if (g_str_equal (name, "F")) {
    key.class = BH_WEDGE_OTHER;
  } else {
    key.control = g_str_equal (name, "^");
    key.repeated = g_str_equal (name, "*");
    key.text[0] = key.control ? '\x1d' : *name == '_' ? ' ' : *name;
  }
  bh_wedge_key (run->wedge, &key, &step);
  apply (run, &step, g_str_equal (name, "F1") ? "F" : name);
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_auto (GStrv) tokens = g_strsplit (c->keys, " ", -1);
  BhWedgeRules rules;
  Run run = { .held = g_string_new (NULL), .out = g_string_new (NULL) };

  bh_wedge_rules_init (&rules);
  run.wedge = bh_wedge_new (&rules);
  for (char **token = tokens; *token != NULL; token++)
    press (&run, *token);
  g_assert_cmpstr (run.out->str, ==, c->result);
  g_assert_cmpstr (run.held->str, ==, "");
  bh_wedge_free (run.wedge);
  g_string_free (run.held, TRUE);
  g_string_free (run.out, TRUE);
}

/* S1: a hundred scans one after the other, 1 ms a key: all, in order */
static void
test_hundred (void)
{
  BhWedgeRules rules;
  g_autoptr (BhWedge) wedge = NULL;
  guint32 now = 0;

  bh_wedge_rules_init (&rules);
  wedge = bh_wedge_new (&rules);
  for (int i = 0; i < 100; i++) {
    g_autofree char *text = g_strdup_printf ("SN-%06d\r", i);

    for (char *p = text; *p != '\0'; p++) {
      g_auto (BhWedgeStep) step = { 0 };
      BhWedgeKey key = { .time_ms = now++, .text = { *p } };

      if (*p == '\r')
        key.class = BH_WEDGE_TERMINATOR;
      bh_wedge_key (wedge, &key, &step);
      g_assert_false (step.replay);
      if (*p != '\r')
        continue;
      *p = '\0';
      g_assert_nonnull (step.scan);
      g_assert_cmpstr (step.scan->str, ==, text);
      break;
    }
  }
}

/* S6: without terminator and without pause it is cut, not kept for ever */
static void
test_endless (void)
{
  BhWedgeRules rules;
  g_autoptr (BhWedge) wedge = NULL;
  guint scans = 0;

  bh_wedge_rules_init (&rules);
  wedge = bh_wedge_new (&rules);
  for (guint32 i = 0; i < 10000; i++) {
    g_auto (BhWedgeStep) step = { 0 };
    BhWedgeKey key = { .time_ms = i, .text = "x" };

    bh_wedge_key (wedge, &key, &step);
    if (step.scan == NULL)
      continue;
    scans++;
    g_assert_true (step.unterminated);
    g_assert_cmpuint (step.scan->len, ==, 4096);
  }
  g_assert_cmpuint (scans, ==, 2);
}

/* S3: a site can say that a pause ends nothing */
static void
test_no_pause (void)
{
  BhWedgeRules rules;
  g_autoptr (BhWedge) wedge = NULL;
  g_auto (BhWedgeStep) step = { 0 };

  bh_wedge_rules_init (&rules);
  rules.pause_ms = 0;
  wedge = bh_wedge_new (&rules);
  for (guint32 i = 0; i < 8; i++) {
    BhWedgeKey key = { .time_ms = i, .text = "x" };

    bh_wedge_key (wedge, &key, &step);
  }
  bh_wedge_rest (wedge, &step);
  g_assert_null (step.scan);
  g_assert_true (step.replay);
}

/* S7: the positions of a US keyboard, whatever the layout makes of them */
static void
test_us (void)
{
  static const struct {
    guint keycode;
    gboolean shift;
    char want;
  } rows[] = {
    { 10, FALSE, '1' },  { 21, FALSE, '=' },  { 24, TRUE, 'Q' },   { 38, FALSE, 'a' },
    { 49, FALSE, '`' },  { 20, FALSE, '-' },  { 61, FALSE, '/' },  { 61, TRUE, '?' },
    { 52, FALSE, 'z' },  { 51, TRUE, '|' },   { 65, FALSE, ' ' },  { 87, FALSE, '1' },
    { 9, FALSE, '\0' },  { 22, FALSE, '\0' }, { 50, FALSE, '\0' }, { 62, TRUE, '\0' },
    { 999, TRUE, '\0' }, { 0, FALSE, '\0' },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (bh_wedge_us_character (rows[i].keycode, rows[i].shift), ==, rows[i].want);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add_data_func (cases[i].path, &cases[i], test_case);
  g_test_add_func ("/gui/wedge/S1/hundred", test_hundred);
  g_test_add_func ("/gui/wedge/S6/endless", test_endless);
  g_test_add_func ("/gui/wedge/S3/no-pause", test_no_pause);
  g_test_add_func ("/gui/wedge/S7/us", test_us);
  return g_test_run ();
}
