import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { AppError } from '../../core/app-error.ts';

export interface ClientCertificate {
  /** Hexadecimal, without colons. */
  thumbprintSha256: string;
  /** PEM. */
  privateKey: string;
  /** PEM of the certificate and its chain. */
  x5c: string;
}

const failure = (file: string, message: string, cause?: unknown): AppError =>
  new AppError(
    {
      code: 'file-unreadable',
      message: `The certificate file ${file} cannot be used: ${message}.`,
      advice:
        'AZURE_CLIENT_CERTIFICATE_PATH must name a PEM file with the certificate and its unencrypted private key.',
      file,
    },
    { cause },
  );

const blocks = (pem: string, label: RegExp): string[] =>
  [...pem.matchAll(/-----BEGIN ([A-Z0-9 ]+)-----[\s\S]+?-----END \1-----/gu)]
    .filter((match) => label.test(match[1] ?? ''))
    .map((match) => match[0]);

/**
 * The certificate and key of a PEM file. Throws `file-unreadable` naming the file when it is missing, holds no
 * certificate or no usable key, when the two do not belong together, or when the certificate is not valid at `now`.
 */
export const readClientCertificate = async (file: string, now: Date): Promise<ClientCertificate> => {
  let pem: string;
  try {
    pem = await readFile(file, 'utf8');
  } catch (cause) {
    throw failure(file, 'it does not exist or may not be read', cause);
  }
  const certificates = blocks(pem, /^CERTIFICATE$/u);
  const [first] = certificates;
  const [key] = blocks(pem, /PRIVATE KEY$/u);
  if (first === undefined) throw failure(file, 'it holds no certificate in PEM form');
  if (key === undefined) throw failure(file, 'it holds no private key in PEM form');
  if (/ENCRYPTED/u.test(key)) throw failure(file, 'its private key is protected by a password');
  let certificate: X509Certificate;
  let belongs: boolean;
  try {
    certificate = new X509Certificate(first);
    belongs = certificate.checkPrivateKey(createPrivateKey(key));
  } catch {
    // The parser's error could quote the key.
    throw failure(file, 'its certificate or private key is damaged');
  }
  if (!belongs) throw failure(file, 'its private key does not belong to its certificate');
  if (now < new Date(certificate.validFrom)) throw failure(file, 'its certificate is not valid yet');
  if (now > new Date(certificate.validTo)) throw failure(file, 'its certificate has expired');
  return {
    thumbprintSha256: certificate.fingerprint256.replaceAll(':', ''),
    privateKey: key,
    x5c: certificates.join('\n'),
  };
};
