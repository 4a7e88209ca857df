/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Who is enrolled, to choose from. Signals: "chosen" (login): the cursor is on another person;
 * "entered": Enter on their row. */
#define BH_TYPE_PEOPLE_LIST (bh_people_list_get_type ())
G_DECLARE_FINAL_TYPE (BhPeopleList, bh_people_list, BH, PEOPLE_LIST, GtkBox)

GtkWidget *bh_people_list_new (void);
/* @rows: BhOperatorRow; @login: (nullable): whose row the cursor goes to, without a signal */
void bh_people_list_show (BhPeopleList *self, GPtrArray *rows, const char *login);
void bh_people_list_focus (BhPeopleList *self);
gboolean bh_people_list_has_focus (BhPeopleList *self);
/* Gives the keys to its search. */
void bh_people_list_find (BhPeopleList *self);

G_END_DECLS
