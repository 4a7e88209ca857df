/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Which camera this station looks through, as bh_camera_open() takes it: a setting that stays. */

/* (transfer full) */
char *bh_camera_choice (void);
/* For this run only where --camera named another one, or nothing is installed to keep it. */
void bh_camera_choose (const char *choice);
/* What --camera says; NULL: nothing. A path is a file's address. */
void bh_camera_choice_from_line (const char *choice);

G_END_DECLS
