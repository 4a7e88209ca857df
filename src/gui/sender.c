/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-gui"

#include "sender.h"

#include "module.h"

const BhSender *
bh_sender (GError **error)
{
  static BhModule module = { "libbackhaul-sender.so", "bh_sender_module", "mail and labels" };

  return bh_module_load (&module, error);
}
