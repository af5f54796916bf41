/** Where the value of an attribute of the provisioning schema is found in what was read from Graph. */
export interface GraphAttribute {
  /** Graph's own property name, the key in `attributes`. */
  name: string;
  /** Fixed property of a user or group that is kept by itself and needs no selection. */
  fixed: boolean;
  /** The schema's attribute has one value where Graph has a list: the first. */
  firstOnly: boolean;
}

/** Names of the provisioning schema that Graph calls otherwise. */
const renamed: Readonly<Record<string, string>> = {
  objectid: 'id',
  originaluserprincipalname: 'userPrincipalName',
  mobile: 'mobilePhone',
  telephonenumber: 'businessPhones',
  facsimiletelephonenumber: 'faxNumber',
  physicaldeliveryofficename: 'officeLocation',
  dirsyncenabled: 'onPremisesSyncEnabled',
};

/** Properties that every user or group carries as fields of its own. */
const fixedNames = ['id', 'userPrincipalName', 'mail', 'displayName', 'accountEnabled', 'createdDateTime'];

/**
 * Computed by the provisioning service, references, and what it does not offer as a source: none of them is a plain
 * property of the directory object. provisioning-semantics.md 2.
 */
const notReadable = new Set(
  (
    'issoftdeleted approleassignments approleassignmentscomplex singleapproleassignment assertiveapproleassignmentscomplex ' +
    'members memberof manager owners directreports usertype samaccountname ismemberof passwordprofile'
  ).split(' '),
);

const plainName = /^[a-z]\w*$/iu;
const extensionAttribute = /^(?:onPremisesExtensionAttributes\.)?extensionAttribute([1-9]|1[0-5])$/iu;
const organisation = /^(?:employeeOrgData\.)?(costCenter|division)$/iu;

/**
 * The Graph attribute behind a name of the provisioning schema, or null when Graph has no plain property for it, so
 * that nothing which rests on it can be evaluated. `extensionAttribute1` to `15` keep their names, whichever way they
 * are written; `extension_{application}_{name}` are directory extensions and selected as they are.
 */
export const graphAttribute = (schemaName: string): GraphAttribute | null => {
  const name = schemaName.trim();
  const key = name.toLowerCase();
  if (notReadable.has(key)) return null;
  const extension = extensionAttribute.exec(name)?.[1];
  if (extension !== undefined) return { name: `extensionAttribute${extension}`, fixed: false, firstOnly: false };
  const organisational = organisation.exec(name)?.[1];
  if (organisational !== undefined) {
    return { name: key.endsWith('division') ? 'division' : 'costCenter', fixed: false, firstOnly: false };
  }
  if (!plainName.test(name)) return null;
  const graphName = renamed[key] ?? name;
  const fixed = fixedNames.find((candidate) => candidate.toLowerCase() === graphName.toLowerCase());
  return { name: fixed ?? graphName, fixed: fixed !== undefined, firstOnly: key === 'telephonenumber' };
};
