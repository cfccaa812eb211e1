import * as fs from 'node:fs';
import * as path from 'node:path';

/** What Terraform and OpenTofu make of the source `aliyun/alicloud`: each puts its own registry before it. */
const HOSTS = ['registry.terraform.io', 'registry.opentofu.org'];

/**
 * A mirror that has the provider under one of the two names serves the other program as well: it is the same file.
 *
 * @param config  the CLI configuration that names the mirror (TF_CLI_CONFIG_FILE)
 * @param folder  where a configuration and a mirror with the other name may be made
 * @returns the environment by which they are found; empty where there is nothing to do
 */
export function underBothNames(config: string | undefined, folder: string): { TF_CLI_CONFIG_FILE?: string } {
  if (!config || !fs.existsSync(config)) return {};
  const text = fs.readFileSync(config, 'utf8');
  const mirror = /filesystem_mirror\s*{[^}]*?\bpath\s*=\s*"([^"]+)"/.exec(text)?.[1];
  if (!mirror) return {};
  const has = HOSTS.filter((host) => fs.existsSync(path.join(mirror, host, 'aliyun', 'alicloud')));
  const lacks = HOSTS.filter((host) => !has.includes(host));
  if (has.length !== 1) return {};

  // Programs are linked, one version and platform each: further up, a link would not be followed.
  for (const host of HOSTS) {
    const from = path.join(mirror, has[0], 'aliyun', 'alicloud');
    for (const entry of fs.readdirSync(from, { recursive: true, withFileTypes: true }).filter((file) => file.isFile())) {
      const file = path.join(entry.parentPath, entry.name);
      const link = path.join(folder, host, 'aliyun', 'alicloud', path.relative(from, file));
      fs.mkdirSync(path.dirname(link), { recursive: true });
      fs.symlinkSync(file, link);
    }
  }
  const file = path.join(folder, 'cli.tfrc');
  fs.writeFileSync(file, `disable_checkpoint = true
provider_installation {
  filesystem_mirror {
    path    = ${JSON.stringify(folder)}
    include = ${JSON.stringify(HOSTS.map((host) => `${host}/aliyun/*`))}
  }
}
`);
  console.log(`the mirror has no ${lacks[0]}/aliyun/alicloud: the provider of ${has[0]} is taken for it`);
  return { TF_CLI_CONFIG_FILE: file };
}
