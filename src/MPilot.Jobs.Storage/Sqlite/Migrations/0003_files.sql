-- Pictures uploaded once, to be referred to by edits. A file owns its artifact in artifact_refs until expires_at.

CREATE TABLE files (
    id          TEXT PRIMARY KEY NOT NULL,
    tenant      TEXT NOT NULL,
    artifact    TEXT NOT NULL,
    purpose     TEXT NOT NULL,
    format      TEXT NOT NULL,
    width       INTEGER NOT NULL,
    height      INTEGER NOT NULL,
    frames      INTEGER NOT NULL,
    has_alpha   INTEGER NOT NULL,
    orientation INTEGER NOT NULL,
    created_at  INTEGER NOT NULL,
    expires_at  INTEGER NOT NULL
) WITHOUT ROWID;
CREATE UNIQUE INDEX files_by_tenant ON files (tenant, id);
CREATE INDEX files_by_purpose ON files (tenant, purpose, id);
CREATE INDEX files_ending ON files (expires_at);
