import { InputError } from './input-error';

/** The address of a request. */
export interface Endpoint {
  readonly protocol: 'https' | 'http';
  /** Name or address, with the port if there is one. */
  readonly host: string;
}

const HOST = /^(?:([a-z]+):\/\/)?([\w.-]+(?::\d{1,5})?|\[[\da-f:]+\](?::\d{1,5})?)\/?$/;
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:|$)/;

/** Reads the host of an option. A session's token goes with each request: through a network never in the clear. */
export function endpointOf(text: string, option: string): Endpoint {
  const [, protocol = 'https', host] = HOST.exec(text.toLowerCase()) ?? [];
  if (host === undefined || (protocol !== 'https' && protocol !== 'http')) throw new InputError(`${option} must be a host: write one such as vpc-vpc.cn-hangzhou.aliyuncs.com`);
  if (protocol === 'http' && !LOOPBACK.test(host)) throw new InputError(`${option} may be http:// on this machine only: use https://`);
  return { protocol, host };
}
