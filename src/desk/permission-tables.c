/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-desk"

/* RULES §2 once more, by what each right writes (decision 0049): from this table and the one of
 * permissions.c PostgreSQL's grants are made. A table that is not here nobody can write but its
 * owner; tests/cli/database-roles.py looks that each has a place. */

#include "permission-tables.h"

#include "backhaul/permissions.h"

typedef struct {
  BhMay may;
  const char *table;
  gboolean adds;
  const char *changes;
  gboolean removes;
} Write;

#define ADDS    TRUE
#define KEEPS   FALSE
#define REMOVES TRUE

/* a verdict, whoever gives it: at the dock, or at the end of a hold */
#define RECEIPT_VOID "void, void_reason, void_us, void_by, replaced_by"
#define PLACE        "came_from, location, kind, since_us, operator"
#define CLOCK        "state, due, due_us, extra_days, policy_days, ended_us"
#define VERDICT(may)                                                                               \
  { may, "receipt", ADDS, "tracking, mail, " RECEIPT_VOID, KEEPS },                                \
      { may, "move", ADDS, NULL, KEEPS }, { may, "place", ADDS, PLACE, KEEPS },                    \
      { may, "clock", ADDS, CLOCK, KEEPS }, { may, "rma", KEEPS, "state", KEEPS },                 \
      { may, "rma_line", KEEPS, "state, awaited, received_us, return_by", KEEPS },                 \
      { may, "label_job", ADDS, "state", KEEPS }, MAIL (may)
/* a mail that an act queues, and its words */
#define MAIL(may)                                                                                  \
  { may, "mail", ADDS, "rmas, language, details, state, error", KEEPS },                           \
  {                                                                                                \
    may, "mail_word", ADDS, NULL, REMOVES                                                          \
  }
/* dates that are counted anew */
#define RECOUNT(may)                                                                               \
  { may, "clock", ADDS, CLOCK, KEEPS }, { may, "clock_pause", ADDS, "to_us", KEEPS },              \
      { may, "rma_line", KEEPS, "return_by", KEEPS },                                              \
  {                                                                                                \
    may, "setting", ADDS, "value", KEEPS                                                           \
  }
/* what issuing and chasing do to an RMA and its lines */
#define RMA_STATE                                                                                  \
  "state, status, site, case_no, contact, reference, destination, created_us, confirmed_us,"       \
  " closed_us, cancel_reason, purchase_order"
#define LINE_STATE                                                                                 \
  "state, awaited, status, case_no, created_us, return_by, cancel_reason, received_us"

static const Write writes[] = {
  /* F6: each act, and each try to sign in */
  { BH_MAY_READ, "audit", ADDS, NULL, KEEPS },
  { BH_MAY_READ, "sign_in_try", ADDS, "wrong, last_us", REMOVES },
  /* one's own PIN, by a row rule; anybody's, by who enrols */
  { BH_MAY_READ, "operator", KEEPS, "pin_hash", KEEPS },
  { BH_MAY_ENROL, "operator", ADDS, "name, role, authorised_technician, email, pin_hash, disabled",
    KEEPS },

  { BH_MAY_READ, "setting", ADDS, "value", KEEPS },
  { BH_MAY_READ, "operator_seen", ADDS, "at_us, station", KEEPS },
  { BH_MAY_ENROL, "operator_badge", ADDS, "hash, made_us", REMOVES },
  { BH_MAY_READ, "station_key", ADDS, NULL, KEEPS },
  { BH_MAY_READ, "checkpoint", ADDS, NULL, KEEPS },

  { BH_MAY_RECEIVE, "box", ADDS, "state, carrier, tracking, closed_us", KEEPS },
  { BH_MAY_RECEIVE, "box_scan", ADDS, NULL, KEEPS },
  { BH_MAY_RECEIVE, "photo", ADDS, NULL, KEEPS },
  VERDICT (BH_MAY_RECEIVE),

  VERDICT (BH_MAY_HOLDS),
  { BH_MAY_HOLDS, "receipt", KEEPS, "resolved, resolved_us", KEEPS },
  { BH_MAY_HOLDS, "rma", KEEPS, RMA_STATE, KEEPS },
  { BH_MAY_HOLDS, "rma_line", KEEPS, LINE_STATE, KEEPS },

  VERDICT (BH_MAY_VOID),
  { BH_MAY_VOID, "rma", KEEPS, RMA_STATE, KEEPS },
  { BH_MAY_VOID, "rma_line", KEEPS, LINE_STATE, KEEPS },

  { BH_MAY_MOVE, "move", ADDS, NULL, KEEPS },
  { BH_MAY_MOVE, "place", ADDS, PLACE ", tote", KEEPS },
  { BH_MAY_MOVE, "clock", ADDS, CLOCK, KEEPS },

  { BH_MAY_BENCH, "job", ADDS,
    "state, technician, disposition, fault, void_reason, versions, next, posted_us", KEEPS },
  { BH_MAY_BENCH, "job_entry", ADDS, NULL, KEEPS },
  { BH_MAY_BENCH, "job_post", ADDS, NULL, KEEPS },
  { BH_MAY_BENCH, "blob", ADDS, NULL, KEEPS },
  { BH_MAY_BENCH, "clock", ADDS, CLOCK, KEEPS },
  { BH_MAY_BENCH, "rma", KEEPS, "state", KEEPS },
  { BH_MAY_BENCH, "support_case", KEEPS, "modified_us", KEEPS },
  { BH_MAY_BENCH, "label_job", ADDS, NULL, KEEPS },
  MAIL (BH_MAY_BENCH),

  { BH_MAY_ISSUE, "support_case", ADDS,
    "site, priority, contact, platform, status, modified_us, closed_us, urgency", KEEPS },
  { BH_MAY_ISSUE, "escalation", ADDS, NULL, KEEPS },
  { BH_MAY_ISSUE, "rma", ADDS, RMA_STATE ", urgency", KEEPS },
  { BH_MAY_ISSUE, "rma_line", ADDS,
    LINE_STATE ", part, flag, coverage, level, urgency, delivered_us, replacement", KEEPS },
  { BH_MAY_ISSUE, "clock", ADDS, CLOCK, KEEPS },
  { BH_MAY_ISSUE, "search_word", ADDS, NULL, REMOVES },
  { BH_MAY_ISSUE, "setting", ADDS, "value", KEEPS },
  MAIL (BH_MAY_ISSUE),
  { BH_MAY_OVERRIDE, "rma", KEEPS, "override_reason, override_by", KEEPS },

  { BH_MAY_CHASE, "chase", ADDS, "on_day, at_us", REMOVES },
  { BH_MAY_CHASE, "reminder", ADDS, NULL, REMOVES },
  { BH_MAY_CHASE, "extension", ADDS, "undone_us", KEEPS },
  { BH_MAY_CHASE, "claim", ADDS, "state, decided_by, reason, decided_us, withdrawn_us", KEEPS },
  { BH_MAY_CHASE, "certificate", ADDS, NULL, KEEPS },
  { BH_MAY_CHASE, "clock", ADDS, CLOCK, KEEPS },
  { BH_MAY_CHASE, "clock_pause", ADDS, "to_us", KEEPS },
  { BH_MAY_CHASE, "rma", KEEPS, RMA_STATE, KEEPS },
  { BH_MAY_CHASE, "rma_line", KEEPS, LINE_STATE ", certificate", KEEPS },
  { BH_MAY_CHASE, "mail", ADDS,
    "rmas, language, details, state, error, to_address, claimed_by, claimed_until_us,"
    " attempted_us, tries, sent_us",
    KEEPS },
  { BH_MAY_CHASE, "mail_word", ADDS, NULL, REMOVES },

  { BH_MAY_CHARGE, "charge", ADDS, "credited_us, credited_by, credit_reason", KEEPS },
  { BH_MAY_CHARGE, "clock", ADDS, CLOCK, KEEPS },
  { BH_MAY_CHARGE, "rma", KEEPS, RMA_STATE, KEEPS },
  { BH_MAY_CHARGE, "rma_line", KEEPS, LINE_STATE, KEEPS },
  MAIL (BH_MAY_CHARGE),

  { BH_MAY_PRINT, "label_job", ADDS,
    "state, error, next_us, copy, printer, printed_us, printed_by, claimed_by, claimed_until_us,"
    " station, tries",
    KEEPS },
  { BH_MAY_PRINTERS, "printer", ADDS, "target, language, dpi, darkness, speed", REMOVES },

  RECOUNT (BH_MAY_POLICY),
  { BH_MAY_POLICY, "export_policy", ADDS, "extra_days, possible, note", REMOVES },
  RECOUNT (BH_MAY_CALENDAR),
  { BH_MAY_CALENDAR, "calendar", ADDS, "ics, changed_us", KEEPS },

  { BH_MAY_IMPORT, "account", ADDS, "name, country, language, email", KEEPS },
  { BH_MAY_IMPORT, "site", ADDS, "name, address, city, postal_code, country, time_zone", KEEPS },
  { BH_MAY_IMPORT, "product", ADDS,
    "description, platform, list_price, currency, first_shipment, end_of_life, end_of_service,"
    " third_party, components",
    KEEPS },
  { BH_MAY_IMPORT, "unit", ADDS,
    "part, account, site, shipped, registered, distributor, contract, contract_level,"
    " contract_until",
    KEEPS },
  { BH_MAY_IMPORT, "destination", ADDS,
    "name, address, city, postal_code, country, time_zone, calendar, contract_manufacturer",
    KEEPS },
  { BH_MAY_IMPORT, "calendar", ADDS, "ics, changed_us", KEEPS },
  { BH_MAY_IMPORT, "fault", ADDS, "parent, description", KEEPS },
  { BH_MAY_IMPORT, "repair_action", ADDS, "description", KEEPS },
  { BH_MAY_IMPORT, "disposition", ADDS, "description", KEEPS },
  { BH_MAY_IMPORT, "test_limit", ADDS, "low, high, unit", KEEPS },
  { BH_MAY_IMPORT, "support_case", ADDS, NULL, KEEPS },
  { BH_MAY_IMPORT, "rma", ADDS, RMA_STATE, KEEPS },
  { BH_MAY_IMPORT, "rma_line", ADDS, LINE_STATE ", part, flag, account_name", KEEPS },
  { BH_MAY_IMPORT, "clock", ADDS, CLOCK ", started_us, zone, calendar", KEEPS },
  { BH_MAY_IMPORT, "clock_pause", ADDS, "to_us", KEEPS },
  { BH_MAY_IMPORT, "search_word", ADDS, NULL, REMOVES },
  { BH_MAY_IMPORT, "setting", ADDS, "value", KEEPS },
};

char *
bh_permissions_sql (gboolean people)
{
  g_autoptr (GPtrArray) rights = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) written = g_ptr_array_new_with_free_func (g_free);

  for (int may = 0; may < BH_MAY_LAST; may++)
    for (int role = 0; role < BH_ROLE_LAST; role++)
      if (bh_role_may ((BhRole) role, (BhMay) may)) {
        BhRightRole row = { bh_may_text ((BhMay) may), bh_role_name ((BhRole) role) };

        g_ptr_array_add (rights, g_memdup2 (&row, sizeof row));
      }
  for (gsize i = 0; i < G_N_ELEMENTS (writes); i++) {
    const Write *write = &writes[i];
    BhTableWrite row = { bh_may_text (write->may), write->table, write->adds, write->changes,
                         write->removes };

    g_ptr_array_add (written, g_memdup2 (&row, sizeof row));
  }
  return bh_database_roles_sql (rights, written, people);
}
