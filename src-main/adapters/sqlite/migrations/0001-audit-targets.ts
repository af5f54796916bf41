/**
 * Which audit events name an object: without it, everybody who is asked about costs a look at every event of a month.
 * A trigger writes it: whoever saves events need not know.
 */
export const auditTargets = `
CREATE TABLE audit_targets (
  target_id TEXT NOT NULL,
  event_id TEXT NOT NULL,
  PRIMARY KEY (target_id, event_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER note_audit_targets AFTER INSERT ON audit_events BEGIN
  INSERT OR IGNORE INTO audit_targets (target_id, event_id)
  SELECT json_extract(value, '$.id'), new.id FROM json_each(new.targets)
  WHERE json_extract(value, '$.id') IS NOT NULL;
END;
`;
