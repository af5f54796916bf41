import { AppError } from '../../core/app-error.ts';
import { isObject, member, textOf } from './json-keys.ts';

/** How the service is called in messages. */
export const scimSource = 'UNIFI (SCIM)';

const newToken =
  'Create a new secret token in UNIFI with an account that has Admin permissions, and store it for this connection.';

/** `scimType` of a SCIM error body, null when there is none. Its `detail` may name people and is left alone. */
export const scimTypeOf = (body: unknown): string | null => (isObject(body) ? textOf(member(body, 'scimType')) : null);

export interface Refusal {
  status: number;
  scimType: string | null;
  /** What was asked for, as a path template such as `Users` or `Groups/{id}`. */
  what: string;
  retryAfterMs: number | null;
}

/** The Failure of an answer that is not 200, classified by its HTTP status alone. scim-entra.md 1 and 4. */
export const scimFailure = ({ status, scimType, what, retryAfterMs }: Refusal): AppError => {
  const more = { status, ...(scimType === null ? {} : { serviceCode: scimType }) };
  if (status === 401) {
    return new AppError({
      code: 'scim-unauthorised',
      message: `UNIFI refused the secret token (401) when asked for ${what}. It has expired, was revoked, or belongs elsewhere.`,
      advice: newToken,
      ...more,
    });
  }
  if (status === 403) {
    return new AppError({
      code: 'scim-unauthorised',
      message: `UNIFI accepted the secret token but does not let it read ${what} (403).`,
      advice: `The account behind the token needs Admin permissions in UNIFI. ${newToken}`,
      ...more,
    });
  }
  if (status === 404) {
    return new AppError({
      code: 'scim-rejected',
      message: `UNIFI knows no ${what} at this address (404).`,
      advice: 'Check the SCIM base address of the connection: it must end just before "Users".',
      ...more,
    });
  }
  if (status === 429) {
    return new AppError({
      code: 'scim-unavailable',
      message: `UNIFI answered too often that it gets too many requests (429) when asked for ${what}.`,
      advice: 'Try again in a few minutes.',
      ...more,
      ...(retryAfterMs === null ? {} : { retryAfterMs }),
    });
  }
  if (status >= 500) {
    return new AppError({
      code: 'scim-unavailable',
      message: `UNIFI failed (${status}) when asked for ${what}.`,
      advice: 'Try again later; if it stays, report it to the vendor with the time and the status.',
      ...more,
      ...(retryAfterMs === null ? {} : { retryAfterMs }),
    });
  }
  return new AppError({
    code: 'scim-rejected',
    message: `UNIFI refused the request for ${what} (${status}${scimType === null ? '' : `, ${scimType}`}).`,
    advice: 'Report the status to the vendor of UNIFI: the request is one that every SCIM server has to answer.',
    ...more,
  });
};

export const noToken = (): AppError =>
  new AppError({
    code: 'scim-unauthorised',
    message: 'No secret token for UNIFI is stored for this connection.',
    advice: newToken,
  });

export const badToken = (): AppError =>
  new AppError({
    code: 'scim-unauthorised',
    message: 'The stored secret token for UNIFI contains spaces or characters that no token has.',
    advice: 'Copy the token again, without line breaks, and store it for this connection.',
  });

/** A 200 that is not what SCIM promises. `path` is the JSON path that was not understood. */
export const unexpectedAnswer = (message: string, advice: string, path?: string): AppError =>
  new AppError({
    code: 'response-unexpected',
    message,
    advice,
    source: scimSource,
    ...(path === undefined ? {} : { path }),
  });
