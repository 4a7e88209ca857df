/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <libpq-fe.h>

/* libpq is loaded when a PostgreSQL store is opened: with it come two dozen libraries, which a
 * program on an embedded store need not wait for at its start. */
#define BH_PQ_FUNCTIONS(X)                                                                         \
  X (cancel)                                                                                       \
  X (clear)                                                                                        \
  X (cmdStatus)                                                                                    \
  X (cmdTuples)                                                                                    \
  X (connectdbParams)                                                                              \
  X (connectionNeedsPassword)                                                                      \
  X (connectPoll)                                                                                  \
  X (connectStartParams)                                                                           \
  X (conninfo)                                                                                     \
  X (conninfoFree)                                                                                 \
  X (consumeInput)                                                                                 \
  X (db)                                                                                           \
  X (enterPipelineMode)                                                                            \
  X (errorMessage)                                                                                 \
  X (exitPipelineMode)                                                                             \
  X (finish)                                                                                       \
  X (freeCancel)                                                                                   \
  X (freemem)                                                                                      \
  X (getCancel)                                                                                    \
  X (getisnull)                                                                                    \
  X (getResult)                                                                                    \
  X (getvalue)                                                                                     \
  X (host)                                                                                         \
  X (isBusy)                                                                                       \
  X (notifies)                                                                                     \
  X (ntuples)                                                                                      \
  X (parameterStatus)                                                                              \
  X (pipelineSync)                                                                                 \
  X (putCopyData)                                                                                  \
  X (putCopyEnd)                                                                                   \
  X (resultErrorField)                                                                             \
  X (resultErrorMessage)                                                                           \
  X (resultStatus)                                                                                 \
  X (sendPrepare)                                                                                  \
  X (sendQuery)                                                                                    \
  X (sendQueryParams)                                                                              \
  X (sendQueryPrepared)                                                                            \
  X (setErrorVerbosity)                                                                            \
  X (setNoticeReceiver)                                                                            \
  X (socket)                                                                                       \
  X (status)                                                                                       \
  X (unescapeBytea)

typedef struct {
#define X(name) __typeof__ (&PQ##name) name;
  BH_PQ_FUNCTIONS (X)
#undef X
} BhPq;

/* (transfer none): the same for all threads. NULL with BH_ERROR_STORE: it is not installed. */
const BhPq *bh_pq_load (GError **error);
