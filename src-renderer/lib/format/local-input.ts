/** What a `datetime-local` field shows for an ISO time: local time without a zone; empty for none or nonsense. */
export const toLocalInput = (iso: string | null): string => {
  const date = new Date(iso ?? '');
  if (iso === null || Number.isNaN(date.getTime())) return '';
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
};

/** The ISO time (UTC) of what such a field holds; null when it is empty or incomplete. */
export const fromLocalInput = (text: string): string | null => {
  const date = new Date(text);
  return text === '' || Number.isNaN(date.getTime()) ? null : date.toISOString();
};
