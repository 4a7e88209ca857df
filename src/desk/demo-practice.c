/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* A box for each rule of the dock (RULES §4), with what must be on record for it.
 * The same in every sample operation, so that a printed sheet stays right. */

#include "demo-private.h"

#include <string.h>

#include "backhaul/verdict.h"

/* A line of the practice RMAs; @days ago confirmed; @state as in `rmas`. */
static const struct {
  const char *rma;
  const char *serial;
  const char *part;
  const char *state;
} lines[] = {
  { "R0000900001", "PX10A4417230", "BR3000-LC", "open" },
  { "R0000900002", "PX22C9051846", "ES48-CH", "open" },
  { "R0000900004", "PX31D7728019", "FW500-CH", "open" },
  { "R0000900014", "PX47E2260937", "FW500-RE", "open" },
  { "R0000900005", "PX53F8193524", "CR9000-LC", "open" },
  { "R0000900006", "PX64G3375148", "AX400-CH", "closed" },
  { "R0000900007", "PX78H6642091", "OT100-LC", "cancelled" },
  { "R0000900017", "PX86J1508763", "OT100-LC", "open" },
  { "R0000900008", "PX91K5839402", "WL60-CH", "received" },
  { "R0000900009", "PX05L2917658", "FW900-CH", "draft" },
  { "R0000900010", "PX17M8046375", "BR3000-RE", "open" },
  { "R0000900011", "PX29N3762184", "ES48-PS", "open" },
};

/* Units on no RMA that is open: the swap of D5. */
static const struct {
  const char *serial;
  const char *part;
} units[] = {
  { "PX38Q9451607", "CR9000-LC" },
};

static const struct {
  const char *rule;
  BhVerdict verdict;
  const char *title;
  const char *explanation;
  const char *scans[5];
} boxes[] = {
  { "D1",
    BH_VERDICT_ACCEPT,
    "The box as it should be",
    "The number on the box is that of an open RMA, and the unit is one that it awaits.",
    { "R0000900001", "PX10A4417230" } },
  { "D2",
    BH_VERDICT_ACCEPT,
    "No number on the box",
    "Nobody wrote the RMA number on it, but exactly one open RMA awaits this serial.",
    { "PX22C9051846", "BH!NO-NUMBER" } },
  { "D3",
    BH_VERDICT_REFUSE,
    "A stranger",
    "No number on the box, and no RMA knows the serial: it goes back to its sender.",
    { "VK70T5520319", "BH!NO-NUMBER", "BH!NEXT-BOX" } },
  { "D4",
    BH_VERDICT_HOLD,
    "Two RMAs in one box",
    "The number is that of one open RMA, the unit belongs to another one.",
    { "R0000900004", "PX47E2260937" } },
  { "D5",
    BH_VERDICT_HOLD,
    "Another unit than announced",
    "The RMA is open, but this serial is on no RMA: somebody packed another unit.",
    { "R0000900005", "PX38Q9451607", "BH!NEXT-BOX" } },
  { "D6",
    BH_VERDICT_HOLD,
    "The RMA is closed",
    "The unit comes after its RMA was closed: a CSR decides what becomes of it.",
    { "R0000900006", "PX64G3375148" } },
  { "D7",
    BH_VERDICT_ACCEPT,
    "An old number, a new return",
    "The number is of a cancelled RMA, but an open one awaits the serial.",
    { "R0000900007", "PX86J1508763" } },
  { "D8",
    BH_VERDICT_ALREADY_RECEIVED,
    "Scanned before",
    "This unit came in a few days ago. Nothing is written a second time.",
    { "R0000900008", "PX91K5839402" } },
  { "D9",
    BH_VERDICT_HOLD,
    "Sent too early",
    "The RMA is still a draft: it must be confirmed before goods can come in.",
    { "R0000900009", "PX05L2917658" } },
  { "D10",
    BH_VERDICT_HOLD,
    "The part number differs",
    "Number and serial match, but the plate names another part than the RMA.",
    { "R0000900010", "1PES24-FN", "PX17M8046375" } },
  { "D11",
    BH_VERDICT_HOLD,
    "The plate cannot be read",
    "The number is that of an open RMA, but the serial is scratched away: photo and hold.",
    { "R0000900011", "BH!UNREADABLE" } },
};

gboolean
bh_demo_practice (BhDemo *self, GError **error)
{
  g_autoptr (GString) rmas =
      g_string_new ("rma,case,priority,account,site,contact,reference,serial,part,flag,"
                    "destination,created,confirmed,received,closed,state\n");
  g_autoptr (GString) serials = g_string_new (
      "serial,part,account,site,shipped,registered,distributor,contract,contract_level,"
      "contract_until\n");
  g_autofree char *confirmed = bh_demo_day (self, 7);
  g_autofree char *old = bh_demo_day (self, 90);
  g_autofree char *received = bh_demo_day (self, 3);
  g_autofree char *closed = bh_demo_day (self, 60);
  g_autofree char *until = bh_demo_day (self, -400);

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++) {
    const BhDemoAccount *account = &bh_demo_accounts[i % bh_demo_n_accounts];
    const char *state = lines[i].state;
    gboolean gone = g_str_equal (state, "closed") || g_str_equal (state, "cancelled");

    g_string_append_printf (serials, "%s,%s,%s,%s-1,%s,,,PRACTICE-%u,Next-Day Delivery,%s\n",
                            lines[i].serial, lines[i].part, account->account, account->account, old,
                            i + 1, until);
    g_string_append_printf (
        rmas, "%s,,,%s,%s-1,,practice box,%s,%s,,%s,%s,%s,%s,%s,%s\n", lines[i].rma,
        account->account, account->account, lines[i].serial, lines[i].part,
        bh_demo_places[account->place].destination, gone ? old : confirmed,
        g_str_equal (state, "draft") ? ""
        : gone                       ? old
                                     : confirmed,
        g_str_equal (state, "received") ? received : "", gone ? closed : "", state);
  }
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    g_string_append_printf (serials, "%s,%s,%s,,%s,,,,,\n", units[i].serial, units[i].part,
                            bh_demo_accounts[0].account, old);
  return bh_demo_add (self, "units", serials->str, error) &&
         bh_demo_add (self, "rmas", rmas->str, error);
}

static void
free_box (gpointer data)
{
  BhPracticeBox *box = data;

  g_strfreev (box->scans);
  g_free (box);
}

GPtrArray *
bh_desk_practice_boxes (BhDesk *self, GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (free_box);
  g_autoptr (GError) local = NULL;
  g_autofree char *state = bh_store_get_setting (self->store, "demo", &local);

  if (local != NULL) {
    g_propagate_error (error, g_steal_pointer (&local));
    return NULL;
  }
  if (g_strcmp0 (state, "made") != 0) {
    g_set_error (error, BH_ERROR, BH_ERROR_NOT_FOUND,
                 "practice boxes: this store has no sample operation; make one with "
                 "`backhaulctl init --demo`");
    return NULL;
  }
  for (guint i = 0; i < G_N_ELEMENTS (boxes); i++) {
    BhPracticeBox *box = g_new0 (BhPracticeBox, 1);

    box->rule = boxes[i].rule;
    box->verdict = bh_verdict_name (boxes[i].verdict);
    box->title = boxes[i].title;
    box->explanation = boxes[i].explanation;
    box->scans = g_strdupv ((char **) boxes[i].scans);
    g_ptr_array_add (all, box);
  }
  return g_steal_pointer (&all);
}
