declare module 'proxy-from-env' {
  /** The proxy for a URL, as HTTPS_PROXY, ALL_PROXY and NO_PROXY say: '' is none. */
  export function getProxyForUrl(url: string): string;
}
