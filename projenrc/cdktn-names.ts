/**
 * What a text says for the fork: the framework and the package by their other names, where code names them.
 *
 * Covers what TypeScript imports, what Python imports, and the package's own names.
 */
export function forCdktn(code: string): string {
  return code
    .replace(/\bcdktf([-_])alicloud\1ipv6\b/g, 'cdktn$1alicloud$1ipv6')
    .replace(/(['"])cdktf(?=['"/])/g, '$1cdktn')
    .replace(/^(\s*(?:from|import)\s+)cdktf\b/gm, '$1cdktn');
}
