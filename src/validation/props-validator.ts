import { isIPv6 } from 'node:net';
import { TerraformProvider, TerraformStack, Token, Tokenization } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import { ConstructError, Mistake } from './construct-error';
import { ApiErrorCode } from '../api/error-codes';
import { ID_PREFIXES, IdKind } from '../api/limits';
import { DURATION, StringRule } from '../provider/patterns';
import { isCompleteTemplate, referencesIn } from '../terraform/template-syntax';
import { hasToken, isExpression, resolveToJson } from '../terraform/tokens';

/**
 * Validates the props of one construct: a wrong literal throws at once, a value that only Terraform knows passes.
 *
 * A value of a wrong type, which JavaScript callers can pass, throws a ConstructError here, and no TypeError later.
 */
export class PropsValidator {
  constructor(private readonly scope: IConstruct) {}

  /** Validates an object of properties. */
  object(name: 'props' | 'attrs' | 'options', value: unknown, remediation: string): void {
    if (typeof value === 'object' && value !== null) return;
    throw new ConstructError(this.scope, { problem: `${name} must be an object`, actual: value, isWrongType: true, remediation });
  }

  /** Validates the id of an existing resource, by its prefix. */
  id(name: string, value: unknown, kind: IdKind, apiErrorCode?: ApiErrorCode): void {
    const mistake = this.mistakeInId(name, value, kind, apiErrorCode);
    if (mistake) throw new ConstructError(this.scope, mistake);
  }

  private mistakeInId(name: string, value: unknown, kind: IdKind, apiErrorCode?: ApiErrorCode): Mistake | undefined {
    if (Tokenization.isResolvable(value)) this.refuseIterator(name, Token.asString(value));
    if (typeof value === 'string' && (ID_PATTERNS[kind].test(value) || this.isCompleteExpression(name, value))) return undefined;
    const prefix = ID_PREFIXES[kind];
    const text = typeof value === 'string' ? value : '';
    const isAddress = kind === 'IPv6 address' && isIPv6(text.split('/')[0]);
    const actualKind = (Object.keys(ID_PREFIXES) as IdKind[]).find((other) => other !== kind && text.startsWith(ID_PREFIXES[other]));
    return {
      problem: `${name} must be the id of ${article(kind)} (${prefix}…)${isAddress ? ', not the address itself' : ''}`,
      actual: value,
      apiErrorCode,
      remediation: Tokenization.isResolvable(value)
        ? TYPED_STRING
        : isAddress ? 'pass its id, or find it by its instance: Ipv6Address.fromInstanceId(scope, id, instanceId, { ipv6Address })'
          : actualKind ? `pass the id of ${article(kind)}, not that of ${article(actualKind)}` : `pass the id, ${prefix}…`,
    };
  }

  /** Validates the id of an existing resource that must be known at synth. */
  literalId(name: string, value: unknown, kind: IdKind): void {
    this.id(name, value, kind);
    if (isExpression(value)) throw new ConstructError(this.scope, { problem: `${name} must be known at synth`, actual: value, remediation: `write the id as a literal, ${ID_PREFIXES[kind]}…` });
  }

  /** Validates ids of existing resources: a list of literals or tokens, or the token of a list. One error names all wrong ids. */
  ids(name: string, value: unknown, kind: IdKind): void {
    if (Array.isArray(value) && !Token.isUnresolved(value)) {
      const mistakes: Mistake[] = [];
      // (No callback: the first line of the stack trace is the user's.)
      for (const [index, id] of value.entries()) {
        const mistake = this.mistakeInId(`${name}[${index}]`, id, kind);
        if (mistake) mistakes.push(mistake);
      }
      if (mistakes.length > 0) throw new ConstructError(this.scope, ...mistakes);
    } else if (typeof value === 'string' ? !this.isCompleteExpression(name, value) : !Token.isUnresolved(value) || !(Array.isArray(value) || Tokenization.isResolvable(value))) {
      throw new ConstructError(this.scope, {
        problem: `${name} must be a list of ids (${ID_PREFIXES[kind]}…)`,
        actual: value,
        isWrongType: true,
        remediation: `write ['${ID_PREFIXES[kind]}…'], or pass listValue of a TerraformVariable, or Token.asList(iterator.pluckProperty('id')) of an iterator`,
      });
    }
  }

  optionalId(name: string, value: unknown, kind: IdKind, apiErrorCode?: ApiErrorCode): void {
    if (value !== undefined) this.id(name, value, kind, apiErrorCode);
  }

  /** Validates an id that limits a lookup. Throws for a property that is undefined, because the lookup would read the whole region. */
  givenId(name: string, options: object, kind: IdKind): void {
    if (name in options) this.id(name, (options as { [name: string]: unknown })[name], kind);
  }

  optionalString(name: string, value: unknown, rule: StringRule): void {
    if (value === undefined || (typeof value === 'string' && (this.isCompleteExpression(name, value) || rule.accepts(value)))) return;
    const remediation = Tokenization.isResolvable(value) ? TYPED_STRING : 'change it, because the provider refuses it';
    throw new ConstructError(this.scope, { problem: `${name} must be ${rule.description}`, actual: value, remediation });
  }

  /** Validates a string that is not empty. */
  string(name: string, value: unknown): void {
    if (typeof value === 'string' && (this.isCompleteExpression(name, value) || value !== '')) return;
    throw new ConstructError(this.scope, { problem: `${name} must be a string that is not empty`, actual: value, remediation: Tokenization.isResolvable(value) ? TYPED_STRING : 'pass the id' });
  }

  /** Validates the address of a resource in the state; with the key of an instance, where it may have one. */
  stateAddress(name: string, value: unknown, type: string, example: string, isInstance: boolean): void {
    const pattern = new RegExp(`^(?:module\\.[\\w-]+${KEY}\\.)*${type}\\.[A-Za-z_][\\w-]*${isInstance ? KEY : ''}$`);
    if (typeof value === 'string' && pattern.test(value)) return;
    throw new ConstructError(this.scope, {
      problem: `${name} must be the address of an ${type} in the state` + (isInstance ? '' : ', without the key'),
      actual: value,
      remediation: `copy the address from terraform state list, such as ${type}.${example}`,
    });
  }

  optionalStrings(name: string, value: unknown): void {
    if (value === undefined) return;
    if (Array.isArray(value) && !Token.isUnresolved(value) && value.every((item) => typeof item === 'string' && !isExpression(item))) return;
    throw new ConstructError(this.scope, { problem: `${name} must be a list of strings that are known at synth`, actual: value, isWrongType: true, remediation: 'write the strings as literals' });
  }

  /** Validates the id by which a rule is imported: that of its gateway, and its own. */
  ruleImportId(name: string, value: unknown): void {
    if (typeof value === 'string' && /^ipv6gw-[\w-]+:[\w-]+$/.test(value)) return;
    throw new ConstructError(this.scope, {
      problem: `${name} must be the ids of a gateway and of an egress-only rule`,
      actual: value,
      remediation: 'copy it from the output of alicloud-ipv6 import: ipv6gw-…:<id of the rule>',
    });
  }

  optionalInteger(name: string, value: unknown, min: number, max: number): void {
    if (value === undefined || (Number.isInteger(value) && (value as number) >= min && (value as number) <= max)) return;
    throw new ConstructError(this.scope, { problem: `${name} must be an integer from ${min} to ${max}, known at synth`, actual: value, isWrongType: true, remediation: 'write the number as a literal' });
  }

  /** Validates that a list is not empty. */
  notEmpty(name: string, list: readonly unknown[] | undefined, remediation: string): void {
    if (list?.length === 0) throw new ConstructError(this.scope, { problem: `${name} must not be empty`, actual: list, remediation });
  }

  /** Returns true for an expression. Throws for an incomplete expression, and for the value of an iterator. */
  isExpression(name: string, value: unknown): boolean {
    if (typeof value === 'string') return this.isCompleteExpression(name, value);
    if (typeof value !== 'number' || !isExpression(value)) return false;
    this.refuseIterator(name, Token.asString(value));
    return true;
  }

  /** Validates the literal of a global unicast address. */
  optionalIpv6Literal(name: string, value: unknown): void {
    if (value === undefined || (typeof value === 'string' && this.isCompleteExpression(name, value))) return;
    const mistake = (problem: string, apiErrorCode: ApiErrorCode, remediation: string) =>
      new ConstructError(this.scope, { problem, actual: value, apiErrorCode, remediation });
    if (typeof value !== 'string' || !isIPv6(value.split('/')[0]) || value.includes('%')) {
      throw mistake(`${name} must be an IPv6 address`, 'IllegalParam.Ipv6Address', 'write one address of the vSwitch\'s IPv6 block, such as "2408:4005:1234:5600::1"');
    }
    if (value.includes('/')) {
      throw mistake(`${name} must be one address, not a prefix`, 'IllegalParam.Ipv6Address', 'write one address, because a prefix does not support Internet bandwidth');
    }
    const firstByte = Number.parseInt(value.split(':')[0].padStart(4, '0').slice(0, 2), 16);
    if (firstByte === 0xfc || firstByte === 0xfd) {
      throw mistake(`${name} must not be a unique local address (fc00::/7)`, 'OperationUnsupported.ULA', 'write an address of the vSwitch\'s global block, because a ULA does not support Internet bandwidth');
    }
    if (firstByte < 0x20 || firstByte > 0x3f) {
      throw mistake(`${name} must be a global unicast address (2000::/3)`, 'IllegalParam.Ipv6Address', 'write an address of the vSwitch\'s global block');
    }
  }

  /** Returns true for a string with an expression. Throws for an incomplete expression, because Terraform could not parse the stack. */
  private isCompleteExpression(name: string, value: string): boolean {
    if (!isCompleteTemplate(value)) {
      throw new ConstructError(this.scope, {
        problem: `${name} must contain complete expressions`,
        actual: value,
        remediation: hasToken(value)
          ? 'pass whole tokens, and an element of a list by Fn.element'
          : 'close each bracket and quote, or write $${ or %%{ for the text ${ or %{',
      });
    }
    if (!isExpression(value)) return false;
    this.refuseIterator(name, value);
    return true;
  }

  /** Refuses `each` and `count`, because no block of this library has a `for_each` or `count` of the user. */
  private refuseIterator(name: string, value: string): void {
    const resolved = resolveToJson(TerraformStack.of(this.scope), value);
    const [iterator] = /\b(each\.(key|value)|count\.index)\b/.exec(resolved) ?? [];
    if (!iterator || !referencesIn(resolved).some(([root]) => root === 'each' || root === 'count')) return;
    throw new ConstructError(this.scope, {
      problem: `${name} must not be ${iterator}, because this construct is not repeated`,
      actual: hasToken(value) ? 'a token' : value,
      remediation: 'pass the list to Ipv6Addresses.fromInstanceIds(scope, id, list), and the set to Ipv6InternetBandwidths',
    });
  }

  /** Validates a construct that implements an interface, by the property that only its implementations have. */
  construct(name: string, value: unknown, marker: string, remediation: string, apiErrorCode?: ApiErrorCode): void {
    if (Construct.isConstruct(value) && marker in value) return;
    throw new ConstructError(this.scope, { problem: `${name} must be a construct with ${article(marker)}`, actual: value, apiErrorCode, remediation });
  }

  optionalBoolean(name: string, value: unknown): void {
    if (value === undefined || typeof value === 'boolean') return;
    throw new ConstructError(this.scope, {
      problem: `${name} must be true or false, known at synth`,
      actual: value,
      isWrongType: true,
      remediation: 'write true or false',
    });
  }

  /** Validates a member of an enum of this library, known at synth. */
  optionalEnum(name: string, value: unknown, members: { readonly [name: string]: string }, enumName: string): void {
    if (value === undefined || Object.values(members).includes(value as string)) return;
    const choice = Object.keys(members).map((member) => `${enumName}.${member}`).join(' or ');
    throw new ConstructError(this.scope, { problem: `${name} must be ${choice}, known at synth`, actual: value, remediation: `use ${enumName}` });
  }

  optionalTags(name: string, value: unknown): void {
    if (value === undefined || (Token.isUnresolved(value) && typeof value === 'object' && !Array.isArray(value))) return;
    if (typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every((tag) => typeof tag === 'string')) {
      for (const text of Object.entries(value).flat()) this.isCompleteExpression(name, text);
      return;
    }
    throw new ConstructError(this.scope, { problem: `${name} must be a map of strings`, actual: value, isWrongType: true, remediation: 'write { key: \'value\' }' });
  }

  optionalTimeouts(name: string, value: unknown, ...actions: string[]): void {
    if (value === undefined) return;
    if (typeof value !== 'object' || value === null || Array.isArray(value) || Token.isUnresolved(value)) {
      throw new ConstructError(this.scope, { problem: `${name} must be an object`, actual: value, isWrongType: true, remediation: `write { ${actions[0]}: '10m' }` });
    }
    for (const [action, duration] of Object.entries(value)) {
      if (actions.includes(action)) continue;
      throw new ConstructError(this.scope, { problem: `${name}.${action} is not supported`, actual: duration, remediation: `use ${actions.join(', ')}` });
    }
    // The bindings read inherited properties too.
    for (const action of actions) this.optionalString(`${name}.${action}`, (value as { [action: string]: unknown })[action], DURATION);
  }

  /** Validates a provider block of the same stack. Terraform cannot refer to one of another stack. */
  optionalProvider(name: string, value: unknown): void {
    if (value === undefined) return;
    if (!TerraformProvider.isTerraformProvider(value)) {
      throw new ConstructError(this.scope, { problem: `${name} must be a provider construct`, actual: value, isWrongType: true, remediation: 'pass the AlicloudProvider of this stack' });
    }
    const { terraformResourceType, terraformProviderSource } = value;
    if (terraformResourceType !== 'alicloud' && !/(^|\/)alicloud$/.test(terraformProviderSource ?? '')) {
      throw new ConstructError(this.scope, {
        problem: `${name} must be an alicloud provider, not one of ${terraformResourceType}`,
        actual: value,
        remediation: 'pass the AlicloudProvider of this stack',
      });
    }
    if (TerraformStack.of(value) !== TerraformStack.of(this.scope)) {
      throw new ConstructError(this.scope, { problem: `${name} must be a provider of the same stack`, actual: value, remediation: 'create an AlicloudProvider in this stack, and pass it' });
    }
  }
}

// The fixes for a token that has no type, such as `value` of a variable.
export const TYPED_STRING = 'pass stringValue of the TerraformVariable, or Token.asString(token)';
export const TYPED_NUMBER = 'pass numberValue of the TerraformVariable, or Token.asNumber(token)';

const ID_PATTERNS = Object.fromEntries(
  Object.entries(ID_PREFIXES).map(([kind, prefix]) => [kind, new RegExp(`^${prefix}[A-Za-z0-9][A-Za-z0-9-]*$`)]),
) as Record<IdKind, RegExp>;

/** The key of an instance, if there is one, in the address of a module or a resource. */
const KEY = '(?:\\[(?:\\d+|"[^"$%{}\\\\]*")\\])?';

function article(noun: string): string {
  return `${/^[aeio]|^(ECS|IPv6|Internet)/.test(noun) ? 'an' : 'a'} ${noun}`;
}
