/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

typedef struct _TestWrap TestWrap;

TestWrap *test_wrap_new (const char *engine);
const char *test_wrap_uri (TestWrap *self);
void test_wrap_free (TestWrap *self);
const char *test_wrap_engine_from_env (void);
