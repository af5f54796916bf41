import type { HttpAnswer } from '../http-server.ts';

/** A refusal by the SCIM server. RFC 7644 3.12. */
export class ScimError extends Error {
  override readonly name = 'ScimError';
  readonly status: number;
  readonly scimType: string | null;
  readonly headers: Record<string, string>;

  constructor(status: number, scimType: string | null, detail: string, headers: Record<string, string> = {}) {
    super(detail);
    this.status = status;
    this.scimType = scimType;
    this.headers = headers;
  }
}

/** `isBare`: without `status` and `scimType`, as some servers answer. */
export const scimErrorAnswer = (error: ScimError, options: { contentType: string; isBare: boolean }): HttpAnswer => ({
  status: error.status,
  headers: { 'Content-Type': options.contentType, ...error.headers },
  body: JSON.stringify({
    schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
    detail: error.message,
    ...(options.isBare ? {} : { status: String(error.status) }),
    ...(options.isBare || error.scimType === null ? {} : { scimType: error.scimType }),
  }),
});
