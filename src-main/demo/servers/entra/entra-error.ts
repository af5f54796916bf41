import { randomUUID } from 'node:crypto';
import type { HttpAnswer } from '../http-server.ts';

export interface EntraErrorDetails {
  /** OAuth's word, such as `invalid_client`. */
  error: string;
  /** AADSTS number. */
  number: number;
  text: string;
  status?: number;
  suberror?: string;
  /** Claims that a new sign-in must bring, as JSON text. */
  claims?: string;
}

/** A refusal of the sign-in service. */
export class EntraError extends Error {
  override readonly name = 'EntraError';
  readonly details: EntraErrorDetails;

  constructor(details: EntraErrorDetails) {
    super(`AADSTS${details.number}: ${details.text}`);
    this.details = details;
  }
}

const stamp = (): string =>
  new Date()
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/u, 'Z');

/** The text of `error_description`, with the trace lines that Entra appends. */
export const describeError = (error: EntraError): string =>
  `${error.message} Trace ID: ${randomUUID()} Correlation ID: ${randomUUID()} Timestamp: ${stamp()}`;

export const jsonAnswer = (status: number, value: unknown): HttpAnswer => ({
  status,
  headers: { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' },
  body: JSON.stringify(value),
});

/** The token endpoint's error body. */
export const errorAnswer = (error: EntraError): HttpAnswer => {
  const { details } = error;
  return jsonAnswer(details.status ?? 400, {
    error: details.error,
    error_description: describeError(error),
    error_codes: [details.number],
    timestamp: stamp(),
    trace_id: randomUUID(),
    correlation_id: randomUUID(),
    error_uri: `https://login.example/error?code=${details.number}`,
    ...(details.suberror === undefined ? {} : { suberror: details.suberror }),
    ...(details.claims === undefined ? {} : { claims: details.claims }),
  });
};

export const unknownClient = (clientId: string, tenant: string): EntraError =>
  new EntraError({
    error: 'unauthorized_client',
    number: 700016,
    text: `Application with identifier '${clientId}' was not found in the directory '${tenant}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant.`,
  });

export const unknownTenant = (tenant: string): EntraError =>
  new EntraError({
    error: 'invalid_request',
    number: 90002,
    text: `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.`,
  });

export const invalidRequest = (parameter: string): EntraError =>
  new EntraError({
    error: 'invalid_request',
    number: 900144,
    text: `The request body must contain the following parameter: '${parameter}'.`,
  });

export const consentMissing = (scope: string): EntraError =>
  new EntraError({
    error: 'invalid_grant',
    number: 65001,
    text: `The user or administrator has not consented to use the application for '${scope}'. Send an interactive authorization request for this user and resource.`,
    suberror: 'consent_required',
  });
