/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-label"

/* Printers that take bytes as they are: a TCP port, a device file. */

#include <errno.h>
#include <fcntl.h>
#include <linux/sockios.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "backhaul/printer.h"

#define CONNECT_S 5
#define WRITE_MS  10000
#define CLOSE_MS  1000

static gboolean
fail (const char *target, const char *why, const char *what_to_do, GError **error)
{
  g_set_error (error, BH_ERROR, BH_ERROR_STORE, "%s: %s; %s", target, why, what_to_do);
  return FALSE;
}

/* (transfer full): the host and port of "tcp:HOST:PORT" */
static GSocketConnectable *
address_of (const char *target, GError **error)
{
  g_autoptr (GError) why = NULL;
  const char *rest = target + strlen ("tcp:");
  const char *colon = strrchr (rest, ':');
  GSocketConnectable *address;
  gboolean port = colon != NULL && colon > rest && colon[1] != '\0' &&
                  strspn (colon + 1, "0123456789") == strlen (colon + 1) && strlen (colon) < 7;

  address = port ? g_network_address_parse (rest, 9100, &why) : NULL;
  if (address == NULL)
    g_set_error (error, BH_ERROR, BH_ERROR_USAGE,
                 "%s: no port of a host; say tcp:HOST:9100, an IPv6 address in brackets", target);
  return address;
}

gboolean
bh_printer_check_raw (const char *target, GError **error)
{
  g_autoptr (GSocketConnectable) address = NULL;

  if (!g_utf8_validate (target, -1, NULL)) {
    g_set_error (error, BH_ERROR, BH_ERROR_USAGE, "printer: its name is no text; say another");
    return FALSE;
  }
  if (g_str_has_prefix (target, "tcp:"))
    return (address = address_of (target, error)) != NULL;
  if (g_str_has_prefix (target, "usb:/") && target[strlen ("usb:/")] != '\0')
    return TRUE;
  g_set_error (error, BH_ERROR, BH_ERROR_USAGE,
               "%s: no printer's address; say tcp:HOST:9100 or usb:/dev/usb/lp0", target);
  return FALSE;
}

/* All of it, each part in time; *written tells how far it came. */
static gboolean
write_all (int fd, const guint8 *data, gsize size, gsize *written, const char **why)
{
  while (*written < size) {
    struct pollfd ready = { .fd = fd, .events = POLLOUT };
    int n = poll (&ready, 1, WRITE_MS);
    gssize some;

    if (n < 0 && errno == EINTR)
      continue;
    if (n == 0) {
      *why = "it does not take the label within 10 seconds";
      return FALSE;
    }
    some = write (fd, data + *written, size - *written);
    if (some < 0 && (errno == EINTR || errno == EAGAIN))
      continue;
    if (some < 0) {
      *why = errno == EPIPE || errno == ECONNRESET ? "it closed the connection in mid-job"
             : errno == ENOSPC                     ? "it is out of paper"
                                                   : g_strerror (errno);
      return FALSE;
    }
    *written += (gsize) some;
  }
  return TRUE;
}

/* What the other side did with the job. A label printer says nothing to a label, or a status that
 * begins with STX: words are another service's. */
static gboolean
hear (int fd, const char **why, gboolean *service)
{
  gint64 until = g_get_monotonic_time () + CLOSE_MS * 1000;
  int unsent = 0;
  int trouble = 0;
  socklen_t length = sizeof trouble;

  for (;;) {
    struct pollfd ready = { .fd = fd, .events = POLLIN };
    gint64 left = (until - g_get_monotonic_time ()) / 1000;
    int n = poll (&ready, 1, (int) MAX (left, 0));
    char answer[256];
    gssize some;

    if (n < 0 && errno == EINTR)
      continue;
    if (n == 0)
      break;
    some = read (fd, answer, sizeof answer);
    if (some > 0 && answer[0] != '\002') {
      *why = some > 5 && memcmp (answer, "HTTP/", 5) == 0
                 ? "a web service answers there, not a label printer"
                 : "another service answers there, not a label printer";
      *service = TRUE;
      return FALSE;
    }
    if (some == 0)
      break;
    if (some < 0 && errno != EINTR && errno != EAGAIN) {
      *why = "it closed the connection in mid-job";
      return FALSE;
    }
  }
  /* closed, or quiet: it has the whole of it when nothing is left to be taken */
  if (getsockopt (fd, SOL_SOCKET, SO_ERROR, &trouble, &length) == 0 && trouble == 0 &&
      ioctl (fd, SIOCOUTQ, &unsent) == 0 && unsent == 0)
    return TRUE;
  *why = trouble != 0 ? "it closed the connection in mid-job" : "it does not take the whole label";
  return FALSE;
}

static gboolean
send_tcp (const char *target, GBytes *job, BhPrintEnd *end, GError **error)
{
  g_autoptr (GSocketConnectable) address = address_of (target, error);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GError) cause = NULL;
  const char *why = NULL;
  gboolean service = FALSE;
  gsize size;
  const guint8 *data = g_bytes_get_data (job, &size);
  gsize written = 0;
  int fd;

  if (address == NULL)
    return FALSE;
  g_socket_client_set_timeout (client, CONNECT_S);
  g_socket_client_set_enable_proxy (client, FALSE);
  connection = g_socket_client_connect (client, address, NULL, &cause);
  if (connection == NULL)
    return fail (
        target,
        g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED) ? "nothing listens there"
        : g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_TIMED_OUT) ? "no answer within 5 seconds"
                                                                    : cause->message,
        "look at the printer's power, cable and address, then try again", error);
  fd = g_socket_get_fd (g_socket_connection_get_socket (connection));
  if (write_all (fd, data, size, &written, &why)) {
    shutdown (fd, SHUT_WR);
    if (hear (fd, &why, &service))
      return TRUE;
  }
  *end = service ? BH_PRINT_REFUSED : BH_PRINT_BROKEN;
  return fail (
      target, why,
      service ? "look at the address" : "see whether a label came out before it goes again", error);
}

static gboolean
send_device (const char *target, GBytes *job, BhPrintEnd *end, GError **error)
{
  const char *path = target + strlen ("usb:");
  const char *why = NULL;
  struct stat about;
  gsize size;
  const guint8 *data = g_bytes_get_data (job, &size);
  gsize written = 0;
  gboolean ok;
  int fd;

  /* no O_CREAT: a device that is unplugged must not become a file */
  fd = open (path, O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  if (fd < 0)
    return fail (target,
                 errno == ENOENT || errno == ENODEV || errno == ENXIO
                     ? "no printer is plugged in there"
                     : g_strerror (errno),
                 "look at the cable and the path", error);
  if (fstat (fd, &about) != 0 || !S_ISCHR (about.st_mode)) {
    close (fd);
    *end = BH_PRINT_REFUSED;
    return fail (target, "no device file", "write files with -o FILE", error);
  }
  ok = write_all (fd, data, size, &written, &why);
  if (close (fd) != 0 && ok) {
    why = g_strerror (errno);
    ok = FALSE;
  }
  if (ok)
    return TRUE;
  *end = written > 0 ? BH_PRINT_BROKEN : BH_PRINT_AWAY;
  return fail (target, why, "look at the printer, then try again", error);
}

gboolean
bh_printer_send_raw (const char *target, GBytes *job, BhPrintEnd *end, GError **error)
{
  gboolean ok;

  *end = BH_PRINT_AWAY;
  if (!bh_printer_check_raw (target, error))
    return FALSE;
  ok = g_str_has_prefix (target, "tcp:") ? send_tcp (target, job, end, error)
                                         : send_device (target, job, end, error);
  if (ok)
    *end = BH_PRINT_DONE;
  return ok;
}
