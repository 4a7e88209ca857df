/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bh-store"

#include "postgres-why.h"

#include <gio/gio.h>
#include <string.h>

#include "backhaul/error.h"

/* for each step, seconds */
#define PATIENCE 3
#define PORT     5432

/* What the server says (PostgreSQL, appendix A), where it says it while one connects. */
static const struct {
  const char *state;
  const char *why;
  const char *advice;
  BhError code;
} refusals[] = {
  { "28P01", "the password is wrong, or the user is not known there", "type both again",
    BH_ERROR_STORE },
  { "28000", "the server does not let this user in from here",
    "ask who looks after it for a line in pg_hba.conf", BH_ERROR_STORE },
  { "3D000", "the server has no database of that name",
    "look at the name; the site's administrator makes it", BH_ERROR_STORE },
  { "53300", "the server has no room for another station", "ask who looks after it",
    BH_ERROR_LOST },
  { "57P03", "the server is starting or stopping", "try again in a moment", BH_ERROR_LOST },
};

typedef struct {
  const char *name; /* of the whole */
  const char *mode;
  const char *roots;
  char *host;
  guint16 port;
  GTlsCertificateFlags faults;
  char *until; /* which day the certificate ends */
} Look;

/* @code: %BH_ERROR_LOST: nobody is there, or not now; %BH_ERROR_STORE: somebody is, who does not
 * let in or is not the one. */
static void
say_as (BhError code, const Look *look, GError **error, const char *why, const char *advice)
{
  g_set_error (error, BH_ERROR, (int) code, "%s: cannot connect: %s; %s", look->name, why, advice);
}

static void
say (const Look *look, GError **error, const char *why, const char *advice)
{
  say_as (BH_ERROR_STORE, look, error, why, advice);
}

/* ---- is anybody there ----------------------------------------------------------- */

static GSocketConnection *
knock (const Look *look, GError **error)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError) fault = NULL;
  g_autofree char *why = NULL;
  GSocketConnection *connection;

  g_socket_client_set_timeout (client, PATIENCE);
  g_socket_client_set_enable_proxy (client, FALSE);
  connection = g_socket_client_connect_to_host (client, look->host, look->port, NULL, &fault);
  if (connection != NULL)
    return connection;
  if (fault->domain == G_RESOLVER_ERROR) {
    why = g_strdup_printf ("nobody knows a host %s", look->host);
    say_as (BH_ERROR_LOST, look, error, why, "look at its name, and at the network");
  } else if (g_error_matches (fault, G_IO_ERROR, G_IO_ERROR_TIMED_OUT)) {
    why = g_strdup_printf ("%s does not answer on port %u", look->host, look->port);
    say_as (BH_ERROR_LOST, look, error, why, "look at the network, and whether the server runs");
  } else {
    why = g_strdup_printf ("%s takes no call on port %u (%s)", look->host, look->port,
                           fault->message);
    say_as (BH_ERROR_LOST, look, error, why, "look whether the server runs, and at the port");
  }
  return NULL;
}

/* ---- what it shows for itself --------------------------------------------------- */

/* Whatever it is, it is looked at and then left. */
static gboolean
on_certificate (GTlsConnection *tls, GTlsCertificate *certificate, GTlsCertificateFlags faults,
                gpointer data)
{
  Look *look = data;
  g_autoptr (GDateTime) end = g_tls_certificate_get_not_valid_after (certificate);

  look->faults = faults;
  look->until = end != NULL ? g_date_time_format (end, "%Y-%m-%d") : g_strdup ("?");
  return TRUE;
}

static void
tell_faults (const Look *look, GError **error)
{
  g_autofree char *why = NULL;

  if (look->faults & G_TLS_CERTIFICATE_EXPIRED) {
    why = g_strdup_printf ("the certificate of %s was valid until %s", look->host, look->until);
    say (look, error, why, "the site's administrator gives the server a new one");
  } else if (look->faults & G_TLS_CERTIFICATE_UNKNOWN_CA) {
    why = g_strdup_printf ("the certificate of %s is not signed by whom this station trusts",
                           look->host);
    say (look, error, why,
         "choose the site's root certificate; if it is chosen, somebody else may pose as the "
         "server: tell the site's administrator");
  } else if (look->faults & G_TLS_CERTIFICATE_BAD_IDENTITY) {
    why = g_strdup_printf ("the certificate is another host's, not that of %s", look->host);
    say (look, error, why, "write the server's name as its certificate has it");
  } else if (look->faults & G_TLS_CERTIFICATE_NOT_ACTIVATED) {
    why = g_strdup_printf ("the certificate of %s is not valid yet", look->host);
    say (look, error, why, "look at the clock of this station");
  } else {
    why = g_strdup_printf ("the certificate of %s is not good", look->host);
    say (look, error, why, "tell the site's administrator");
  }
}

/* FALSE: it is the certificate, or there is none. */
static gboolean
look_at_certificate (Look *look, GSocketConnection *connection, GError **error)
{
  static const guint8 ask[] = { 0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f }; /* SSLRequest */
  GIOStream *io = G_IO_STREAM (connection);
  g_autoptr (GSocketConnectable) who = g_network_address_new (look->host, look->port);
  g_autoptr (GTlsDatabase) roots = NULL;
  g_autoptr (GIOStream) tls = NULL;
  g_autoptr (GError) fault = NULL;
  char answer = 0;

  if (!g_output_stream_write_all (g_io_stream_get_output_stream (io), ask, sizeof ask, NULL, NULL,
                                  NULL) ||
      g_input_stream_read (g_io_stream_get_input_stream (io), &answer, 1, NULL, NULL) != 1) {
    say (look, error, "what answers there is no PostgreSQL", "look at the host and the port");
    return FALSE;
  }
  if (answer != 'S') {
    say (look, error, "the server offers no encryption, so it cannot show who it is",
         "the site's administrator gives it a certificate");
    return FALSE;
  }
  if (look->roots != NULL && (roots = g_tls_file_database_new (look->roots, &fault)) == NULL) {
    g_autofree char *why = g_strdup_printf ("%s: %s", look->roots, fault->message);

    say (look, error, why, "choose the site's root certificate");
    return FALSE;
  }
  tls = g_tls_client_connection_new (io, who, NULL);
  if (tls == NULL)
    return TRUE; /* no library for it: libpq's words must do */
  if (roots != NULL)
    g_tls_connection_set_database (G_TLS_CONNECTION (tls), roots);
  g_signal_connect (tls, "accept-certificate", G_CALLBACK (on_certificate), look);
  g_tls_connection_handshake (G_TLS_CONNECTION (tls), NULL, NULL);
  if (g_str_equal (look->mode, "verify-ca"))
    look->faults &= ~G_TLS_CERTIFICATE_BAD_IDENTITY;
  if (look->faults == 0)
    return TRUE;
  tell_faults (look, error);
  return FALSE;
}

/* ---- what it says --------------------------------------------------------------- */

/* Once more, with the SQLSTATE, by which a refusal is known in every language. */
static PGconn *
dial_verbosely (const BhPq *pq, const char *const *words, const char *const *values)
{
  PGconn *connection = pq->connectStartParams (words, values, 1);
  gint64 until = g_get_monotonic_time () + PATIENCE * G_TIME_SPAN_SECOND;
  PostgresPollingStatusType state = PGRES_POLLING_WRITING;

  pq->setErrorVerbosity (connection, PQERRORS_VERBOSE);
  while (state != PGRES_POLLING_OK && state != PGRES_POLLING_FAILED &&
         pq->socket (connection) >= 0) {
    int left_ms = (int) ((until - g_get_monotonic_time ()) / 1000);
    GPollFD fd = { .fd = pq->socket (connection),
                   .events = state == PGRES_POLLING_READING ? G_IO_IN : G_IO_OUT };

    if (left_ms <= 0 || g_poll (&fd, 1, left_ms) <= 0)
      break;
    state = pq->connectPoll (connection);
  }
  return connection;
}

static void
tell_refusal (const BhPq *pq, const Look *look, PGconn *failed, const char *const *words,
              const char *const *values, GError **error)
{
  PGconn *again = dial_verbosely (pq, words, values);
  const char *said = pq->errorMessage (again);
  g_autofree char *why = g_strdup (pq->errorMessage (failed));
  gboolean without = pq->connectionNeedsPassword (again) != 0;
  g_autofree char *state = NULL;
  const char *advice = "look at the address, the server and the network";
  BhError code = BH_ERROR_STORE;

  for (guint i = 0; i < G_N_ELEMENTS (refusals) && state == NULL; i++) {
    g_autofree char *word = g_strdup_printf (" %s: ", refusals[i].state);

    if (strstr (said, word) == NULL)
      continue;
    state = g_strdup (refusals[i].state);
    g_free (why);
    why = g_strdup (refusals[i].why);
    advice = refusals[i].advice;
    code = refusals[i].code;
  }
  /* who stands in for a server that is away takes the call, and ends it or says nothing */
  if (state == NULL && !without && strstr (said, "FATAL") == NULL)
    code = BH_ERROR_LOST;
  pq->finish (again);
  if (state == NULL && without) {
    g_free (why);
    why = g_strdup ("the server wants a password, and none is on hand");
    advice = "type it, or keep it in ~/.pgpass";
  }
  if (*g_strstrip (why) == '\0') {
    g_free (why);
    why = g_strdup ("the server says nothing");
  }
  say_as (code, look, error, g_strdelimit (why, "\n", ' '), advice);
}

/* ---- all of it ------------------------------------------------------------------ */

static const char *
option (const PQconninfoOption *options, const char *keyword)
{
  for (; options != NULL && options->keyword != NULL; options++)
    if (g_str_equal (options->keyword, keyword))
      return options->val != NULL && *options->val != '\0' ? options->val : NULL;
  return NULL;
}

/* One of several hosts that answers; FALSE: none does, or it is not the one. */
static gboolean
look_at_hosts (Look *look, const char *hosts, const char *ports, GError **error)
{
  g_auto (GStrv) host = g_strsplit (hosts, ",", -1);
  g_auto (GStrv) port = g_strsplit (ports != NULL ? ports : "", ",", -1);
  guint n = g_strv_length (port);

  for (guint i = 0; host[i] != NULL; i++) {
    const char *number = n == 0 ? "" : port[MIN (i, n - 1)];
    g_autoptr (GSocketConnection) connection = NULL;

    if (*host[i] == '/' || *host[i] == '\0')
      return TRUE; /* a socket of this computer */
    g_free (look->host);
    look->host = g_strdup (host[i]);
    look->port = *number != '\0' ? (guint16) g_ascii_strtoull (number, NULL, 10) : PORT;
    g_clear_error (error);
    connection = knock (look, error);
    if (connection != NULL)
      return !g_str_has_prefix (look->mode, "verify-") ||
             look_at_certificate (look, connection, error);
  }
  return FALSE;
}

void
bh_pg_why (const BhPq *pq, PGconn *failed, const char *const *words, const char *const *values,
           const char *name, GError **error)
{
  PQconninfoOption *options = pq->conninfo (failed);
  const char *hosts = option (options, "hostaddr");
  Look look = { .name = name, .mode = option (options, "sslmode") };
  g_autoptr (GError) why = NULL;

  look.roots = option (options, "sslrootcert");
  if (look.mode == NULL)
    look.mode = "prefer";
  if (option (options, "host") != NULL)
    hosts = option (options, "host");
  if (hosts == NULL || look_at_hosts (&look, hosts, option (options, "port"), &why))
    tell_refusal (pq, &look, failed, words, values, &why);
  g_propagate_error (error, g_steal_pointer (&why));
  pq->conninfoFree (options);
  g_free (look.host);
  g_free (look.until);
}
