import { randomUUID } from 'node:crypto';
import type { HttpAnswer, HttpRequest } from '../http-server.ts';

/** A refusal by Graph. `code` and texts as Graph writes them; graph-provisioning.md 10. */
export class GraphError extends Error {
  override readonly name = 'GraphError';
  readonly status: number;
  readonly code: string;
  readonly headers: Record<string, string>;

  constructor(status: number, code: string, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

const jsonType = 'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8';

/** Headers that every answer of Graph carries. */
export const graphHeaders = (request: HttpRequest): Record<string, string> => {
  const id = randomUUID();
  const client = request.headers['client-request-id'];
  return {
    'Content-Type': jsonType,
    'Cache-Control': 'no-cache',
    'request-id': id,
    'client-request-id': typeof client === 'string' ? client : id,
    'x-ms-ags-diagnostic': '{"ServerInfo":{"DataCenter":"Demo","Slice":"E","Ring":"1","ScaleUnit":"000"}}',
  };
};

export const graphErrorAnswer = (error: GraphError, request: HttpRequest): HttpAnswer => {
  const headers = graphHeaders(request);
  return {
    status: error.status,
    headers: { ...headers, ...error.headers },
    body: JSON.stringify({
      error: {
        code: error.code,
        message: error.message,
        innerError: {
          date: new Date().toISOString().slice(0, 19),
          'request-id': headers['request-id'],
          'client-request-id': headers['client-request-id'],
        },
      },
    }),
  };
};

export const badRequest = (message: string, code = 'BadRequest'): GraphError => new GraphError(400, code, message);

export const notFound = (id: string): GraphError =>
  new GraphError(
    404,
    'Request_ResourceNotFound',
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  );

/** Codes of failures that have no cause in the request. */
export const codeOfStatus = (status: number): string => {
  switch (status) {
    case 401:
      return 'InvalidAuthenticationToken';
    case 429:
      return 'TooManyRequests';
    case 503:
      return 'serviceNotAvailable';
    case 504:
      return 'gatewayTimeout';
    default:
      return 'InternalServerError';
  }
};
