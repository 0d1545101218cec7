/* SPDX-License-Identifier: Apache-2.0
 * web/pieces.h: files that come in pieces beside a form, so that a line that breaks costs no more than what was on its
 * way (store/file_part.h). The script of the page sends them; a form without script sends its files whole.
 *
 * GET ADDRESS?id=ID says how much of a file is here, POST ADDRESS?id=ID&at=BYTES appends the file of a multipart form;
 * both answer {"at": BYTES}, the second with 409 when the file is not as long as the sender thinks. ID is the sender's
 * own: it names only files of the same person, or of the same link. */
#pragma once

#include "audit/evidence_batch.h"
#include "web/forms.h"
#include "web/upload.h"
#include "web/visit.h"

enum { PIECE_FILES_MAX = BATCH_FILES_MAX };

/* The sink for what comes to a ROUTE_PIECES; visit->asked is set where a link leads there. */
HttpUpload pieces_open(const Visit *visit);
/* Answers GET and POST. */
MUST_USE bool pieces_answer(Visit *visit, Err *err);

/* All files that came with the form of `visit`: whole ones, then those in pieces that it names (piece, piece_name,
 * piece_type, piece_title, piece_date), now stored. *missing: a piece that is not here; the form has to be sent again.
 */
typedef struct {
    BatchFile *at;
    size_t len, cap;
} BatchFiles;
MUST_USE bool pieces_take(const Visit *visit, BatchFiles *out, bool *missing, Err *err);
/* Their records are made: the pieces may go. */
void pieces_forget(const Visit *visit);
/* So that a form that comes back still names them. */
void pieces_hide(const Visit *visit, Form *form);
/* How many files the form came with. */
size_t pieces_count(const Visit *visit);
