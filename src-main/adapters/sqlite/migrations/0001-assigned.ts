/**
 * Whom an assignment is for: without it, everybody who is asked about costs a look at every assignment. The condition
 * keeps all other objects out of the index: a quote inside a value is stored with a backslash before it.
 */
export const assigned = `
CREATE INDEX current_versions_by_principal ON current_versions (json_extract(json, '$.principalId'))
  WHERE instr(json, '"principalId":') > 0;
`;
