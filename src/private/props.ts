import { isIPv6 } from 'node:net';
import { TerraformProvider, TerraformStack, Token } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import { ApiErrorCode } from './api-errors';
import { ID_PREFIXES, IdKind, MAX_BANDWIDTH } from './api-limits';
import { ConstructError } from './construct-error';
import { isExpression } from './expression';
import { DURATION, TextRule } from './provider-patterns';
import { isWhole } from './template';

/**
 * The checks of one construct's props: a literal mistake is thrown at once, what only Terraform knows passes.
 *
 * Whatever a caller without types hands in ends in a ConstructError here, never in a TypeError further on.
 */
export class Props {
  constructor(private readonly construct: IConstruct) {}

  /** The props themselves. */
  given(props: unknown): void {
    if (typeof props !== 'object' || props === null) {
      throw new ConstructError(this.construct, { problem: 'the construct needs its props', seen: props, wayOut: 'pass them as the third argument' });
    }
  }

  /** The id of something that exists, by its prefix. */
  id(name: string, value: unknown, kind: IdKind, spares?: ApiErrorCode): void {
    if (typeof value === 'string' && (ID_PATTERNS[kind].test(value) || this.isWholeExpression(name, value))) return;
    const prefix = ID_PREFIXES[kind];
    const mistake = { problem: `${name} must be the id of ${article(kind)} (${prefix}…)`, seen: value, spares };
    if (typeof value !== 'string' || value === '') {
      throw new ConstructError(this.construct, { ...mistake, wayOut: `give the id, ${prefix}…` });
    }
    if (kind === 'IPv6 address' && isIPv6(value.split('/')[0])) {
      throw new ConstructError(this.construct, {
        ...mistake,
        problem: `${name} must be the id of an IPv6 address (${prefix}…), not the address itself`,
        wayOut: 'give the id, or find the address by its instance: Ipv6Address.fromInstanceId(scope, id, instanceId, { ipv6Address })',
      });
    }
    const seenKind = (Object.keys(ID_PREFIXES) as IdKind[]).find((other) => other !== kind && value.startsWith(ID_PREFIXES[other]));
    throw new ConstructError(this.construct, {
      ...mistake,
      wayOut: seenKind ? `this is the id of ${article(seenKind)}; give the one of ${article(kind)}` : `give the id, ${prefix}…`,
    });
  }

  optionalId(name: string, value: unknown, kind: IdKind, spares?: ApiErrorCode): void {
    if (value !== undefined) this.id(name, value, kind, spares);
  }

  optionalText(name: string, value: unknown, rule: TextRule): void {
    if (value === undefined || (typeof value === 'string' && (this.isWholeExpression(name, value) || rule.accepts(value)))) return;
    throw new ConstructError(this.construct, { problem: `${name} must be ${rule.says}`, seen: value, wayOut: 'the provider refuses anything else at plan; change it' });
  }

  /** A text of which nothing more is known. */
  text(name: string, value: unknown): void {
    if (typeof value === 'string' && (this.isWholeExpression(name, value) || value !== '')) return;
    throw new ConstructError(this.construct, { problem: `${name} must be a text`, seen: value, wayOut: 'give it' });
  }

  optionalTexts(name: string, value: unknown): void {
    if (value === undefined) return;
    if (Array.isArray(value) && !Token.isUnresolved(value) && value.every((text) => typeof text === 'string' && !isExpression(text))) return;
    throw new ConstructError(this.construct, { problem: `${name} must be a list of texts`, seen: value, wayOut: 'write them out: they must be known at synth' });
  }

  /** Mbit/s for a charge type; either may be known to Terraform only. */
  bandwidth(value: unknown, chargeType: string): void {
    const max = maxBandwidth(chargeType);
    if (Number.isInteger(value) && (value as number) >= 1 && (value as number) <= max) return;
    if (typeof value === 'string' ? this.isWholeExpression('bandwidth', value) : typeof value === 'number' && isExpression(value)) return;
    const otherMax = MAX_BANDWIDTH.PayByBandwidth;
    throw new ConstructError(this.construct, {
      problem: `bandwidth must be an integer from 1 to ${max} Mbit/s` + (isExpression(chargeType) ? '' : ` for ${chargeType}`),
      seen: value,
      spares: 'IllegalParam.Bandwidth',
      wayOut: max < otherMax && typeof value === 'number' && value > max && value <= otherMax
        ? `lower it, or use InternetChargeType.PAY_BY_BANDWIDTH (up to ${otherMax})`
        : `write a whole number from 1 to ${max}`,
    });
  }

  internetChargeType(value: unknown): void {
    if (typeof value === 'string' && (Object.hasOwn(MAX_BANDWIDTH, value) || this.isWholeExpression('internetChargeType', value))) return;
    throw new ConstructError(this.construct, {
      problem: 'internetChargeType must be PayByBandwidth or PayByTraffic',
      seen: value,
      spares: 'IllegalParam.InternetChargeType',
      wayOut: 'use InternetChargeType.PAY_BY_BANDWIDTH or InternetChargeType.PAY_BY_TRAFFIC',
    });
  }

  /** The literal of a public address: no prefix, no ULA, nothing that is not global unicast. */
  optionalIpv6Literal(name: string, value: unknown): void {
    if (value === undefined || (typeof value === 'string' && this.isWholeExpression(name, value))) return;
    const mistake = (problem: string, spares: ApiErrorCode, wayOut: string) =>
      new ConstructError(this.construct, { problem, seen: value, spares, wayOut });
    if (typeof value !== 'string' || !isIPv6(value.split('/')[0]) || value.includes('%')) {
      throw mistake(`${name} must be an IPv6 address`, 'IllegalParam.Ipv6Address', 'write one address of the vSwitch\'s IPv6 block, such as "2408:4005:1234:5600::1"');
    }
    if (value.includes('/')) {
      throw mistake(`${name} must be one address, not a prefix`, 'IllegalParam.Ipv6Address', 'write the address alone: a prefix cannot have Internet bandwidth');
    }
    const firstByte = Number.parseInt(value.split(':')[0].padStart(4, '0').slice(0, 2), 16);
    if (firstByte === 0xfc || firstByte === 0xfd) {
      throw mistake(`${name} must not be a unique local address (fc00::/7)`, 'OperationUnsupported.ULA', 'take an address of the vSwitch\'s global block: a ULA cannot have Internet bandwidth');
    }
    if (firstByte < 0x20 || firstByte > 0x3f) {
      throw mistake(`${name} must be a global unicast address (2000::/3)`, 'IllegalParam.Ipv6Address', 'take an address of the vSwitch\'s global block');
    }
  }

  /** Whether a text holds an expression; if so, it must be whole, or Terraform could not even read the stack. */
  private isWholeExpression(name: string, value: string): boolean {
    if (!isWhole(value)) {
      throw new ConstructError(this.construct, {
        problem: `${name} holds an expression that Terraform cannot read`,
        seen: value,
        wayOut: value.includes('TfToken[')
          ? 'pass tokens as cdktf made them, and an element of a list by Fn.element'
          : 'close what it opens, or write $${ or %%{ where the text itself is meant',
      });
    }
    return isExpression(value);
  }

  /** A construct of the kind that an interface stands for, by the property that makes it one. */
  linked(name: string, value: unknown, marker: string, wayOut: string, spares?: ApiErrorCode): void {
    if (Construct.isConstruct(value) && marker in value) return;
    throw new ConstructError(this.construct, { problem: `${name} must be a construct with ${article(marker)}`, seen: value, spares, wayOut });
  }

  optionalFlag(name: string, value: unknown): void {
    if (value === undefined || typeof value === 'boolean') return;
    throw new ConstructError(this.construct, {
      problem: `${name} must be true or false`,
      seen: value,
      wayOut: 'it decides what is synthesized, so it must be known at synth',
    });
  }

  optionalTags(name: string, value: unknown): void {
    if (value === undefined || (Token.isUnresolved(value) && typeof value === 'object' && !Array.isArray(value))) return;
    if (typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every((tag) => typeof tag === 'string')) {
      for (const text of Object.entries(value).flat()) this.isWholeExpression(name, text);
      return;
    }
    throw new ConstructError(this.construct, { problem: `${name} must be a map of texts`, seen: value, wayOut: 'write { key: \'value\' }' });
  }

  optionalTimeouts(name: string, value: unknown, ...actions: string[]): void {
    if (value === undefined) return;
    if (typeof value !== 'object' || value === null || Array.isArray(value) || Token.isUnresolved(value)) {
      throw new ConstructError(this.construct, { problem: `${name} must be an object`, seen: value, wayOut: `write { ${actions[0]}: '10m' }` });
    }
    for (const [action, duration] of Object.entries(value)) {
      if (actions.includes(action)) continue;
      throw new ConstructError(this.construct, { problem: `${name} has no ${action}`, seen: duration, wayOut: `it has ${actions.join(', ')}` });
    }
    // What an object inherits counts too: the bindings read it.
    for (const action of actions) this.optionalText(`${name}.${action}`, (value as { [action: string]: unknown })[action], DURATION);
  }

  /** A provider block of the same stack: another stack's has no meaning there. */
  optionalProvider(name: string, value: unknown): void {
    if (value === undefined) return;
    if (!TerraformProvider.isTerraformProvider(value)) {
      throw new ConstructError(this.construct, { problem: `${name} must be a provider construct`, seen: value, wayOut: 'pass the AlicloudProvider of this stack' });
    }
    const { terraformResourceType, terraformProviderSource } = value;
    if (terraformResourceType !== 'alicloud' && !/(^|\/)alicloud$/.test(terraformProviderSource ?? '')) {
      throw new ConstructError(this.construct, {
        problem: `${name} must be an alicloud provider, not one of ${terraformResourceType}`,
        seen: value,
        wayOut: 'pass the AlicloudProvider of this stack',
      });
    }
    if (TerraformStack.of(value) !== TerraformStack.of(this.construct)) {
      throw new ConstructError(this.construct, { problem: `${name} must be a provider of the same stack`, seen: value, wayOut: 'make an AlicloudProvider in this stack and pass that' });
    }
  }
}

const ID_PATTERNS = Object.fromEntries(
  Object.entries(ID_PREFIXES).map(([kind, prefix]) => [kind, new RegExp(`^${prefix}[A-Za-z0-9][A-Za-z0-9-]*$`)]),
) as Record<IdKind, RegExp>;

/** The most Mbit/s that a charge type can have; of one that only Terraform knows, the most of any. */
export function maxBandwidth(chargeType: string): number {
  return MAX_BANDWIDTH[chargeType as keyof typeof MAX_BANDWIDTH] ?? MAX_BANDWIDTH.PayByBandwidth;
}

function article(noun: string): string {
  return `${/^[aeio]|^(ECS|IPv6|Internet)/.test(noun) ? 'an' : 'a'} ${noun}`;
}
