/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/**
 * SECTION:wrap
 *
 * A fresh place for a store, per engine: a file in a folder of its own, or a
 * database of its own in the cluster that tests/pg-run started (BH_TEST_PG).
 */

typedef struct _TestWrap TestWrap;

TestWrap *test_wrap_new (const char *engine);
const char *test_wrap_uri (TestWrap *self);
/* A folder of its own, for files; removed with all in it. */
const char *test_wrap_folder (TestWrap *self);
void test_wrap_free (TestWrap *self);
/* "postgresql" under tests/pg-run, else "sqlite": one test program, run twice. */
const char *test_wrap_engine_from_env (void);
