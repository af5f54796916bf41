import { z } from 'zod';
import { AppError, isAppError } from '../../core/app-error.ts';
import type { ApplicationInfo, Assignment } from '../../core/model/directory.ts';
import type { ApplicationSource, ReadOptions } from '../../services/ports.ts';
import type { GraphClient, GraphRequest } from './graph-client.ts';
import { quoted } from './odata.ts';
import { paginate } from './paginate.ts';
import { readItems } from './read-items.ts';
import { id, optionalFlag, optionalText, optionalTime, textList } from './shapes.ts';

/**
 * A thumbprint as 40 hexadecimal digits. Graph writes that of a key as base64 and that of the active key as digits;
 * anything else stays as it is.
 */
const thumbprint = (text: string | null): string | null => {
  if (text === null || text.trim() === '') return null;
  if (/^[0-9a-f]{40}$/iu.test(text)) return text.toUpperCase();
  const bytes = Buffer.from(text, 'base64');
  return bytes.length === 20 && bytes.toString('base64') === text ? bytes.toString('hex').toUpperCase() : text;
};

const servicePrincipal = z
  .object({
    id,
    appId: optionalText,
    displayName: optionalText,
    accountEnabled: optionalFlag,
    preferredSingleSignOnMode: optionalText,
    preferredTokenSigningKeyThumbprint: optionalText,
    applicationTemplateId: optionalText,
    tags: textList,
    keyCredentials: z
      .array(
        z.object({
          customKeyIdentifier: optionalText,
          startDateTime: optionalTime,
          endDateTime: optionalTime,
          usage: optionalText,
        }),
      )
      .nullish()
      .catch([]),
  })
  .transform((value): ApplicationInfo => {
    // A signing certificate has two keys: this one signs, its public half ("Verify") is for those who check.
    const certificates = (value.keyCredentials ?? []).filter((key) => key.usage === null || key.usage === 'Sign');
    return {
      servicePrincipalId: value.id,
      appId: value.appId ?? '',
      displayName: value.displayName ?? value.id,
      enabled: value.accountEnabled,
      singleSignOnMode: value.preferredSingleSignOnMode,
      tags: value.applicationTemplateId === null ? value.tags : [...value.tags, value.applicationTemplateId],
      activeThumbprint: thumbprint(value.preferredTokenSigningKeyThumbprint),
      signingCertificates: certificates.map((key) => ({
        thumbprint: thumbprint(key.customKeyIdentifier),
        startsAt: key.startDateTime,
        endsAt: key.endDateTime,
      })),
    };
  });

const readServicePrincipal = (item: unknown): ApplicationInfo | null => servicePrincipal.safeParse(item).data ?? null;

const principalTypes = ['User', 'Group', 'ServicePrincipal'] as const;

const assignment = z
  .object({
    id,
    principalId: id,
    principalType: optionalText,
    principalDisplayName: optionalText,
    appRoleId: optionalText,
    createdDateTime: optionalTime,
  })
  .transform((value): Assignment => ({
    id: value.id,
    principalId: value.principalId,
    principalType:
      principalTypes.find((type) => type.toLowerCase() === value.principalType?.toLowerCase()) ?? 'unknown',
    principalName: value.principalDisplayName,
    appRoleId: value.appRoleId ?? '00000000-0000-0000-0000-000000000000',
    createdAt: value.createdDateTime,
  }));

/** Null for what is no assignment. */
export const readAssignment = (item: unknown): Assignment | null => assignment.safeParse(item).data ?? null;

const listSelect = 'id,appId,displayName,accountEnabled,preferredSingleSignOnMode,tags,applicationTemplateId';
/** Certificates come without their keys. Only for one application: in lists Graph limits this property sharply. */
const select = `${listSelect},preferredTokenSigningKeyThumbprint,keyCredentials`;

/** The tag that every enterprise application of the portal has. */
const enterpriseTag = 'WindowsAzureActiveDirectoryIntegratedApp';

/** Enterprise applications and their assignments. graph-provisioning.md 2, rows 2 and 8. */
export const createApplicationSource = (client: GraphClient): ApplicationSource => {
  const list = async (
    query: string,
    read: ReadOptions,
    headers?: Record<string, string>,
  ): Promise<ApplicationInfo[]> => {
    const { signal, meter } = read;
    const request: GraphRequest = { resource: 'application', signal, meter, ...(headers ? { headers } : {}) };
    const found: ApplicationInfo[] = [];
    const url = `${client.origin}/v1.0/servicePrincipals?${query}&$select=${listSelect}&$top=999`;
    for await (const page of paginate(client, url, request)) {
      found.push(...readItems(page.items, readServicePrincipal, meter));
    }
    return found;
  };

  /** A further way to look that this service may not offer: then it finds nothing. */
  const tryList = async (...call: Parameters<typeof list>): Promise<ApplicationInfo[]> => {
    try {
      return await list(...call);
    } catch (error) {
      if (isAppError(error) && ['graph-rejected', 'graph-not-found'].includes(error.code)) return [];
      throw error;
    }
  };

  return {
    async findApplications({ name, ...read }) {
      const starts = `$filter=${encodeURIComponent(`startswith(displayName,${quoted(name)})`)}`;
      const words = `$search=${encodeURIComponent(`"displayName:${name.replaceAll('"', '')}"`)}`;
      const found = [...(await list(starts, read)), ...(await tryList(words, read, { ConsistencyLevel: 'eventual' }))];
      if (found.length === 0) {
        // A renamed gallery application still has its template's tag; no filter finds a part of a tag.
        const wanted = name.toLowerCase();
        const tagged = `$filter=${encodeURIComponent(`tags/any(t:t eq ${quoted(enterpriseTag)})`)}`;
        const all = await tryList(tagged, read);
        found.push(
          ...all.filter((one) => [one.displayName, ...one.tags].some((text) => text.toLowerCase().includes(wanted))),
        );
      }
      return [...new Map(found.map((one) => [one.servicePrincipalId, one])).values()];
    },

    async readApplication({ servicePrincipalId, signal, meter }) {
      const url = `${client.origin}/v1.0/servicePrincipals/${encodeURIComponent(servicePrincipalId)}?$select=${select}`;
      const application = readServicePrincipal(await client.get(url, { resource: 'application', signal, meter }));
      if (application) {
        meter.items += 1;
        return application;
      }
      throw new AppError({
        code: 'response-unexpected',
        message: 'Microsoft Graph answered something else than an enterprise application (application).',
        advice: 'Check the service principal of the connection.',
        source: 'application',
        path: 'id',
      });
    },

    async *readAssignments({ servicePrincipalId, signal, meter }) {
      const path = `/servicePrincipals/${encodeURIComponent(servicePrincipalId)}/appRoleAssignedTo`;
      const request: GraphRequest = { resource: 'assignments', signal, meter };
      for await (const page of paginate(client, `${client.origin}/v1.0${path}?$top=999`, request)) {
        yield readItems(page.items, readAssignment, meter);
      }
    },
  };
};
