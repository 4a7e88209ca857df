/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wedge.h"

G_BEGIN_DECLS

/* What this station's scanner is like; the defaults where nothing is installed. */
void bh_settings_wedge (BhWedgeRules *rules, gboolean *us_layout);

G_END_DECLS
