/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backhaul/trail-store.h"

G_BEGIN_DECLS

/* Who changed what somebody looks at, or types into. Either may be NULL: nobody has. */

gboolean bh_act_is_same (const BhTrailRow *one, const BhTrailRow *two);
/* @act, if it was done to @entity, as the journal names things; else NULL */
const BhTrailRow *bh_act_of (const BhTrailRow *act, const char *entity);
/* (transfer full): "SITE: changed by Jane Doe at 14:03."; @advice, unless it is NULL, behind it */
char *bh_act_words (const char *thing, const BhTrailRow *act, const char *advice);

G_END_DECLS
