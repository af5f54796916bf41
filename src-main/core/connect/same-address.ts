/** Two SCIM base addresses are the same without their query (a compatibility flag), trailing slash and letter case of the host. */
const comparable = (address: string): string => {
  const [withoutQuery = ''] = address.trim().split(/[?#]/u);
  return withoutQuery.replace(/\/+$/u, '').toLowerCase();
};

/** Whether two SCIM base addresses lead to the same place. */
export const isSameAddress = (one: string, other: string): boolean => comparable(one) === comparable(other);
