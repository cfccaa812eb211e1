import { createHash, createHmac } from 'node:crypto';

/** The credentials that sign a request. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  /** The token of a temporary session. */
  readonly securityToken?: string;
}

/** A call of an RPC action, before it is signed. */
export interface Call {
  readonly host: string;
  readonly action: string;
  readonly version: string;
  readonly query: Readonly<Record<string, string>>;
  /** A moment in UTC, such as `2026-01-01T00:00:00Z`. */
  readonly date: string;
  readonly nonce: string;
}

/** A signed request: the parameters are in the path, and what signs them in the headers. */
export interface SignedRequest {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly signature: string;
}

const ALGORITHM = 'ACS3-HMAC-SHA256';
const SHA256_OF_NOTHING = createHash('sha256').update('').digest('hex');

/**
 * Signs a POST request without a body, as all official SDKs do.
 *
 * @see https://www.alibabacloud.com/help/en/sdk/product-overview/v3-request-structure-and-signature
 */
export function sign(call: Call, { accessKeyId, accessKeySecret, securityToken }: Credentials): SignedRequest {
  const { host, action, version, query, date, nonce } = call;
  const headers: Record<string, string> = {
    host,
    'x-acs-action': action,
    'x-acs-content-sha256': SHA256_OF_NOTHING,
    'x-acs-date': date,
    ...(securityToken ? { 'x-acs-security-token': securityToken } : {}),
    'x-acs-signature-nonce': nonce,
    'x-acs-version': version,
  };
  const names = Object.keys(headers).sort();
  const parameters = Object.keys(query).sort().map((name) => `${encode(name)}=${encode(query[name])}`).join('&');
  const signed = names.map((name) => `${name}:${headers[name].trim()}`);
  const canonical = ['POST', '/', parameters, ...signed, '', names.join(';'), SHA256_OF_NOTHING].join('\n');
  const toSign = `${ALGORITHM}\n${createHash('sha256').update(canonical).digest('hex')}`;
  const signature = createHmac('sha256', accessKeySecret).update(toSign).digest('hex');
  return {
    path: `/?${parameters}`,
    headers: { ...headers, authorization: `${ALGORITHM} Credential=${accessKeyId},SignedHeaders=${names.join(';')},Signature=${signature}` },
    signature,
  };
}

function encode(text: string): string {
  // Half of a pair of characters has no encoding.
  return encodeURIComponent(text.replace(/[\ud800-\udfff]/gu, '\ufffd')).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}
