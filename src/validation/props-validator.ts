import { isIPv6 } from 'node:net';
import { TerraformProvider, TerraformStack, Token, Tokenization } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import { ConstructError, Mistake } from './construct-error';
import { ApiErrorCode } from '../api/error-codes';
import { ID_PREFIXES, IdKind } from '../api/limits';
import { DURATION, StringRule } from '../provider/patterns';
import { isCompleteTemplate, referencesFrom } from '../terraform/template-syntax';
import { hasToken, isExpression, resolveEarly } from '../terraform/tokens';

/**
 * Validates the props of one construct: a wrong literal throws at once, a value that only Terraform knows passes.
 *
 * A value of a wrong type, which JavaScript callers can pass, throws a ConstructError here, and no TypeError later.
 */
export class PropsValidator {
  constructor(private readonly scope: IConstruct) {}

  /** Validates an object of properties. */
  object(name: 'props' | 'attrs' | 'options', value: unknown, remediation: string): void {
    this.refuseUnless(typeof value === 'object' && value !== null, { problem: `${name} must be an object`, actual: value, isWrongType: true, remediation });
  }

  /** Validates the id of an existing resource, by its prefix. */
  id(name: string, value: unknown, kind: IdKind, apiErrorCode?: ApiErrorCode): void {
    this.refuse(this.mistakesInId(name, value, kind, apiErrorCode));
  }

  private mistakesInId(name: string, value: unknown, kind: IdKind, apiErrorCode?: ApiErrorCode): Mistake[] {
    if (Tokenization.isResolvable(value)) this.refuseIterator(name, Token.asString(value));
    const prefix = ID_PREFIXES[kind];
    const text = typeof value === 'string' ? value : '';
    if (new RegExp(`^${prefix}[A-Za-z0-9][A-Za-z0-9-]*$`).test(text) || this.acceptsExpression(name, text)) return [];
    const isAddress = kind === 'IPv6 address' && isIPv6(text.split('/')[0]);
    const actualKind = (Object.keys(ID_PREFIXES) as IdKind[]).find((other) => other !== kind && text.startsWith(ID_PREFIXES[other]));
    return [{
      problem: `${name} must be the id of ${article(kind)} (${prefix}…)${isAddress ? ', not the address itself' : ''}`,
      actual: value,
      apiErrorCode,
      remediation: Tokenization.isResolvable(value)
        ? TYPED_STRING
        : isAddress ? 'pass its id, or find it by its instance: Ipv6Address.fromInstanceId(scope, id, instanceId, { ipv6Address })'
          : actualKind ? `pass the id of ${article(kind)}, not that of ${article(actualKind)}` : `pass the id, ${prefix}…`,
    }];
  }

  /** Validates the id of an existing resource that must be known at synth. */
  literalId(name: string, value: unknown, kind: IdKind): void {
    this.id(name, value, kind);
    this.refuseUnless(!isExpression(value), { problem: `${name} must be known at synth`, actual: value, remediation: `write the id as a literal, ${ID_PREFIXES[kind]}…` });
  }

  /** Validates ids of existing resources: a list of literals or tokens, or the token of a list. One error names all wrong ids. */
  ids(name: string, value: unknown, kind: IdKind): void {
    if (Array.isArray(value) && !Token.isUnresolved(value)) {
      const mistakes: Mistake[] = [];
      // (No callback: the first line of the stack trace is the user's.)
      for (const [index, id] of value.entries()) mistakes.push(...this.mistakesInId(`${name}[${index}]`, id, kind));
      this.refuse(mistakes);
      return;
    }
    const isTokenOfList = Token.isUnresolved(value) && (Array.isArray(value) || Tokenization.isResolvable(value));
    this.refuseUnless(typeof value === 'string' ? this.acceptsExpression(name, value) : isTokenOfList, {
      problem: `${name} must be a list of ids (${ID_PREFIXES[kind]}…)`,
      actual: value,
      isWrongType: true,
      remediation: `write ['${ID_PREFIXES[kind]}…'], or pass listValue of a TerraformVariable, or Token.asList(iterator.pluckProperty('id')) of an iterator`,
    });
  }

  optionalId(name: string, value: unknown, kind: IdKind): void {
    if (value !== undefined) this.id(name, value, kind);
  }

  /** Validates an id that limits a lookup. Throws for a property that is undefined, because the lookup would read the whole region. */
  givenId(name: string, options: object, kind: IdKind): void {
    if (name in options) this.id(name, (options as { [name: string]: unknown })[name], kind);
  }

  optionalString(name: string, value: unknown, rule: StringRule): void {
    const isValid = value === undefined || (typeof value === 'string' && (this.acceptsExpression(name, value) || rule.accepts(value)));
    const remediation = Tokenization.isResolvable(value) ? TYPED_STRING : 'change it, because the provider refuses it';
    this.refuseUnless(isValid, { problem: `${name} must be ${rule.description}`, actual: value, remediation });
  }

  /** Validates a string that is not empty. */
  string(name: string, value: unknown): void {
    const isValid = typeof value === 'string' && (this.acceptsExpression(name, value) || value !== '');
    this.refuseUnless(isValid, { problem: `${name} must be a string that is not empty`, actual: value, remediation: Tokenization.isResolvable(value) ? TYPED_STRING : 'pass the id' });
  }

  /** Validates the address of a resource in the state; with the key of an instance, where it may have one. */
  stateAddress(name: string, value: unknown, type: string, example: string, isInstance: boolean): void {
    const pattern = new RegExp(`^(?:module\\.[\\w-]+${KEY}\\.)*${type}\\.[A-Za-z_][\\w-]*${isInstance ? KEY : ''}$`);
    this.refuseUnless(typeof value === 'string' && pattern.test(value), {
      problem: `${name} must be the address of an ${type} in the state` + (isInstance ? '' : ', without the key'),
      actual: value,
      remediation: `copy the address from terraform state list, such as ${type}.${example}`,
    });
  }

  optionalStrings(name: string, value: unknown): void {
    const isList = Array.isArray(value) && !Token.isUnresolved(value) && value.every((item) => typeof item === 'string' && !isExpression(item));
    this.refuseUnless(value === undefined || isList, { problem: `${name} must be a list of strings that are known at synth`, actual: value, isWrongType: true, remediation: 'write the strings as literals' });
  }

  /** Validates the id by which a rule is imported: that of its gateway, and its own. */
  ruleImportId(name: string, value: unknown): void {
    this.refuseUnless(typeof value === 'string' && /^ipv6gw-[\w-]+:[\w-]+$/.test(value), {
      problem: `${name} must be the ids of a gateway and of an egress-only rule`,
      actual: value,
      remediation: 'copy it from the output of alicloud-ipv6 import: ipv6gw-…:<id of the rule>',
    });
  }

  optionalInteger(name: string, value: unknown, min: number, max: number): void {
    const isInRange = Number.isInteger(value) && (value as number) >= min && (value as number) <= max;
    this.refuseUnless(value === undefined || isInRange, { problem: `${name} must be an integer from ${min} to ${max}, known at synth`, actual: value, isWrongType: true, remediation: 'write the number as a literal' });
  }

  /** Validates that a list is not empty. */
  notEmpty(name: string, list: readonly unknown[] | undefined, remediation: string): void {
    this.refuseUnless(list?.length !== 0, { problem: `${name} must not be empty`, actual: list, remediation });
  }

  /** Validates the literal of a global unicast address. */
  optionalIpv6Literal(name: string, value: unknown): void {
    if (value === undefined || (typeof value === 'string' && this.acceptsExpression(name, value))) return;
    const text = typeof value === 'string' && !value.includes('%') ? value : '';
    const firstByte = Number.parseInt(text.split(':')[0].padStart(4, '0').slice(0, 2), 16);
    const mistake = (problem: string, apiErrorCode: ApiErrorCode, remediation: string) => ({ problem, actual: value, apiErrorCode, remediation });
    this.refuseUnless(isIPv6(text.split('/')[0]), mistake(
      `${name} must be an IPv6 address`, 'IllegalParam.Ipv6Address', 'write one address of the vSwitch\'s IPv6 block, such as "2408:4005:1234:5600::1"',
    ));
    this.refuseUnless(!text.includes('/'), mistake(
      `${name} must be one address, not a prefix`, 'IllegalParam.Ipv6Address', 'write one address, because a prefix does not support Internet bandwidth',
    ));
    this.refuseUnless(firstByte !== 0xfc && firstByte !== 0xfd, mistake(
      `${name} must not be a unique local address (fc00::/7)`, 'OperationUnsupported.ULA', 'write an address of the vSwitch\'s global block, because a ULA does not support Internet bandwidth',
    ));
    this.refuseUnless(firstByte >= 0x20 && firstByte <= 0x3f, mistake(
      `${name} must be a global unicast address (2000::/3)`, 'IllegalParam.Ipv6Address', 'write an address of the vSwitch\'s global block',
    ));
  }

  /** Returns true for an expression. Throws for an incomplete expression, which Terraform could not parse, and for the value of an iterator. */
  acceptsExpression(name: string, value: unknown): boolean {
    if (typeof value !== 'string' && typeof value !== 'number') return false;
    this.refuseUnless(typeof value === 'number' || isCompleteTemplate(value), {
      problem: `${name} must contain complete expressions`,
      actual: value,
      remediation: hasToken(String(value))
        ? 'pass whole tokens, and an element of a list by Fn.element'
        : 'close each bracket and quote, or write $${ or %%{ for the text ${ or %{',
    });
    if (!isExpression(value)) return false;
    this.refuseIterator(name, Token.asString(value));
    return true;
  }

  /** Refuses `each` and `count`, because no block of this library has a `for_each` or `count` of the user. */
  private refuseIterator(name: string, value: string): void {
    const references = [...referencesFrom(resolveEarly(TerraformStack.of(this.scope), value), () => undefined)];
    const iterator = references.map(([root, attribute]) => `${root}.${attribute}`).find((reference) => /^(each\.(key|value)|count\.index)$/.test(reference));
    this.refuseUnless(iterator === undefined, {
      problem: `${name} must not be ${iterator}, because this construct is not repeated`,
      actual: hasToken(value) ? 'a token' : value,
      remediation: 'pass the list to Ipv6Addresses.fromInstanceIds(scope, id, list), and the set to Ipv6InternetBandwidths',
    });
  }

  /** Validates a construct that implements an interface, by the property that only its implementations have. */
  construct(name: string, value: unknown, marker: string, remediation: string, apiErrorCode?: ApiErrorCode): void {
    const isIt = Construct.isConstruct(value) && marker in value;
    this.refuseUnless(isIt, { problem: `${name} must be a construct with ${article(marker)}`, actual: value, apiErrorCode, remediation });
  }

  optionalBoolean(name: string, value: unknown): void {
    const isValid = value === undefined || typeof value === 'boolean';
    this.refuseUnless(isValid, { problem: `${name} must be true or false, known at synth`, actual: value, isWrongType: true, remediation: 'write true or false' });
  }

  /** Validates a member of an enum of this library, known at synth. */
  optionalEnum(name: string, value: unknown, members: { readonly [name: string]: string }, enumName: string): void {
    const choice = Object.keys(members).map((member) => `${enumName}.${member}`).join(' or ');
    const isMember = Object.values(members).includes(value as string);
    this.refuseUnless(value === undefined || isMember, { problem: `${name} must be ${choice}, known at synth`, actual: value, remediation: `use ${enumName}` });
  }

  optionalTags(name: string, value: unknown): void {
    if (value === undefined || (isMap(value) && Token.isUnresolved(value))) return;
    const isValid = isMap(value) && Object.values(value).every((tag) => typeof tag === 'string');
    this.refuseUnless(isValid, { problem: `${name} must be a map of strings`, actual: value, isWrongType: true, remediation: 'write { key: \'value\' }' });
    for (const text of Object.entries(value).flat()) this.acceptsExpression(name, text);
  }

  optionalTimeouts(name: string, value: unknown, ...actions: string[]): void {
    if (value === undefined) return;
    const isObject = isMap(value) && !Token.isUnresolved(value);
    this.refuseUnless(isObject, { problem: `${name} must be an object`, actual: value, isWrongType: true, remediation: `write { ${actions[0]}: '10m' }` });
    for (const [action, duration] of Object.entries(value)) {
      this.refuseUnless(actions.includes(action), { problem: `${name}.${action} is not supported`, actual: duration, remediation: `use ${actions.join(', ')}` });
    }
    // The bindings read inherited properties too.
    for (const action of actions) this.optionalString(`${name}.${action}`, value[action], DURATION);
  }

  /** Validates a provider block of the same stack. Terraform cannot refer to one of another stack. */
  optionalProvider(name: string, value: unknown): void {
    if (value === undefined) return;
    const isProvider = TerraformProvider.isTerraformProvider(value);
    this.refuseUnless(isProvider, { problem: `${name} must be a provider construct`, actual: value, isWrongType: true, remediation: 'pass the AlicloudProvider of this stack' });
    const { terraformResourceType, terraformProviderSource = '' } = value;
    this.refuseUnless(terraformResourceType === 'alicloud' || /(^|\/)alicloud$/.test(terraformProviderSource), {
      problem: `${name} must be an alicloud provider, not one of ${terraformResourceType}`,
      actual: value,
      remediation: 'pass the AlicloudProvider of this stack',
    });
    const isHere = TerraformStack.of(value) === TerraformStack.of(this.scope);
    this.refuseUnless(isHere, { problem: `${name} must be a provider of the same stack`, actual: value, remediation: 'create an AlicloudProvider in this stack, and pass it' });
  }

  private refuseUnless(isValid: boolean, mistake: Mistake): asserts isValid {
    if (!isValid) this.refuse([mistake]);
  }

  private refuse(mistakes: Mistake[]): void {
    if (mistakes.length > 0) throw new ConstructError(this.scope, ...mistakes);
  }
}

// The fixes for a token that has no type, such as `value` of a variable.
export const TYPED_STRING = 'pass stringValue of the TerraformVariable, or Token.asString(token)';
export const TYPED_NUMBER = 'pass numberValue of the TerraformVariable, or Token.asNumber(token)';

/** The key of an instance, if there is one, in the address of a module or a resource. */
const KEY = '(?:\\[(?:\\d+|"[^"$%{}\\\\]*")\\])?';

function article(noun: string): string {
  return `${/^[aeio]|^(ECS|IPv6|Internet)/.test(noun) ? 'an' : 'a'} ${noun}`;
}

function isMap(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
