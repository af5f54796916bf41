import type { Connection } from '../../src-main/contract/models/connection.ts';
import { clientId, tenantId } from './entra-server.ts';

/** A connection on loopback; everything can be replaced. */
export const aConnection = (change: Partial<Connection> & { authority?: string; graph?: string } = {}): Connection => {
  const { authority, graph, ...rest } = change;
  return {
    id: 'contoso',
    name: 'Contoso',
    cloud: { authority: authority ?? 'http://127.0.0.1:9', graph: graph ?? 'http://127.0.0.1:9' },
    tenantId,
    clientId,
    signIn: 'interactive',
    servicePrincipalId: '3f8c2a77-1b64-4b58-9a0e-5f1f2b3c4d5e',
    jobId: 'unifi.7b0c1d5293a14f0e8d562f1b6f0c9e11.c2b1f6de-4a53-4a1d-b7a5-0a2d7f9e6611',
    scim: { baseUrl: 'http://127.0.0.1:9/scim' },
    createdAt: '2026-11-01T00:00:00.000Z',
    demo: false,
    trustedHosts: [],
    ...rest,
  };
};
