/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "backhaulctl"

#include "pin-prompt.h"

#include <fcntl.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "backhaul/operators.h"
#include "backhaul/station-memory.h"

/* A line of the terminal; what is beyond a PIN's length is no PIN either. */
static char *
read_line (int terminal)
{
  char line[64];
  gsize n = 0;
  char c;
  char *pin;

  while (read (terminal, &c, 1) == 1 && c != '\n' && c != '\r')
    if (n < sizeof line - 1)
      line[n++] = c;
  line[n] = '\0';
  pin = g_strdup (line);
  explicit_bzero (line, sizeof line);
  return pin;
}

static char *
ask (const char *question)
{
  int terminal = open ("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
  struct termios was;
  struct termios hidden;
  char *pin = NULL;

  if (terminal < 0)
    return NULL;
  if (tcgetattr (terminal, &was) == 0) {
    hidden = was;
    hidden.c_lflag &= (tcflag_t) ~ECHO;
    if (tcsetattr (terminal, TCSAFLUSH, &hidden) == 0 &&
        write (terminal, question, strlen (question)) == (gssize) strlen (question))
      pin = read_line (terminal);
    tcsetattr (terminal, TCSAFLUSH, &was);
    if (write (terminal, "\n", 1) != 1)
      g_debug ("the terminal went away");
  }
  close (terminal);
  return pin;
}

char *
cli_pin (const char *variable, const char *question)
{
  const char *given = g_getenv (variable);

  return given != NULL && *given != '\0' ? g_strdup (given) : ask (question);
}

gboolean
cli_sign_in (BhDesk *desk, const char *login, GError **error)
{
  g_autofree char *question = NULL;
  char *pin;
  gboolean ok;

  if (!bh_desk_needs_pin (desk))
    return TRUE;
  question = g_strdup_printf ("PIN of %s: ", login);
  pin = cli_pin ("BACKHAUL_PIN", question);
  if (pin == NULL) {
    g_set_error (error, BH_ERROR, BH_ERROR_FORBIDDEN,
                 "%s: a PIN is needed; name yourself by --operator and set BACKHAUL_PIN, or run it "
                 "on a terminal",
                 login);
    return FALSE;
  }
  ok = bh_desk_is_away (desk) ? bh_desk_sign_in_away (desk, login, pin, bh_now_us (), error)
                              : bh_desk_sign_in (desk, login, pin, bh_now_us (), error);
  bh_pin_free (pin);
  return ok;
}
