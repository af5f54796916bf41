/** A text literal of an OData filter. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
