import * as fs from 'node:fs';
import * as path from 'node:path';
import { Places } from '../src/exposure';
import { unjudged } from '../src/exposure-command';
import { ExposureReport, ExposureResult, report } from '../src/exposure-report';
import { Plan } from '../src/plan';
import { RulesFile } from '../src/rules-file';
import { parsePlanOrState } from '../src/state';

/** The file of a kept plan. */
export function planFile(name: string): string {
  return path.join(__dirname, 'plans', `${name}.json`);
}

export function planText(name: string): string {
  return fs.readFileSync(planFile(name), 'utf8');
}

export function planNamed(name: string): Plan {
  return Plan.parse(planText(name));
}

/** The places of a rules file that was written by hand, or of no rules. */
export const byTerraformAddress: Places = { placeOf: ({ address, configAddress }) => ({ path: configAddress, subject: address }) };

/** What the command finds in a plan or state with a rules file. The plan is in the folder `web`. */
export function judged(text: string, rules: string | object, stack?: string): ExposureResult & Pick<ExposureReport, 'stale'> {
  const file = RulesFile.parse(typeof rules === 'string' ? rules : JSON.stringify(rules));
  const content = parsePlanOrState(text);
  const input = {
    name: 'plan.json',
    file: undefined,
    content,
    folder: 'web',
    isOfCdktf: false,
    locals: {},
    constructPathOf: () => undefined,
    providerText: () => undefined,
    lineOf: () => undefined,
  };
  const { results, stale } = report([unjudged(input, file.ofStack(stack, 'web'))]);
  return { ...results[0], stale };
}

/** A plan as Terraform writes it, with the changes that a test is about, and their configuration. */
export function planWith({ changes, ...more }: { changes: readonly object[]; [name: string]: unknown }): string {
  return JSON.stringify({
    format_version: '1.2',
    terraform_version: '1.11.4',
    planned_values: { root_module: {} },
    resource_changes: changes,
    configuration: { provider_config: { alicloud: { name: 'alicloud', expressions: { region: { constant_value: 'cn-hangzhou' } } } }, root_module: {} },
    ...more,
  });
}

/** The configuration of resources of the root module, with the references of their arguments. */
export function configuration(resources: Record<string, Record<string, readonly string[]>>): object {
  return {
    configuration: {
      root_module: {
        resources: Object.entries(resources).map(([address, expressions]) =>
          ({ address, expressions: Object.fromEntries(Object.entries(expressions).map(([argument, references]) => [argument, { references }])) })),
      },
    },
  };
}

type Values = Readonly<Record<string, unknown>>;

interface ChangeOptions {
  readonly before?: Values;
  readonly after?: Values;
  readonly [name: string]: unknown;
}

/** A change as `resource_changes` has it. A value that is undefined is known after apply. */
export function change(address: string, actions: readonly string[], { before, after, ...more }: ChangeOptions): object {
  const [, module, type, name, key] = /^((?:module\.[^.]+\.)*)([^.[]+)\.([^[]+)(?:\[(.*)\])?$/s.exec(address)!;
  const unknown = Object.entries(after ?? {}).filter(([, value]) => value === undefined).map(([attribute]) => [attribute, true]);
  return {
    address,
    ...(module ? { module_address: module.slice(0, -1) } : {}),
    mode: 'managed',
    type,
    name,
    ...(key === undefined ? {} : { index: JSON.parse(key) }),
    provider_name: 'registry.terraform.io/aliyun/alicloud',
    change: {
      actions,
      before: before ?? null,
      after: after ?? null,
      after_unknown: Object.fromEntries(unknown),
      before_sensitive: {},
      after_sensitive: {},
      ...(more.change as object),
    },
    ...Object.fromEntries(Object.entries(more).filter(([property]) => property !== 'change')),
  };
}

export const BANDWIDTH = 'alicloud_vpc_ipv6_internet_bandwidth';
export const RULE = 'alicloud_vpc_ipv6_egress_rule';

/** The values of a bandwidth for an address. */
export function bandwidth(address: string | undefined, more: Values = {}): Values {
  return { ipv6_address_id: address, ipv6_gateway_id: 'ipv6gw-1', bandwidth: 10, internet_charge_type: 'PayByBandwidth', ...more };
}

/** The values of an egress-only rule for an address. */
export function rule(address: string | undefined, more: Values = {}): Values {
  return { instance_id: address, instance_type: 'Ipv6Address', ipv6_gateway_id: 'ipv6gw-1', ...more };
}
