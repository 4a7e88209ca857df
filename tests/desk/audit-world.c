/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "audit-world.h"

#include "backhaul/audit-entry.h"

/* As many acts as asked for, an entry each. */
void
audit_world_act (BhDesk *desk, guint n)
{
  for (guint i = 0; i < n; i++) {
    g_autofree char *told = world_receive (desk, NULL, "SN-NOWHERE | BH!NEXT-BOX");

    g_assert_cmpstr (told, ==, "D3 refuse");
  }
}

void
audit_world_sign (World *world, BhDesk *desk)
{
  g_autoptr (GError) error = NULL;

  bh_desk_checkpoint (desk, world->keys, NULL, &error);
  g_assert_no_error (error);
}

void
audit_world_keep (World *world, guint expected)
{
  g_autoptr (GError) error = NULL;
  guint added = 0;

  bh_checkpoint_file_append (world->south, world->kept, &added, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (added, ==, expected);
}

BhDesk *
audit_world_desk (World *world, const char *station)
{
  g_autoptr (GError) error = NULL;
  BhDesk *desk = bh_desk_open (test_wrap_uri (world->wrap), BH_STORE_MIGRATE, "tess", "north",
                               station, &error);

  g_assert_no_error (error);
  return desk;
}

void
audit_world_open (World *world)
{
  world->wrap = test_wrap_new (test_wrap_engine_from_env ());
  world->north = audit_world_desk (world, NORTH);
  world_fill (world->north);
  world->south = audit_world_desk (world, SOUTH);
  world->keys = g_build_filename (test_wrap_folder (world->wrap), "keys", NULL);
  world->kept = g_build_filename (test_wrap_folder (world->wrap), "kept.jsonl", NULL);
}

void
audit_world_set_up (World *world)
{
  audit_world_open (world);
  audit_world_act (world->north, 8);
  audit_world_act (world->south, 3);
  audit_world_sign (world, world->north);
  audit_world_sign (world, world->south);
  audit_world_act (world->north, 4);
  audit_world_sign (world, world->north);
  audit_world_keep (world, 3);
  audit_world_act (world->north, 1);
}

void
audit_world_close (World *world)
{
  bh_desk_close (world->north);
  bh_desk_close (world->south);
  test_wrap_free (world->wrap);
  g_free (world->keys);
  g_free (world->kept);
}

GPtrArray *
audit_world_kept (World *world)
{
  GPtrArray *kept = g_ptr_array_new_with_free_func ((GDestroyNotify) bh_checkpoint_free);
  g_autoptr (GError) error = NULL;

  bh_checkpoint_file_read (world->kept, kept, &error);
  g_assert_no_error (error);
  return kept;
}

/* ---- who does harm ------------------------------------------------------------------- */

typedef struct {
  gint64 at_us;
  char *fields[6]; /* operator, act, what, entity, before, after */
} Row;

static void
row_free (gpointer data)
{
  Row *row = data;

  for (guint i = 0; i < G_N_ELEMENTS (row->fields); i++)
    g_free (row->fields[i]);
  g_free (row);
}

static GPtrArray *
read_rows (BhDesk *desk)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (row_free);
  g_autoptr (BhTx) tx = bh_store_begin_read (bh_desk_store (desk), NULL);
  g_autoptr (BhAuditReader) reader =
      bh_store_audit_read_station (bh_desk_store (desk), NORTH, 1, NULL);
  gboolean more = TRUE;
  BhAuditEntry entry;

  g_assert_nonnull (tx);
  while (bh_audit_reader_next (reader, &entry, &more, NULL) && more) {
    Row *row = g_new0 (Row, 1);

    row->at_us = entry.at_us;
    row->fields[0] = g_strdup (entry.operator);
    row->fields[1] = g_strdup (entry.act);
    row->fields[2] = g_strdup (entry.what);
    row->fields[3] = g_strdup (entry.entity);
    row->fields[4] = g_strdup (entry.before);
    row->fields[5] = g_strdup (entry.after);
    g_ptr_array_add (rows, row);
  }
  return rows;
}

void
audit_world_run (BhDesk *desk, const char *sql)
{
  g_autoptr (GError) error = NULL;

  bh_store_run (bh_desk_store (desk), NULL, &error, sql, "");
  g_assert_no_error (error);
}

/* The chain anew, each hash right. */
static void
write_rows (BhDesk *desk, GPtrArray *rows)
{
  g_autofree char *previous = g_strdup ("");
  g_autoptr (GError) error = NULL;

  audit_world_run (desk, "DELETE FROM audit WHERE station = '" NORTH "'");
  for (guint i = 0; i < rows->len; i++) {
    const Row *row = g_ptr_array_index (rows, i);
    char *const *f = row->fields;
    char *hash =
        bh_audit_hash (NORTH, i + 1, row->at_us, f[0], f[1], f[2], f[3], f[4], f[5], previous);

    bh_store_run (bh_desk_store (desk), NULL, &error,
                  "INSERT INTO audit (station, seq, at_us, operator, act, what, entity, before,"
                  " after, previous, hash)"
                  " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
                  "tiitttttttt", NORTH, (gint64) i + 1, row->at_us, f[0], f[1], f[2], f[3], f[4],
                  f[5], previous, hash);
    g_assert_no_error (error);
    g_free (previous);
    previous = hash;
  }
}

static void
alter (GPtrArray *rows)
{
  Row *row = g_ptr_array_index (rows, 4);

  g_free (row->fields[5]);
  row->fields[5] = g_strdup ("nothing happened");
}

static void
drop (GPtrArray *rows)
{
  g_ptr_array_remove_index (rows, 4);
}

static void
drop_the_end (GPtrArray *rows)
{
  g_ptr_array_set_size (rows, 11);
}

static void
drop_all (GPtrArray *rows)
{
  g_ptr_array_set_size (rows, 0);
}

static void
swap (GPtrArray *rows)
{
  gpointer fifth = rows->pdata[4];

  rows->pdata[4] = rows->pdata[6];
  rows->pdata[6] = fifth;
}

static void
put_in (GPtrArray *rows)
{
  Row *row = g_new0 (Row, 1);

  row->at_us = WORLD_NOW;
  row->fields[0] = g_strdup ("tess");
  row->fields[1] = g_uuid_string_random ();
  row->fields[2] = g_strdup ("receive");
  row->fields[3] = g_strdup ("receipt:x");
  g_ptr_array_insert (rows, 4, row);
}

static void
alter_unsigned (GPtrArray *rows)
{
  Row *row = g_ptr_array_index (rows, 13);

  g_free (row->fields[5]);
  row->fields[5] = g_strdup ("nothing happened");
}

const Harm audit_harms[] = {
  { "altered", alter, BH_AUDIT_ALTERED, 5 },
  { "removed", drop, BH_AUDIT_REMOVED, 5 },
  { "removed-at-the-end", drop_the_end, BH_AUDIT_REMOVED, 12 },
  { "removed-all", drop_all, BH_AUDIT_REMOVED, 1 },
  { "reordered", swap, BH_AUDIT_REORDERED, 5 },
  { "inserted", put_in, BH_AUDIT_INSERTED, 5 },
  /* the limit: what no checkpoint has yet */
  { "altered-unsigned", alter_unsigned, BH_AUDIT_SOUND, 0 },
};

const gsize audit_n_harms = G_N_ELEMENTS (audit_harms);

void
audit_world_harm (World *world, gsize i)
{
  g_autoptr (GPtrArray) rows = read_rows (world->north);

  g_assert_cmpuint (rows->len, >=, 14);
  audit_harms[i].harm (rows);
  write_rows (world->north, rows);
}
