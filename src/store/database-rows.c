/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "database-rows.h"

/* A rule is asked when a row could break it: what most rows are is said in WHEN, which costs next
 * to nothing. bh_may() is TRUE for the owner, who is not asked (decision 0049). */

#define FUNCTION(name, body)                                                                       \
  "CREATE OR REPLACE FUNCTION " name " () RETURNS trigger LANGUAGE plpgsql"                        \
  " SET search_path FROM CURRENT AS $bh$ BEGIN " body " END $bh$;"
#define REFUSE(message) "RAISE insufficient_privilege USING MESSAGE = " message ";"
#define ON_ROW(name, when, table, condition, function)                                             \
  "CREATE TRIGGER bh_rule_" name " BEFORE " when " ON " table " FOR EACH ROW WHEN (" condition     \
  ") EXECUTE FUNCTION " function " ();"
/* a person's name in @column is the session's: who is written down did it */
#define SIGNED_NEW(table, column)                                                                  \
  ON_ROW (column "_new", "INSERT", table,                                                          \
          "NEW." column " IS NOT NULL AND NEW." column " <> session_user COLLATE \"C\"",           \
          "bh_rule_signed")
#define SIGNED_OLD(table, column)                                                                  \
  ON_ROW (column "_old", "UPDATE OF " column, table,                                               \
          "NEW." column " IS DISTINCT FROM OLD." column " AND NEW." column                         \
          " <> session_user COLLATE \"C\"",                                                        \
          "bh_rule_signed")
#define SIGNED(table, column) SIGNED_NEW (table, column) SIGNED_OLD (table, column)
/* what was decided once stays */
#define DECIDED(table, column)                                                                     \
  ON_ROW (column "_kept", "UPDATE OF " column, table,                                              \
          "OLD." column " IS NOT NULL AND NEW." column " IS DISTINCT FROM OLD." column,            \
          "bh_rule_kept")

const char bh_row_rules[] =
    /* ---- names ---------------------------------------------------------------------- */
    FUNCTION ("bh_rule_signed", "IF NOT bh_may () THEN " REFUSE (
                                    "format('%s: another person''s name cannot be written down', "
                                    "session_user)") " END IF; RETURN NEW;")
    /* RA3: the analysis that follows has what was written down before, by whom it was */
    FUNCTION ("bh_rule_entry", "IF NOT bh_may () AND NOT EXISTS (SELECT 1 FROM job_entry e, job j"
                               " WHERE j.job = NEW.job AND e.job = j.follows AND e.what = NEW.what"
                               " AND e.name IS NOT DISTINCT FROM NEW.name"
                               " AND e.value IS NOT DISTINCT FROM NEW.value AND e.at_us = NEW.at_us"
                               " AND e.operator = NEW.operator) THEN " REFUSE (
                                   "format('%s: another person''s name cannot be written down', "
                                   "session_user)") " END IF; RETURN NEW;")
        SIGNED_NEW ("audit", "operator") SIGNED_NEW ("receipt", "operator") SIGNED (
            "receipt", "void_by") SIGNED_NEW ("box", "operator") SIGNED_NEW ("move", "operator")
            SIGNED ("place", "operator") SIGNED_NEW ("charge", "operator")
                SIGNED ("charge", "credited_by") SIGNED_NEW ("claim", "operator")
                    SIGNED ("claim", "decided_by") SIGNED_NEW ("certificate", "operator")
                        SIGNED_NEW ("escalation", "operator") SIGNED_NEW ("extension", "operator")
                            SIGNED_NEW ("job_post", "operator") SIGNED_NEW ("job", "approved_by")
                                SIGNED ("rma", "override_by") SIGNED ("label_job", "printed_by")
                                    ON_ROW ("operator_new", "INSERT", "job_entry",
                                            "NEW.operator <> session_user COLLATE \"C\"",
                                            "bh_rule_entry")
    /* ---- once decided ---------------------------------------------------------------- */
    FUNCTION ("bh_rule_kept",
              "IF NOT bh_may () THEN " REFUSE (
                  "format('%s: what was decided of a %s stays as it is', session_user,"
                  " TG_TABLE_NAME)") " END IF; RETURN NEW;") DECIDED ("receipt", "resolved")
        DECIDED ("charge", "credited_us") DECIDED ("charge", "credited_by")
            ON_ROW ("void_kept", "UPDATE OF void, void_reason, void_us, void_by, replaced_by",
                    "receipt",
                    "OLD.void = 1 AND (NEW.void, NEW.void_reason, NEW.void_us, NEW.void_by,"
                    " NEW.replaced_by) IS DISTINCT FROM (OLD.void, OLD.void_reason, OLD.void_us,"
                    " OLD.void_by, OLD.replaced_by)",
                    "bh_rule_kept")
    /* ---- D16: void by a supervisor, or because the same box was judged anew ------------ */
    FUNCTION ("bh_rule_void",
              "IF NOT bh_may ('void a receipt') THEN " REFUSE (
                  "format('%s: may not void a receipt', session_user)") " END IF; RETURN NEW;")
        ON_ROW ("void", "UPDATE OF void, replaced_by", "receipt",
                "OLD.void = 0 AND (NEW.void = 0 OR NEW.replaced_by IS NULL)"
                " AND (NEW.void, NEW.replaced_by) IS DISTINCT FROM (OLD.void, OLD.replaced_by)",
                "bh_rule_void")
            FUNCTION (
                "bh_rule_replaced",
                "IF NOT bh_may ('void a receipt') AND NOT EXISTS (SELECT 1 FROM receipt r"
                " WHERE r.receipt = NEW.replaced_by AND r.box = NEW.box AND r.receipt <> "
                "NEW.receipt"
                " AND r.void = 0 AND r.operator = session_user COLLATE \"C\") THEN " REFUSE (
                    "format('%s: may not void a receipt', session_user)") " END IF; RETURN NULL;")
    /* at the commit: the new receipt is written after the old one is void */
    "CREATE CONSTRAINT TRIGGER bh_rule_replaced AFTER UPDATE OF void ON receipt"
    " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.replaced_by IS NOT NULL)"
    " EXECUTE FUNCTION bh_rule_replaced ();"
    /* how a line was before it came in is what it goes back to */
    FUNCTION (
        "bh_rule_was",
        "IF NOT bh_may () AND NOT EXISTS (SELECT 1 FROM rma_line l WHERE l.id = NEW.line_id"
        " AND l.state = NEW.line_was) AND NOT EXISTS (SELECT 1 FROM receipt r"
        " WHERE r.line_id = NEW.line_id AND r.line_was = NEW.line_was) THEN " REFUSE (
            "format('%s: the line was not %s', session_user, NEW.line_was)") " END IF; RETURN NEW;")
        ON_ROW ("was", "INSERT", "receipt", "NEW.line_was IS NOT NULL", "bh_rule_was")
    /* ---- O2, O4, N1: how a line and its RMA end ---------------------------------------- */
    FUNCTION ("bh_rule_line",
              "IF bh_may ('import') OR (NEW.state IN ('charged', 'waived')"
              " AND bh_may ('charge or waive')) OR (NEW.state IN ('cancelled', 'closed')"
              " AND bh_may ('issue RMAs or keep cases', 'chase returns')) OR (NEW.state = 'charged'"
              " AND EXISTS (SELECT 1 FROM charge c WHERE c.line_id = NEW.id"
              " AND c.credited_us IS NULL)) OR (TG_OP = 'UPDATE' AND OLD.state = 'received'"
              " AND EXISTS (SELECT 1 FROM receipt r WHERE r.line_id = NEW.id"
              " AND r.line_was = NEW.state)) THEN RETURN NEW; END IF; " REFUSE (
                  "format('%s: may not make a line %s', session_user, NEW.state)"))
        ON_ROW ("line_new", "INSERT", "rma_line", "NEW.state <> 'draft'",
                "bh_rule_line") ON_ROW ("line_old", "UPDATE OF state", "rma_line",
                                        "NEW.state IN ('charged', 'waived', 'cancelled', 'closed')"
                                        " AND NEW.state IS DISTINCT FROM OLD.state",
                                        "bh_rule_line")
            FUNCTION ("bh_rule_rma",
                      "IF bh_may ('import', 'charge or waive') OR bh_may ('issue RMAs or keep "
                      "cases', 'chase returns', 'resolve holds') AND"
                      " (NEW.state NOT IN ('charged', 'waived') OR EXISTS (SELECT 1 FROM rma_line l"
                      " WHERE l.rma_id = NEW.id AND l.state = NEW.state) OR EXISTS (SELECT 1 FROM "
                      "receipt r"
                      " WHERE r.rma = NEW.rma AND r.rma_was = NEW.state))"
                      " THEN RETURN NEW; END IF; " REFUSE (
                          "format('%s: may not make an RMA %s', session_user, NEW.state)"))
                ON_ROW ("rma_new", "INSERT", "rma", "NEW.state <> 'draft'", "bh_rule_rma")
                    ON_ROW ("rma_old", "UPDATE OF state", "rma",
                            "NEW.state IS DISTINCT FROM OLD.state AND NOT (OLD.state IN ('open', "
                            "'received',"
                            " 'in-analysis') AND NEW.state IN ('open', 'received', 'in-analysis'))",
                            "bh_rule_rma")
    /* ---- RA4, RA5 ------------------------------------------------------------------------ */
    FUNCTION ("bh_rule_place",
              "IF bh_may () THEN RETURN NEW; END IF; IF NEW.kind <> "
              "split_part(NEW.location, ':', 1)"
              " THEN " REFUSE ("format('%s: %s is no %s', session_user, NEW.location, "
                               "NEW.kind)") " END IF; IF bh_may ('void a receipt') OR "
                                            "(NEW.kind IN ('dock', 'shelf', 'transit')"
                                            " AND bh_may ('receive boxes')) OR "
                                            "(NEW.kind <> 'dock'"
                                            " AND bh_may ('work on repair jobs')) OR "
                                            "(NEW.kind IN ('dock', 'customer')"
                                            " AND bh_may ('receive boxes', 'resolve "
                                            "holds')) THEN RETURN NEW; END IF; " REFUSE (
                                                "format('%s: may not move units to %s', "
                                                "session_user, NEW.kind)"))
        ON_ROW ("place", "INSERT OR UPDATE OF location, kind", "place", "TRUE", "bh_rule_place")
            FUNCTION ("bh_rule_approve",
                      "IF NOT bh_may ('approve an RA past five years') THEN " REFUSE (
                          "format('%s: may not approve an RA past five years', "
                          "session_user)") " END IF; RETURN NEW;")
                ON_ROW ("approve", "INSERT", "job", "NEW.approved_by IS NOT NULL",
                        "bh_rule_approve")
    /* ---- what a site decides; the number of the newest RMA stands among it ---------------- */
    FUNCTION ("bh_rule_setting",
              "IF bh_may ('change policy') OR (NEW.key = 'rules.version' AND bh_may ("
              "'read the store')) OR (NEW.key = 'rma.last-number'"
              " AND bh_may ('issue RMAs or keep cases')) THEN RETURN NEW; END IF; " REFUSE (
                  "format('%s: may not change policy', session_user)"))
        ON_ROW ("setting", "INSERT OR UPDATE", "setting", "TRUE", "bh_rule_setting")
    /* ---- one's own PIN -------------------------------------------------------------------- */
    FUNCTION (
        "bh_rule_pin",
        "IF NOT bh_may ('enrol operators') THEN " REFUSE (
            "format('%s: may not set another person''s PIN', session_user)") " END IF; RETURN NEW;")
        ON_ROW ("pin", "UPDATE OF pin_hash", "operator",
                "NEW.login <> session_user COLLATE \"C\" OR NEW.pin_hash IS NULL", "bh_rule_pin")
    /* ---- F6: who signs for a station; wrong PINs are one's own, or all of a station's -------- */
    FUNCTION ("bh_rule_key", "IF NOT bh_may ('give a station another key') AND EXISTS (SELECT 1"
                             " FROM station_key k WHERE k.station = NEW.station) THEN " REFUSE (
                                 "format('%s: may not give a station another key', "
                                 "session_user)") " END IF; RETURN NEW;")
        ON_ROW ("key", "INSERT", "station_key", "TRUE", "bh_rule_key")
            SIGNED_NEW ("station_key", "operator") SIGNED_NEW ("operator_seen", "login")
                ON_ROW ("seen_old", "UPDATE", "operator_seen",
                        "NEW.login <> session_user COLLATE \"C\"", "bh_rule_signed")
                    FUNCTION ("bh_rule_try",
                              "IF NOT bh_may () AND (CASE TG_OP WHEN 'DELETE' THEN OLD.login ELSE"
                              " NEW.login END) NOT IN ('', ' badge', session_user COLLATE \"C\")"
                              " THEN " REFUSE ("format('%s: may not count another person''s PINs', "
                                               "session_user)") " END IF; RETURN CASE TG_OP WHEN"
                                                                " 'DELETE' THEN OLD ELSE NEW END;")
                        ON_ROW ("try", "INSERT OR UPDATE OR DELETE", "sign_in_try", "TRUE",
                                "bh_rule_try")
    /* RA8, as the schema says it: a table of the session's own must not stand before ours */
    "ALTER FUNCTION bh_signed () SET search_path FROM CURRENT;";
