/** Replaces the names of the framework and of the package by those of the fork, in the imports of TypeScript and Python. */
export function forCdktn(code: string): string {
  return code
    .replace(/\bcdktf([-_])alicloud\1ipv6\b/g, 'cdktn$1alicloud$1ipv6')
    .replace(/(['"])cdktf(?=['"/])/g, '$1cdktn')
    .replace(/^(\s*(?:from|import)\s+)cdktf\b/gm, '$1cdktn');
}

/** Returns the README of the fork's package: a notice, and the fork's names in its code. The fork keeps the names `cdktf.out` and `cdktf.json`. */
export function readmeForCdktn(readme: string): string {
  const notice = '> This is the package for [CDK Terrain](https://cdktn.io) (`cdktn`), made from the same sources as `cdktf-alicloud-ipv6`, the one for CDKTF.';
  const code = /^```[^]*?^```|`cdktf [^`]*`/gm;
  return readme
    .replace(code, (block) => forCdktn(block).replace(/\bcdktf\b(?!\.(out|json))/g, 'cdktn'))
    .replace(/^# .*\n/, `# cdktn-alicloud-ipv6\n\n${notice}\n`);
}
