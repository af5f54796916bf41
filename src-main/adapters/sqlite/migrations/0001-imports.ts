/** Which rows of the log were not collected but imported from files, and when. */
export const imports = `
CREATE TABLE log_imports (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  files TEXT NOT NULL,
  format TEXT NOT NULL
) STRICT;

CREATE TABLE imported_rows (
  log_id TEXT PRIMARY KEY,
  import_id INTEGER NOT NULL REFERENCES log_imports (id)
) STRICT, WITHOUT ROWID;
`;
