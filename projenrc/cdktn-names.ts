/** Replaces the names of the framework and of the package by those of the fork, in the imports of TypeScript and Python. */
export function forCdktn(code: string): string {
  return code
    .replace(/\bcdktf([-_])alicloud\1ipv6\b/g, 'cdktn$1alicloud$1ipv6')
    .replace(/(['"])cdktf(?=['"/])/g, '$1cdktn')
    .replace(/^(\s*(?:from|import)\s+)cdktf\b/gm, '$1cdktn');
}
