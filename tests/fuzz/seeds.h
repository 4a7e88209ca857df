/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* What the seeds' codes say. */
extern const char *const seed_texts[];
extern const guint seed_n_texts;

/* Small pictures with codes in every format, whole and forged (element-type GBytes). */
GPtrArray *seeds_new (void);
